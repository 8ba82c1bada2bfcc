import { pupilText } from '../../cards/pupil-name.ts';
import { stepText } from '../../cards/step-text.ts';
import { asText } from '../../cards/text.ts';
import type { Translator } from '../../locales/translator.ts';
import type { StepOutcome } from '../../services/routine/finish-step.ts';
import type { StepRow } from '../../services/routine/routine-case.ts';
import type { StepLine } from '../../services/routine/step-line.ts';

/** What whoever pressed reads on top of the card: what came of it (`said`), why it is no good (`refused`), or who was there before. */
export function stepNotice(
  outcome: StepOutcome,
  step: StepLine,
  words: Translator,
  texts: { readonly said: string; readonly refused?: string },
): string {
  switch (outcome.kind) {
    case 'changed':
      return texts.said;
    case 'nothing':
      return words.t('steps.gone');
    case 'refused':
      return texts.refused ?? beforeNotice(outcome.now, step, words);
    case 'letterAhead':
      return words.t('steps.letterOrder');
    case 'noContactPerson':
      return words.t('steps.appointFirst', namesOf(step, words));
    case 'movedOn':
      return beforeNotice(outcome.now, step, words);
  }
}

/** The step and the pupil, as sentences name them. */
export function namesOf(step: StepLine, words: Translator): { readonly step: string; readonly name: string } {
  return { step: stepText(step, words), name: pupilText(step.pupil, words) };
}

function beforeNotice(now: StepRow, step: StepLine, words: Translator): string {
  const names = namesOf(step, words);
  if (now.endedAt === null) return words.t('steps.changed', names);
  const key = now.state === 'done' ? 'steps.alreadyDone' : 'steps.alreadyNotNeeded';
  return words.t(key, { ...names, by: asText(now.endedByName ?? ''), when: words.moment(now.endedAt) });
}
