import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MOST_CARD_BYTES } from '../../cards/render.ts';
import { severalCard } from '../../cards/several.ts';
import { type Verb, verbs } from '../../cards/verbs.ts';
import { translator } from '../../locales/translator.ts';
import { actionsOf, textsOf } from '../support/card-text.ts';
import { guid } from '../support/small-school.ts';
import { cardFaults } from './card-faults.ts';
import { elementsOf } from './elements.ts';
import { anyName, BOUNDED } from './names.ts';

const words = translator('sv', 'Europe/Stockholm');
const on = { purpose: 'morning', subject: 'g/2026-11-23', page: 0 };
const pupil = (number: number, name = `Elev${number} Exempel`) => ({
  followUp: guid(6, number),
  version: 1,
  name,
});

describe('the form for several pupils', () => {
  it('asks who, with whom and how, for all at once', () => {
    const card = severalCard({ name: '8B', pupils: [pupil(0), pupil(1)] }, on, words);

    assert.deepEqual(textsOf(card).slice(0, 5), [
      '8B: samma för alla valda',
      'Inte sparat än. Vilka gäller det, och hur gick det?',
      'Elever',
      'Elev0 Exempel',
      'Elev1 Exempel',
    ]);
    assert.deepEqual(
      actionsOf(card).map(({ title, verb }) => [title, verb]),
      [
        ['Telefon', 'followUp.severalDone'],
        ['SMS', 'followUp.severalDone'],
        ['På plats', 'followUp.severalDone'],
        ['Hembesök', 'followUp.severalDone'],
        ['Ej nådd', 'followUp.severalDone'],
        ['Tillbaka', 'card.show'],
      ],
    );
  });

  it('chooses nobody beforehand, and carries with each the version that it shows', () => {
    const card = severalCard({ name: '8B', pupils: [pupil(0)] }, on, words);

    const [chosen] = elementsOf(card, 'Input.ChoiceSet');
    assert.equal(chosen?.value, undefined);
    assert.deepEqual(chosen?.choices, [{ title: 'Elev0 Exempel', value: `${guid(6, 0)}.1` }]);
  });

  it('has what is said to whoever chose nobody on top', () => {
    const texts = textsOf(severalCard({ name: '8B', pupils: [pupil(0)] }, on, words, 'Välj minst en elev.'));

    assert.equal(texts[1], 'Välj minst en elev.');
  });

  it('is a card of at most 25 KB with sixty names, in both languages, and sends what is taken', () => {
    const anyPupils = fc.array(anyName, { minLength: 1, maxLength: 80, size: 'max' });
    fc.assert(
      fc.property(
        anyPupils,
        anyName,
        fc.constantFrom('sv' as const, 'en' as const),
        (names, name, language) => {
          const pupils = names.map((each, number) => pupil(number, each));

          const card = severalCard({ name, pupils }, on, translator(language, 'Europe/Stockholm'));

          assert.deepEqual(cardFaults(card), []);
          assert.ok(Buffer.byteLength(JSON.stringify(card)) <= MOST_CARD_BYTES);
          const values = elementsOf(card, 'Input.ChoiceSet')
            .flatMap(({ id, choices }) => (id === 'chosen' ? (choices as { readonly value: string }[]) : []))
            .map(({ value }) => value);
          assert.equal(values.length, Math.min(60, names.length));
          for (const { verb, data } of actionsOf(card)) {
            const inputs = { chosen: values.join(','), counterpart: 'guardian' };
            assert.ok(verbs[verb as Verb].safeParse({ ...inputs, ...data }).success, verb);
          }
        },
      ),
      BOUNDED,
    );
  });
});
