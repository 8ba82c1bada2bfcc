import assert from 'node:assert/strict';
import { heldReadingCard, heldReadingSummary } from '../../cards/held-reading.ts';
import { verbs } from '../../cards/verbs.ts';
import { translator } from '../../locales/translator.ts';
import type { HeldReadingView } from '../../services/morning/held-reading-view.ts';
import { actionsOf, textsOf } from '../support/card-text.ts';
import { clockTime, guid, MONDAY } from '../support/small-school.ts';
import { cardFaults } from './card-faults.ts';

const asked: HeldReadingView = {
  readingId: guid(9, 2),
  schoolName: 'Norrskolan',
  day: MONDAY,
  readAt: clockTime('11:00'),
  heldFor: [{ kind: 'manyAbsent', absent: 180, pupils: 220, usual: 10 }],
  cardsAt: clockTime('10:30'),
  accepted: undefined,
  isOver: false,
};
const accepted = { by: 'Karin *K*', at: clockTime('11:04') };

const cases: readonly {
  name: string;
  view: Partial<HeldReadingView>;
  sv: readonly string[];
  en: readonly string[];
}[] = [
  {
    name: 'asks, and says what the cards stand on meanwhile',
    view: {},
    sv: [
      'Norrskolan: ett nytt läge väntar på besked',
      'Måndag 23 november',
      'Så ser det ut enligt elevsystemet 11:00:',
      '180 av 220 elever saknas utan anmälan. Vanligt är omkring 10.',
      'Korten visar därför fortfarande läget 10:30. Kontrollera i elevsystemet. Stämmer det, tryck Visa ändå. Annars försöker Sedd igen vid nästa hämtning.',
      'Visa ändå',
      'Hämta läget igen och visa det på korten trots att underlaget är osäkert',
    ],
    en: [
      'Norrskolan: a new reading waits for an answer',
      'Monday 23 November',
      'This is what the student system says at 11:00:',
      '180 of 220 pupils missing without notice. About 10 is usual.',
      'The cards therefore still show the state at 10:30. Check in the student system. If it is right, press Show anyway. Otherwise Sedd tries again at the next reading.',
      'Show anyway',
      'Read the day again and show it on the cards although the data are uncertain',
    ],
  },
  {
    name: 'says who has answered, while the day is read again',
    view: { accepted },
    sv: [
      'Norrskolan: läget hämtas igen',
      'Måndag 23 november',
      'Karin \\*K\\* valde Visa ändå 11:04. Läget hämtas igen, och sedan visar korten det.',
    ],
    en: [
      'Norrskolan: the day is read again',
      'Monday 23 November',
      'Karin \\*K\\* chose Show anyway 11:04. The day is read again, and then the cards show it.',
    ],
  },
  {
    name: 'says that the cards follow again, because somebody said so',
    view: { accepted, isOver: true, cardsAt: clockTime('11:05') },
    sv: [
      'Norrskolan: korten visar ett nytt läge',
      'Måndag 23 november',
      'Karin \\*K\\* valde Visa ändå 11:04. Korten visar nu läget 11:05.',
    ],
    en: [
      'Norrskolan: the cards show a new reading',
      'Monday 23 November',
      'Karin \\*K\\* chose Show anyway 11:04. The cards now show the state at 11:05.',
    ],
  },
  {
    name: 'says that they do by themselves',
    view: { isOver: true, cardsAt: clockTime('11:30') },
    sv: ['Norrskolan: korten visar ett nytt läge', 'Måndag 23 november', 'Korten visar nu läget 11:30.'],
    en: [
      'Norrskolan: the cards show a new reading',
      'Monday 23 November',
      'The cards now show the state at 11:30.',
    ],
  },
];

describe('the coordinator’s question on a reading that is held', () => {
  for (const { name, view, ...expected } of cases) {
    for (const language of ['sv', 'en'] as const) {
      it(`${name} (${language})`, () => {
        const words = translator(language, 'Europe/Stockholm');

        const card = heldReadingCard({ ...asked, ...view }, words);

        assert.deepEqual(textsOf(card), expected[language]);
        assert.deepEqual(cardFaults(card), []);
        assert.equal(heldReadingSummary({ ...asked, ...view }, words), expected[language][0]);
      });
    }
  }

  it('has its button only while it asks, for older clients too', () => {
    const words = translator('sv', 'Europe/Stockholm');

    const [button, ...more] = actionsOf(heldReadingCard(asked, words));

    assert.deepEqual(more, []);
    assert.deepEqual(verbs['morning.acceptReading'].parse(button?.data), { reading: asked.readingId });
    assert.deepEqual(button?.fallback?.data, { ...button?.data, verb: button?.verb });
    assert.deepEqual(actionsOf(heldReadingCard({ ...asked, accepted }, words)), []);
  });
});
