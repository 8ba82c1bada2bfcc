import { Temporal } from 'temporal-polyfill';
import type { TextKey, Translator } from '../locales/translator.ts';
import type { LetterStage, StageTaken } from '../services/routine/letter-stage.ts';
import type { StepLine } from '../services/routine/step-line.ts';
import { asText } from './text.ts';

const REASONS: Readonly<Record<string, TextKey>> = {
  alreadyDone: 'steps.reason.alreadyDone',
  otherMeasure: 'steps.reason.otherMeasure',
  absenceCeased: 'steps.reason.absenceCeased',
  wrongData: 'steps.reason.wrongData',
  handledElsewhere: 'steps.reason.handledElsewhere',
  dataCorrected: 'steps.reason.dataCorrected',
  caseClosed: 'steps.reason.caseClosed',
  leftSchool: 'steps.reason.leftSchool',
};

const STAGES = {
  chosen: 'steps.stage.chosen',
  approved: 'steps.stage.approved',
  sent: 'steps.stage.sent',
} as const satisfies Readonly<Record<LetterStage, TextKey>>;

const TAKE_ON = {
  chosen: 'steps.take.chosen',
  approved: 'steps.take.approved',
  sent: 'steps.take.sent',
} as const satisfies Readonly<Record<LetterStage, TextKey>>;

/** "Brevet är valt": what a button says that takes a letter so far. */
export function takeOnText(stage: LetterStage, words: Translator): string {
  return words.t(TAKE_ON[stage]);
}

/** "Uppföljning: Samtal med elev och vårdnadshavare". Reads as Markdown. */
export function stepText(
  { name, isFollowUp }: Pick<StepLine, 'name' | 'isFollowUp'>,
  words: Translator,
): string {
  return isFollowUp ? words.t('steps.followUp', { step: asText(name) }) : asText(name);
}

/**
 * Until when it is to be done, or what became of it and who said so; with `today`, also that the day has passed. Reads as
 * Markdown.
 */
export function stepStateText(step: StepLine, words: Translator, today?: Temporal.PlainDate): string {
  const { state, doneDay, ended, reason = '' } = step;
  const said = { by: asText(ended?.by ?? ''), when: ended === undefined ? '' : words.moment(ended.at) };
  if (state === 'done' && doneDay !== undefined)
    return words.t('steps.doneBy', { day: words.shortDay(doneDay), ...said });
  if (state === 'notNeeded')
    return words.t('steps.notNeededBy', { reason: reasonText(reason, words), ...said });
  if (state === 'dropped') return words.t('steps.dropped');
  if (today !== undefined && Temporal.PlainDate.compare(step.judgedBy, today) < 0)
    return words.t('steps.overdueSince', { day: words.date(step.judgedBy) });
  return words.t('steps.dueBy', { day: words.date(step.dueDay) });
}

/** Why a step is not needed, in words. */
export function reasonText(reason: string, words: Translator): string {
  const key = REASONS[reason];
  return (key === undefined ? reason : words.t(key)).toLocaleLowerCase(words.language);
}

/** "valt av Karin Koord mån 23/11 09:12". Reads as Markdown. */
export function stageText({ stage, by, at }: StageTaken, words: Translator): string {
  return words.t(STAGES[stage], { by: asText(by), when: words.moment(at) });
}

/** Who has it. Reads as Markdown. */
export function ownerText({ owner }: Pick<StepLine, 'owner'>, words: Translator): string {
  return owner.name === undefined
    ? words.t('steps.ownerNobody')
    : words.t('steps.owner', { name: asText(owner.name) });
}
