import type { Translator } from '../locales/translator.ts';
import type { EhtPupilView, EhtStep } from '../services/eht/pupil-view.ts';
import { weekChoices } from './eht-choices.ts';
import template from './eht-step.json' with { type: 'json' };
import { nameAndGroup } from './eht-text.ts';
import { type On, onText } from './on.ts';
import { cardTemplate } from './render.ts';
import { asText } from './text.ts';

const render = cardTemplate(template);
const REASONS = ['alreadyDone', 'otherMeasure', 'absenceCeased', 'wrongData', 'handledElsewhere'] as const;

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
    title: asText(step.name),
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
    reasons: REASONS.map((value) => ({ value, title: words.t(`eht.reason.${value}`) })),
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
