import type { Translator } from '../locales/translator.ts';
import type { EhtPupilView } from '../services/eht/pupil-view.ts';
import { weekChoices } from './eht-choices.ts';
import template from './eht-decision.json' with { type: 'json' };
import { type On, onText } from './on.ts';
import { cardTemplate } from './render.ts';
import { asLabel, asText } from './text.ts';

const render = cardTemplate(template);
/** More than work in one EHT, and no more than fits the card. */
const MOST_PEOPLE = 60;

/** A new decision about a pupil: what, who sees to it, and when it is to be done. Nothing is written. */
export function ehtDecisionCard(view: EhtPupilView, on: On, words: Translator, notice = ''): object {
  const { line, offered, people } = view;
  return render({
    lang: words.language,
    title: words.t('eht.decisionTitle', { name: asText(line.name) }),
    notice,
    choose: words.t('eht.choose'),
    decisionLabel: words.t('eht.decisionLabel'),
    decisions: offered.map(({ key, name }) => ({ value: key, title: asLabel(name) })),
    ownerLabel: words.t('eht.ownerLabel'),
    people: people
      .slice(0, MOST_PEOPLE)
      .map(({ address, name }) => ({ value: address, title: asLabel(name) })),
    dueLabel: words.t('eht.dueLabel'),
    times: [{ value: 'routine', title: words.t('eht.dueAsRoutine') }, ...weekChoices(words)],
    decide: words.t('eht.decide'),
    back: words.t('eht.back'),
    pupil: line.pupilId,
    on: onText(on),
  });
}
