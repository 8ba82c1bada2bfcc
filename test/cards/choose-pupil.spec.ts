import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type ChoosePupilView, choosePupilCard } from '../../cards/choose-pupil.ts';
import { MOST_CARD_BYTES } from '../../cards/render.ts';
import { type Verb, verbs } from '../../cards/verbs.ts';
import { translator } from '../../locales/translator.ts';
import { actionsOf, textsOf } from '../support/card-text.ts';
import { guid } from '../support/small-school.ts';
import { cardFaults } from './card-faults.ts';
import { anyName, BOUNDED } from './names.ts';

const words = translator('sv', 'Europe/Stockholm');
const on = { purpose: 'reply', subject: 'norr/2026-11-23', page: 0 };
const parsedOn = on;
const choice = (number: number, name = `Elev${number} Exempel`) => ({
  name,
  followUp: guid(6, number),
  version: 2,
});

describe('the card that asks who is meant', () => {
  const said: readonly (readonly [ChoosePupilView['said'], string, string])[] = [
    [{ kind: 'contacted' }, 'Vem har du haft kontakt med?', 'followUp.contacted'],
    [
      { kind: 'contacted', method: 'phone', counterpart: 'guardian' },
      'Vem har du haft kontakt med?',
      'followUp.contacted',
    ],
    [{ kind: 'notReached' }, 'Vem nådde du inte?', 'followUp.notReached'],
    [
      { kind: 'notReached', method: 'sms', counterpart: 'other' },
      'Vem nådde du inte?',
      'followUp.notReached',
    ],
  ];
  for (const [what, title, verb] of said) {
    it(`records, of whoever is chosen, what was written: ${Object.values(what).join(', ')}`, () => {
      const card = choosePupilCard({ said: what, choices: [choice(1), choice(2)] }, on, words);

      const { kind: _, ...how } = what;
      assert.deepEqual(textsOf(card), [title, 'Elev1 Exempel', 'Elev2 Exempel']);
      for (const [index, action] of actionsOf(card).entries()) {
        const { fallback, ...press } = action;
        const sent = { followUp: guid(6, index + 1), version: 2, ...how, on: parsedOn };
        assert.deepEqual([press.verb, verbs[press.verb as Verb].parse(press.data)], [verb, sent]);
        const { verb: older, ...data } = fallback?.data ?? {};
        assert.deepEqual([older, verbs[verb as Verb].parse(data)], [verb, sent]);
      }
    });
  }

  it('is a card that every client can show, of at most 25 KB, whatever the names, in both languages', () => {
    fc.assert(
      fc.property(
        fc.array(anyName, { minLength: 1, maxLength: 6 }),
        fc.constantFrom('contacted' as const, 'notReached' as const),
        fc.constantFrom('sv' as const, 'en' as const),
        (names, kind, language) => {
          const choices = names.map((name, number) => choice(number, name));

          const card = choosePupilCard(
            { said: { kind, method: 'homeVisit', counterpart: 'guardian' }, choices },
            on,
            translator(language, 'Europe/Stockholm'),
          );

          assert.deepEqual(cardFaults(card), []);
          assert.ok(Buffer.byteLength(JSON.stringify(card)) <= MOST_CARD_BYTES);
          assert.doesNotMatch(JSON.stringify(card), /\$\{/);
          assert.equal(actionsOf(card).length, names.length);
        },
      ),
      BOUNDED,
    );
  });
});
