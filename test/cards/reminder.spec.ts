import assert from 'node:assert/strict';
import fc from 'fast-check';
import { reminderCard, reminderSummary } from '../../cards/reminder.ts';
import { MOST_CARD_BYTES } from '../../cards/render.ts';
import { type Verb, verbs } from '../../cards/verbs.ts';
import { type Language, translator } from '../../locales/translator.ts';
import type { ReminderLine, ReminderView } from '../../services/follow-up/reminder-view.ts';
import { actionsOf, textsOf } from '../support/card-text.ts';
import { clockTime, MONDAY } from '../support/small-school.ts';
import { cardFaults } from './card-faults.ts';
import { elementsOf } from './elements.ts';
import { anyName, BOUNDED, liveSigns } from './names.ts';
import { CLOSED, contacted, OPEN, tried } from './views.ts';

const words = (language: Language = 'sv') => translator(language, 'Europe/Stockholm');
const ANNA = { name: 'Anna Berg', teamsId: '29:anna' };

function line(name: string, more: Partial<ReminderLine> = {}): ReminderLine {
  return {
    name,
    groupName: '8B',
    isLongTerm: false,
    responsibleName: 'Bo Ek',
    responsibleStaffId: undefined,
    followUp: OPEN,
    ...more,
  };
}

function view(more: Partial<ReminderView> = {}): ReminderView {
  return {
    batchId: 'b1',
    schoolName: 'Norrskolan',
    day: MONDAY,
    rung: 'due',
    at: clockTime('10:00'),
    person: ANNA,
    isInThread: false,
    isInstead: false,
    pupils: [line('Elin Berg')],
    protectedOpen: 0,
    ...more,
  };
}

