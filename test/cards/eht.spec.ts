import assert from 'node:assert/strict';
import { ehtDecisionCard } from '../../cards/eht-decision.ts';
import { ehtListCard, ehtListSummary } from '../../cards/eht-list.ts';
import { ehtNotHereCard, ehtNotHereSummary } from '../../cards/eht-not-here.ts';
import { ehtPupilCard } from '../../cards/eht-pupil.ts';
import { ehtReminderCard, ehtReminderSummary } from '../../cards/eht-reminder.ts';
import { ehtStepCard } from '../../cards/eht-step.ts';
import { ehtSummaryCard, ehtSummarySummary } from '../../cards/eht-summary.ts';
import { type Language, translator } from '../../locales/translator.ts';
import { cardFaults } from './card-faults.ts';
import { closedList, ehtList, ehtPupil, ehtReminder, ehtStep, ehtSummary, WEDNESDAY } from './eht-views.ts';

const words = (language: Language) => translator(language, 'Europe/Stockholm');
const sv = words('sv');
const on = { purpose: 'ehtList', subject: `norr/${WEDNESDAY}`, page: 0 };
const unmet = { ...ehtReminder().owner, teamsId: undefined };

describe('EHT’s cards', () => {
  const cards: readonly (readonly [string, (language: Language) => object])[] = [
    ['the list', (language) => ehtListCard(ehtList(), words(language))],
    ['a list that is closed', (language) => ehtListCard(closedList(), words(language))],
    ['a preview', (language) => ehtListCard(ehtList({ state: 'preview' }), words(language))],
    [
      'an empty list',
      (language) => ehtListCard(ehtList({ pupils: [], protectedPupils: 0 }), words(language)),
    ],
    ['a list that is replaced', (language) => ehtListCard(ehtList({ state: 'replaced' }), words(language))],
    ['a pupil', (language) => ehtPupilCard(ehtPupil(), on, words(language), 'Sparat.')],
    ['a step', (language) => ehtStepCard(ehtPupil(), ehtStep(), on, words(language))],
    ['a new decision', (language) => ehtDecisionCard(ehtPupil(), on, words(language))],
    ['the summary', (language) => ehtSummaryCard(ehtSummary(), words(language))],
    ['a reminder', (language) => ehtReminderCard(ehtReminder({ owner: unmet }), words(language))],
    ['what stands elsewhere', (language) => ehtNotHereCard(words(language))],
  ];
  for (const [name, card] of cards) {
    for (const language of ['sv', 'en'] as const) {
      it(`are sound: ${name} (${language})`, () => {
        assert.deepEqual(cardFaults(card(language)), []);
      });
    }
  }

  it('have no name in their notifications', () => {
    const summaries = [
      ehtListSummary(ehtList(), sv),
      ehtSummarySummary(ehtSummary(), sv),
      ehtReminderSummary(ehtReminder(), sv),
      ehtNotHereSummary(sv),
    ];

    for (const summary of summaries) assert.doesNotMatch(summary, /Elev \d|Elev \*|Rut|Siv/);
  });
});
