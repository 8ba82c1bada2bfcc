import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ownListCard, ownListSummary } from '../../cards/own-list.ts';
import { MOST_CARD_BYTES } from '../../cards/render.ts';
import { type Verb, verbs } from '../../cards/verbs.ts';
import { type Language, translator } from '../../locales/translator.ts';
import type { OwnLine, OwnListView } from '../../services/follow-up/own-list-view.ts';
import { actionsOf, textsOf } from '../support/card-text.ts';
import { clockTime, MONDAY } from '../support/small-school.ts';
import { cardFaults } from './card-faults.ts';
import { elementsOf } from './elements.ts';
import { anyName, BOUNDED, liveSigns } from './names.ts';
import { CLOSED, contacted, OPEN, tried } from './views.ts';

const words = (language: Language = 'sv') => translator(language, 'Europe/Stockholm');

function line(name: string, more: Partial<OwnLine> = {}): OwnLine {
  return {
    name,
    groupName: '8B',
    isContactPerson: false,
    status: 'missing',
    daysInRow: 1,
    followUp: OPEN,
    ...more,
  };
}

function view(pupils: readonly OwnLine[], more: Partial<OwnListView> = {}): OwnListView {
  return {
    staffId: 's1',
    schoolName: 'Norrskolan',
    day: MONDAY,
    dataAt: clockTime('08:45'),
    pupils,
    ...more,
  };
}

describe('the list of one’s own pupils', () => {
  const details: readonly (readonly [string, Partial<OwnLine>, string, string | undefined])[] = [
    ['is to be contacted', {}, '8B · saknas', 'Kontaktad'],
    [
      'was tried in vain',
      { followUp: tried('Bo Ek', '08:55', '09:55') },
      '8B · saknas · Ej nådd av Bo Ek 08:55, försök igen 09:55',
      'Kontaktad',
    ],
    [
      'is contacted',
      { followUp: contacted('Bo Ek', '09:12', { method: 'phone' }) },
      '8B · saknas · Kontaktad av Bo Ek 09:12 (telefon)',
      'Ändra',
    ],
    [
      'needs nothing any more',
      { followUp: CLOSED, status: 'present' },
      '8B · är här · behöver inte längre kontaktas',
      undefined,
    ],
    ['is reported', { followUp: undefined, status: 'reported' }, '8B · anmäld', undefined],
    [
      'is one’s own to follow, the fourth day',
      { isContactPerson: true, daysInRow: 4 },
      '8B · saknas · 4:e dagen i rad · du är kontaktperson',
      'Kontaktad',
    ],
    [
      'has no group, and nothing is known',
      { groupName: '', followUp: undefined, status: 'unknown', daysInRow: 0 },
      'inget rapporterat ännu',
      undefined,
    ],
    [
      'has no lesson yet',
      { followUp: undefined, status: 'noLessons' },
      '8B · ingen lektion har börjat',
      undefined,
    ],
  ];
  for (const [name, more, text, button] of details) {
    it(`says of a pupil who ${name}: ${text}`, () => {
      const card = ownListCard(view([line('Elin Berg', more)]), words());

      assert.ok(textsOf(card).includes(text), textsOf(card).join('\n'));
      assert.deepEqual(
        actionsOf(card).map(({ title }) => title),
        button === undefined ? [] : [button],
      );
    });
  }

  it('counts those to contact, and names nobody in its notification', () => {
    const pupils = [line('Elin Berg'), line('Nils Ek', { followUp: CLOSED })];

    assert.equal(ownListSummary(view(pupils), words()), 'Dina elever: 1 att kontakta');
    assert.equal(ownListSummary(view(pupils), words('en')), 'Your pupils: 1 to contact');
  });

  it('does not claim more than what it shows, where it shows nobody', () => {
    const texts = textsOf(ownListCard(view([], { dataAt: undefined }), words()));

    assert.deepEqual(texts, [
      'Dina elever: ingen att kontakta här',
      'Norrskolan · måndag 23 november',
      'Du har inga elever att följa upp i dag.',
    ]);
  });

  it('turns its pages, and knows in every button on which it stands', () => {
    const pupils = Array.from({ length: 30 }, (_, number) => line(`Elev${number}`));
    const all = view(pupils);

    const [first, second, last] = [0, 1, 9].map((page) => ownListCard(all, words(), { page, notice: '' }));

    const turns = (card: object | undefined) =>
      actionsOf(card)
        .filter(({ verb }) => verb === 'card.show')
        .map(({ title, data }) => `${title} ${String(data.on)}`);
    assert.deepEqual(turns(first), [`Visa fler ownList:s1/${MONDAY}:1`]);
    assert.deepEqual(turns(second), [
      `Visa fler ownList:s1/${MONDAY}:2`,
      `Visa från början ownList:s1/${MONDAY}:0`,
    ]);
    assert.deepEqual(turns(last), [`Visa från början ownList:s1/${MONDAY}:0`]);
    for (const { data } of actionsOf(second).filter(({ verb }) => verb === 'followUp.ask'))
      assert.equal(data.on, `ownList:s1/${MONDAY}:1`);
  });

  it('is pressed where it was asked for, as an answer in a chat', () => {
    const on = { purpose: 'reply', subject: `norr/${MONDAY}` };

    const [button] = actionsOf(ownListCard(view([line('Elin')]), words(), { page: 0, notice: '' }, on));

    assert.equal(button?.data.on, `reply:norr/${MONDAY}:0`);
  });

  it('is a card that every client can show, of at most 25 KB, with nothing live in it, and sends what is taken', () => {
    const anyLine = fc
      .tuple(anyName, anyName, fc.constantFrom('missing' as const, 'reported' as const, 'present' as const))
      .chain(([name, by, status]) =>
        fc
          .constantFrom(OPEN, CLOSED, undefined, tried(by, '08:55', '09:55'), contacted(by, '09:12'))
          .map((followUp) =>
            line(name, { groupName: by, status, followUp, daysInRow: 7, isContactPerson: true }),
          ),
      );
    fc.assert(
      fc.property(
        fc.array(anyLine, { maxLength: 18, size: 'max' }),
        anyName,
        fc.integer({ min: 0, max: 3 }),
        fc.constantFrom('sv' as const, 'en' as const),
        (pupils, schoolName, page, language) => {
          const card = ownListCard(view(pupils, { schoolName }), words(language), { page, notice: '' });

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
});
