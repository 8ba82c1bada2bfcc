import type { Temporal } from 'temporal-polyfill';
import type { Translator } from '../locales/translator.ts';
import type { StepLine } from '../services/routine/step-line.ts';
import { type On, onText } from './on.ts';
import { pupilTitle } from './pupil-name.ts';
import { cardTemplate } from './render.ts';
import { stepAsks } from './step-asks.ts';
import template from './step-panel.json' with { type: 'json' };
import { ownerText, stageText, stepStateText, stepText } from './step-text.ts';
import { asText } from './text.ts';

const render = cardTemplate(template);

/** Whom a step can be handed over to, or who can be the pupil's contact person. */
export interface Offered {
  readonly staffId: string;
  readonly name: string;
}

/** What whoever handles a step is offered. */
export interface StepOffers {
  readonly today: Temporal.PlainDate;
  /** The first day on which it can have been done. */
  readonly firstDay: Temporal.PlainDate;
  readonly colleagues: readonly Offered[];
  /** Of a step that asks for a contact person. */
  readonly contactPersons: readonly Offered[];
}

/**
 * One step, for whoever handles it: that it is done, with one press and no typing, and what else can be said of it. It stands
 * in the place of the card that it was opened from until they answer or go back.
 */
export function stepPanel(
  step: StepLine,
  offers: StepOffers,
  on: On,
  words: Translator,
  notice = '',
): object {
  return render({
    lang: words.language,
    title: pupilTitle(step.pupil, words),
    fallback: words.t('steps.handle'),
    notice,
    lines: lines(step, words).map((text) => ({ text })),
    asks: stepAsks(step, offers, words),
    back: words.t('contact.back'),
    step: step.id,
    version: step.version,
    on: onText(on),
  });
}

function lines(step: StepLine, words: Translator): readonly string[] {
  const isOpen = step.state === 'open';
  const state = [stepStateText(step, words), isOpen ? ownerText(step, words) : ''];
  return [
    `${isOpen ? '' : '✓ '}**${stepText(step, words)}** · ${asText(step.levelName)}`,
    state.filter(Boolean).join(' · '),
    step.hasLegalWeight ? words.t('steps.legal') : '',
    ...step.stages.map((stage) => stageText(stage, words)),
  ].filter(Boolean);
}
