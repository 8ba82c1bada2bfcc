import type { Translator } from '../locales/translator.ts';
import type { FollowUpLine } from '../services/follow-up/follow-up-line.ts';
import { asText } from './text.ts';
import { wayOfContact } from './ways-of-contact.ts';

/** What has been done: "Kontaktad av Eva Ek 09:12 (telefon, vårdnadshavare)"; '' where nothing has. Reads as Markdown. */
export function followUpText(followUp: FollowUpLine, words: Translator): string {
  if (followUp.state === 'closed') return words.t('card.closed');
  if (followUp.state === 'contacted') {
    const how = wayOfContact(followUp, words);
    const { by, at, on } = followUp;
    const time = on === undefined ? words.time(at) : `${words.date(on)} ${words.time(at)}`;
    const said = words.t('card.contacted', { name: asText(by), time });
    return how === '' ? said : `${said} (${how})`;
  }
  if (followUp.tried === undefined) return '';
  const { by, at } = followUp.tried;
  return words.t('card.tried', { name: asText(by), time: words.time(at), again: words.time(followUp.dueAt) });
}
