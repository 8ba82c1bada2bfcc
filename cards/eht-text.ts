import type { Translator } from '../locales/translator.ts';
import type { Rate } from '../services/attendance/rate.ts';
import type { EhtLine } from '../services/eht/list-view.ts';
import type { EhtDecisionLine, EhtStep } from '../services/eht/pupil-view.ts';
import { asText } from './text.ts';

/** "22,5 % frånvaro", and how much is reported where not all of it is. */
export function absenceText(rate: Rate | undefined, words: Translator): string {
  if (rate?.absence === undefined) return words.t('eht.noAbsence');
  const absence = words.percent(rate.absence);
  // A share that would be shown as 100 % is no news.
  const reporting = words.percent(rate.reporting ?? 0);
  return reporting === words.percent(1)
    ? words.t('eht.absence', { absence })
    : words.t('eht.absenceReported', { absence, reporting });
}

/** "Elev · 8A". */
export function nameAndGroup(name: string, groupName: string): string {
  return groupName === '' ? asText(name) : `${asText(name)} · ${asText(groupName)}`;
}

/** What a step is called; of the follow-up of one, of which. */
export function ehtStepName({ name, isFollowUp }: EhtStep, words: Translator): string {
  return isFollowUp ? words.t('eht.followUpOf', { name: asText(name) }) : asText(name);
}

/** What has been done, what is left, and what is new: what is nought is not said. */
export function workText({ steps, decisions, news }: EhtLine, words: Translator): string {
  return [
    ...news.levels.map((level) => words.t('eht.newsLevel', { level: asText(level) })),
    news.stepsDone === 0 ? '' : words.t('eht.newsSteps', { count: news.stepsDone }),
    news.asksToClose ? words.t('eht.newsCeased') : '',
    steps.done === 0 ? '' : words.t('eht.stepsDone', { count: steps.done }),
    steps.due === 0 ? '' : words.t('eht.stepsDue', { count: steps.due }),
    steps.overdue === 0 ? '' : words.t('eht.stepsOverdue', { count: steps.overdue }),
    decisions.open === 0 ? '' : words.t('eht.decisionsOpen', { count: decisions.open }),
    decisions.overdue === 0 ? '' : words.t('eht.decisionsOverdue', { count: decisions.overdue }),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Who sees to a decision and until when, or who has. */
export function decisionText(decision: EhtDecisionLine, words: Translator): string {
  const { state, owner, dueDay, doneBy, doneDay } = decision;
  if (state === 'done') {
    const day = doneDay === undefined ? '' : words.shortDay(doneDay);
    return words.t('eht.decisionDone', { name: asText(doneBy ?? ''), day });
  }
  const key = state === 'overdue' ? 'eht.decisionOverdue' : 'eht.decisionOpen';
  return words.t(key, { owner: asText(owner), day: words.shortDay(dueDay) });
}