describe('a reminder', () => {
  const coordinators = { person: undefined } as const;
  const told: readonly (readonly [ReminderView['rung'], Partial<ReminderView>, string, string, RegExp])[] = [
    ['due', {}, 'Påminnelse: 1 elev att kontakta', 'Reminder: 1 pupil to contact', /du ansvarar/],
    ['again', {}, 'Dags att försöka igen: 1 elev', 'Time to try again: 1 pupil', /du ansvarar/],
    ['asked', {}, 'Påminnelse från skolan: 1 elev att kontakta', '', /du ansvarar/],
    ['due', coordinators, 'Påminnelse: 1 elev att kontakta', '', /Ingen har fått kontakt än/],
    [
      'escalated',
      coordinators,
      'Norrskolan 10:00: 1 elev är inte kontaktad',
      '',
      /Ingen har fått kontakt än/,
    ],
    [
      'lastCheck',
      coordinators,
      'Norrskolan 10:00, sista kontrollen: 1 elev är inte kontaktad',
      '',
      /samma dag/,
    ],
  ];
  for (const [rung, more, sv, en, why] of told) {
    it(`says to ${more === coordinators ? 'the coordinators' : 'a person'} what it is about and why they get it: ${rung}`, () => {
      const shown = view({ rung, ...more });

      const [title, lead] = textsOf(reminderCard(shown, words()));

      assert.deepEqual([title, reminderSummary(shown, words())], [sv, sv]);
      assert.match(lead ?? '', why);
      if (en !== '') assert.equal(reminderSummary(shown, words('en')), en);
    });
  }

  it('tells the coordinators who answers for it, and the one who does not', () => {
    const coordinator = textsOf(reminderCard(view(coordinators), words()));
    const own = textsOf(reminderCard(view(), words()));

    assert.ok(coordinator.includes('8B · ansvarig Bo Ek'));
    assert.ok(own.includes('8B'));
  });

  it('says nothing of a group where the pupil has none', () => {
    const pupils = [line('Elin Berg', { groupName: '', isLongTerm: true })];

    assert.ok(textsOf(reminderCard(view({ pupils }), words())).includes('långvarig frånvaro'));
  });

  it('shows afterwards what was done, and has nothing left to press', () => {
    const pupils = [
      line('Elin Berg', { followUp: contacted('Bo Ek', '10:12') }),
      line('Nils Ek', { followUp: CLOSED }),
    ];

    const card = reminderCard(view({ ...coordinators, pupils }), words());

    assert.deepEqual(textsOf(card).slice(0, 2), ['Klart: alla här är hanterade', '✓ Elin Berg']);
    assert.deepEqual(actionsOf(card), []);
  });

  it('counts protected pupils for the coordinators, in one neutral line', () => {
    const card = reminderCard(
      view({ ...coordinators, pupils: [], protectedOpen: 2, rung: 'escalated' }),
      words(),
    );

    const texts = textsOf(card);
    assert.equal(texts[0], 'Norrskolan 10:00: 2 elever är inte kontaktade');
    assert.equal(texts.at(-1), '2 ärenden hanteras enligt särskild rutin.');
    assert.deepEqual(actionsOf(card), []);
  });

  it('names fourteen, and counts the rest', () => {
    const pupils = Array.from({ length: 20 }, (_, number) => line(`Elev${number}`));

    const card = reminderCard(view({ pupils }), words());

    assert.equal(actionsOf(card).length, 14);
    assert.ok(textsOf(card).includes('6 till'));
  });

  const mentions: readonly (readonly [string, Partial<ReminderView>, boolean])[] = [
    ['in a thread', { isInThread: true }, true],
    ['in one’s own chat', { isInThread: false }, false],
    [
      'of somebody whom Teams does not know',
      { isInThread: true, person: { ...ANNA, teamsId: undefined } },
      false,
    ],
    ['of nobody', { isInThread: true, person: undefined }, false],
  ];
  for (const [name, more, isMentioned] of mentions) {
    it(`${isMentioned ? 'mentions' : 'does not mention'} the person ${name}`, () => {
      const card = reminderCard(view(more), words());

      const text = '<at>Anna Berg</at>';
      assert.equal(textsOf(card)[1]?.startsWith(text), isMentioned);
      assert.deepEqual(
        'msteams' in card ? card.msteams : undefined,
        isMentioned
          ? { entities: [{ type: 'mention', text, mentioned: { id: '29:anna', name: 'Anna Berg' } }] }
          : undefined,
      );
    });
  }

  it('goes back to where it was opened from, and only there', () => {
    const on = { purpose: 'digest', subject: `norr/${MONDAY}/noon`, page: 0 };

    const opened = reminderCard(view(coordinators), words(), { page: 0, notice: 'Sparat.' }, on);

    assert.ok(textsOf(opened).includes('Sparat.'));
    assert.deepEqual(
      actionsOf(opened).map(({ title, data }) => [title, data.on]),
      [
        ['Kontaktad', `digest:norr/${MONDAY}/noon:0`],
        ['Tillbaka', `digest:norr/${MONDAY}/noon:0`],
      ],
    );
    assert.ok(!textsOf(reminderCard(view(), words())).includes('Tillbaka'));
  });

  it('has no name in its notification', () => {
    for (const language of ['sv', 'en'] as const)
      assert.doesNotMatch(reminderSummary(view(), words(language)), /Elin|Berg|Bo Ek/);
  });

  it('is a card that every client can show, of at most 25 KB, with nothing live in it, and sends what is taken', () => {
    const anyLine = fc
      .tuple(anyName, anyName, fc.boolean())
      .chain(([name, by, isLongTerm]) =>
        fc
          .constantFrom(OPEN, CLOSED, tried(by, '08:55', '09:55'), contacted(by, '09:12'))
          .map((followUp) => line(name, { groupName: by, isLongTerm, responsibleName: by, followUp })),
      );
    fc.assert(
      fc.property(
        fc.array(anyLine, { maxLength: 18, size: 'max' }),
        anyName,
        fc.constantFrom(undefined, ANNA),
        fc.constantFrom('due' as const, 'again' as const, 'escalated' as const, 'lastCheck' as const),
        fc.constantFrom('sv' as const, 'en' as const),
        (pupils, schoolName, person, rung, language) => {
          const card = reminderCard(view({ pupils, schoolName, person, rung }), words(language));

          assert.deepEqual(cardFaults(card), []);
          assert.ok(Buffer.byteLength(JSON.stringify(card)) <= MOST_CARD_BYTES);
          for (const { text } of elementsOf(card, 'TextBlock')) assert.deepEqual(liveSigns(String(text)), []);
          for (const { verb, data, fallback } of actionsOf(card)) {
            assert.ok(verbs[verb as Verb].safeParse(data).success, verb);
            const { verb: older, ...rest } = fallback?.data ?? {};
            assert.ok(verbs[older as Verb].safeParse(rest).success, String(older));
          }
        },
      ),
      BOUNDED,
    );
  });

  it('mentions by any name, which cannot end the mention', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const card = reminderCard(view({ isInThread: true, person: { ...ANNA, name } }), words());

        const { entities } = (
          card as { readonly msteams: { readonly entities: readonly { text: string }[] } }
        ).msteams;
        const text = entities[0]?.text ?? '';
        assert.match(text, /^<at>[^<>]*<\/at>$/);
        assert.ok(textsOf(card)[1]?.startsWith(text));
      }),
      BOUNDED,
    );
  });
});
