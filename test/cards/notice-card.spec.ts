import assert from 'node:assert/strict';
import fc from 'fast-check';
import { noticeCard, noticeSummary } from '../../cards/notice-card.ts';
import { type Language, translator } from '../../locales/translator.ts';
import type { NoticeView } from '../../services/follow-up/notice-view.ts';
import { textsOf } from '../support/card-text.ts';
import { cardFaults } from './card-faults.ts';
import { anyName, BOUNDED, liveSigns } from './names.ts';

const words = (language: Language = 'sv') => translator(language, 'Europe/Stockholm');

function view(more: Partial<NoticeView> = {}): NoticeView {
  return {
    id: 'n1',
    kind: 'corrected',
    pupilName: 'Elin Berg',
    reason: 'reported',
    byName: undefined,
    person: { name: 'Anna Lind', teamsId: '29:anna' },
    isInThread: false,
    ...more,
  };
}

describe('a notice', () => {
  const told: readonly (readonly [Partial<NoticeView>, string])[] = [
    [
      { kind: 'corrected', reason: 'reported' },
      'Vårdnadshavare har anmält Elin Berg efter att du hörde av dig. Du behöver inte göra något mer.',
    ],
    [{ kind: 'corrected', reason: 'arrived' }, 'Elin Berg är här nu. Du behöver inte göra något mer.'],
    [{ kind: 'handedOver', byName: 'Bo Ek' }, 'Bo Ek har lämnat över Elin Berg till dig för i dag.'],
    [{ kind: 'handedOver' }, 'Elin Berg har lämnats över till dig för i dag.'],
    [
      { kind: 'appointed' },
      'Du är nu kontaktperson för Elin Berg. Varje skolmorgon ser du här om eleven saknas, är anmäld eller är här, och påminnelserna kommer till dig.',
    ],
    [{ pupilName: undefined }, 'Det här handlade om ett ärende som nu hanteras enligt särskild rutin.'],
    [{ kind: 'appointmentEnded' }, 'Du är inte längre kontaktperson för Elin Berg.'],
  ];
  for (const [more, text] of told) {
    it(`says: ${text}`, () => {
      assert.deepEqual(textsOf(noticeCard(view(more), words())), [text]);
    });
  }

  it('mentions the person in a thread, and not in their own chat', () => {
    const [thread, own] = [noticeCard(view({ isInThread: true }), words()), noticeCard(view(), words())];

    assert.match(textsOf(thread)[0] ?? '', /^<at>Anna Lind<\/at>: Vårdnadshavare/);
    assert.ok('msteams' in thread);
    assert.ok(!('msteams' in own));
  });

  it('has no name in its notification, nor where a card cannot be shown', () => {
    for (const language of ['sv', 'en'] as const) {
      const card = noticeCard(view(), words(language)) as { readonly fallbackText: string };

      assert.equal(card.fallbackText, noticeSummary(words(language)));
      assert.doesNotMatch(card.fallbackText, /Elin|Anna/);
    }
  });

  it('has nothing live in it, whatever the names, in both languages', () => {
    const kinds = ['corrected', 'handedOver', 'appointed', 'appointmentEnded'] as const;
    fc.assert(
      fc.property(
        anyName,
        anyName,
        fc.constantFrom(...kinds),
        fc.constantFrom('sv' as const, 'en' as const),
        (pupilName, byName, kind, language) => {
          const card = noticeCard(view({ kind, pupilName, byName }), words(language));

          assert.deepEqual(cardFaults(card), []);
          for (const text of textsOf(card)) assert.deepEqual(liveSigns(text), []);
        },
      ),
      BOUNDED,
    );
  });
});
