import type { Translator } from '../locales/translator.ts';
import type { ContactMethod, Counterpart } from '../services/storage/tables/follow-up.ts';
import template from './choose-pupil.json' with { type: 'json' };
import { type On, onText } from './on.ts';
import { cardTemplate } from './render.ts';
import { asLabel } from './text.ts';

const render = cardTemplate(template);

export interface ChoosePupilView {
  /** What was written of somebody whose name may mean several. */
  readonly said: {
    readonly kind: 'contacted' | 'notReached';
    readonly method?: ContactMethod;
    readonly counterpart?: Counterpart;
  };
  /** Pupils whom the writer answers for. */
  readonly choices: readonly { readonly name: string; readonly followUp: string; readonly version: number }[];
}

/** "Vem menar du?": a button for each; the press records what was written. */
export function choosePupilCard(view: ChoosePupilView, on: On, words: Translator): object {
  const { kind, method, counterpart } = view.said;
  const how = { ...given('method', method), ...given('counterpart', counterpart) };
  const card = render({
    lang: words.language,
    title: words.t(kind === 'contacted' ? 'written.whoContacted' : 'written.whoNotReached'),
  }) as { body: object[] };
  const actions = view.choices.map(({ name, followUp, version }) => ({
    type: 'Action.Execute',
    title: asLabel(name),
    verb: kind === 'contacted' ? 'followUp.contacted' : 'followUp.notReached',
    data: { followUp, version, on: onText(on), ...how },
    fallback: {
      type: 'Action.Submit',
      title: asLabel(name),
      data: {
        verb: kind === 'contacted' ? 'followUp.contacted' : 'followUp.notReached',
        followUp,
        version,
        on: onText(on),
        ...how,
      },
    },
  }));
  return { ...card, body: [...card.body, { type: 'ActionSet', actions }] };
}

function given<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: V });
}
