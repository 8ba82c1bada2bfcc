import type { TextKey, Translator } from '../locales/translator.ts';
import type { EhtPupilView, EhtStep } from '../services/eht/pupil-view.ts';
import type { NotNeededReason } from '../services/routine/finish-step.ts';
import { weekChoices } from './eht-choices.ts';
import template from './eht-step.json' with { type: 'json' };
import { ehtStepName, nameAndGroup } from './eht-text.ts';
import { type On, onText } from './on.ts';
import { cardTemplate } from './render.ts';

const render = cardTemplate(template);
const REASONS = {
  alreadyDone: 'eht.reason.alreadyDone',
  otherMeasure: 'eht.reason.otherMeasure',
  absenceCeased: 'eht.reason.absenceCeased',
  wrongData: 'eht.reason.wrongData',
  handledElsewhere: 'eht.reason.handledElsewhere',
} as const satisfies Record<NotNeededReason, TextKey>;

/** What else can be said of a step than that it is done: that it is not needed, or needs more time. */
export function ehtStepCard(
  { line }: EhtPupilView,
  step: EhtStep,
  on: On,
  words: Translator,
  notice = '',
): object {
  return render({
    lang: words.language,
    title: ehtStepName(step, words),
    lines: [
      { text: nameAndGroup(line.name, line.groupName) },
      {
        text: words.t(step.state === 'overdue' ? 'eht.stepOverdue' : 'eht.stepDue', {
          day: words.shortDay(step.dueDay),
        }),
      },
    ],
    notice,
    reasonLabel: words.t('eht.reasonLabel'),
    reasons: Object.entries(REASONS).map(([value, key]) => ({ value, title: words.t(key) })),
    notNeeded: words.t('eht.notNeeded'),
    moreTimeLabel: words.t('eht.moreTimeLabel'),
    times: weekChoices(words),
    moreTime: words.t('eht.moreTime'),
    back: words.t('eht.back'),
    pupil: line.pupilId,
    step: step.id,
    version: step.version,
    on: onText(on),
  });
}
