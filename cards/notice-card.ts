import type { Translator } from '../locales/translator.ts';
import type { NoticeView } from '../services/follow-up/notice-view.ts';
import { mention, said } from './mention.ts';
import template from './notice-card.json' with { type: 'json' };
import { cardTemplate } from './render.ts';
import { asText } from './text.ts';

const render = cardTemplate(template);

/** Something that one person is told; in a channel they are mentioned. */
export function noticeCard(view: NoticeView, words: Translator): object {
  const { name, teamsId } = view.person;
  const mentioned = view.isInThread && teamsId !== undefined ? mention(name, teamsId) : undefined;
  const text = said(mentioned?.text ?? '', sentence(view, words));
  const card = render({ lang: words.language, text, fallback: noticeSummary(words) });
  return mentioned === undefined ? card : { ...card, msteams: { entities: [mentioned.entity] } };
}

/** The text of the notification, without names. */
export function noticeSummary(words: Translator): string {
  return words.t('notice.summary');
}

function sentence(view: NoticeView, words: Translator): string {
  if (view.pupilName === undefined) return words.t('notice.protected');
  const name = asText(view.pupilName);
  switch (view.kind) {
    case 'corrected':
      return words.t(view.reason === 'arrived' ? 'notice.correctedArrived' : 'notice.correctedReported', {
        name,
      });
    case 'handedOver':
      return view.byName === undefined
        ? words.t('notice.handedOverBySomebody', { name })
        : words.t('notice.handedOver', { name, by: asText(view.byName) });
    case 'appointed':
      return words.t('notice.appointed', { name });
    case 'appointmentEnded':
      return words.t('notice.appointmentEnded', { name });
  }
}
