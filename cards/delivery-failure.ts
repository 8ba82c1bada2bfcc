import type { TextKey, Translator } from '../locales/translator.ts';

/** What a code of the chat platform means to a coordinator, and what to do about it. */
const whatToDo: Readonly<Record<string, TextKey>> = {
  noChannel: 'failure.noChannel',
  BotNotInConversationRoster: 'failure.notInstalled',
  ForbiddenOperationException: 'failure.notInstalled',
  ConversationBlockedByUser: 'failure.blocked',
  MessageWritesBlocked: 'failure.blocked',
  BotDisabledByAdmin: 'failure.blocked',
  ConversationNotFound: 'failure.gone',
  MessageSizeTooBig: 'failure.tooBig',
  'card.tooBig': 'failure.tooBig',
};

/** Why a card did not arrive, in the words of whoever has to see to it. */
export function deliveryFailure(code: string, words: Translator): string {
  return words.t(whatToDo[code] ?? 'failure.other', { code });
}
