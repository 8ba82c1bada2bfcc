import type { Translator } from '../locales/translator.ts';
import template from './choose-pupil.json' with { type: 'json' };
import { onText } from './on.ts';
import { PUPILS } from './pupil-list.ts';
import { cardTemplate } from './render.ts';
import { asLabel } from './text.ts';

const render = cardTemplate(template);

export interface PupilChoice {
  readonly id: string;
  readonly name: string;
  /** School and day, as the list's buttons carry them. */
  readonly subject: string;
}

/** "Vem menar du?": a button for each, that opens the pupil's page. */
export function whichPupilCard(choices: readonly PupilChoice[], words: Translator): object {
  const card = render({ lang: words.language, title: words.t('pupil.which') }) as { body: object[] };
  const actions = choices.map(({ id, name, subject }) => {
    const title = asLabel(name);
    const data = { pupil: id, on: onText({ purpose: PUPILS, subject, page: 0 }) };
    const fallback = { type: 'Action.Submit', title, data: { verb: 'pupil.open', ...data } };
    return { type: 'Action.Execute', title, verb: 'pupil.open', data, fallback };
  });
  return { ...card, body: [...card.body, { type: 'ActionSet', actions }] };
}
