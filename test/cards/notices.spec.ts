import assert from 'node:assert/strict';
import { casePanel } from '../../cards/case-panel.ts';
import { ehtDecisionCard } from '../../cards/eht-decision.ts';
import { ehtStepCard } from '../../cards/eht-step.ts';
import { severalCard } from '../../cards/several.ts';
import { stepPanel } from '../../cards/step-panel.ts';
import { translator } from '../../locales/translator.ts';
import { guid, MONDAY } from '../support/small-school.ts';
import { ehtPupil, ehtStep } from './eht-views.ts';
import { caseDetail, stepLine } from './routine-views.ts';

const words = translator('sv', 'Europe/Stockholm');
const on = { purpose: 'steps', subject: 'norr/2026-11-23', page: 0 };
const offers = { today: MONDAY, firstDay: MONDAY.subtract({ days: 3 }), colleagues: [], contactPersons: [] };
const pupil = { name: 'Elev0 Exempel', followUp: guid(6, 0), version: 1 };

/** What somebody forgot is told on the card that asks, in the place of the card as it was. */
describe('a card that asks once more', () => {
  const cards: readonly (readonly [string, (notice: string) => object])[] = [
    ['a case', (notice) => casePanel(caseDetail([stepLine()]), on, words, notice)],
    ['a step', (notice) => stepPanel(stepLine(), offers, on, words, notice)],
    ['a step in EHT', (notice) => ehtStepCard(ehtPupil(), ehtStep(), on, words, notice)],
    ['a decision of EHT’s', (notice) => ehtDecisionCard(ehtPupil(), on, words, notice)],
    ['several pupils', (notice) => severalCard({ name: '8B', pupils: [pupil] }, on, words, notice)],
  ];
  for (const [name, card] of cards) {
    // A client that keeps what it has drawn, and goes by the place, would give a choice the answers of the one before it.
    it(`has its inputs where they were: ${name}`, () => {
      const asked = inputsOf(card(''));

      assert.ok(asked.length > 0);
      assert.deepEqual(inputsOf(card('Välj.')), asked);
    });
  }
});

/** Each input's id and its way from the card's root. */
function inputsOf(element: object, way = ''): readonly string[] {
  const { type = '', id = '' } = element as { readonly type?: string; readonly id?: string };
  const own = type.startsWith('Input.') ? [`${way} ${id}`] : [];
  const parts = Object.entries(element).flatMap(([key, part]) =>
    typeof part === 'object' && part !== null ? inputsOf(part, `${way}/${key}`) : [],
  );
  return [...own, ...parts];
}
