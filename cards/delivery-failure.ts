import type { TextKey, Translator } from '../locales/translator.ts';
import { asText } from './text.ts';

/** What a code of the chat platform means to a coordinator, and what to do about it. */
const whatToDo: ReadonlyMap<string, TextKey> = new Map([
  ['noChannel', 'failure.noChannel'],
  ['BotNotInConversationRoster', 'failure.notInstalled'],
  ['ForbiddenOperationException', 'failure.notInstalled'],
  ['ConversationBlockedByUser', 'failure.blocked'],
  ['MessageWritesBlocked', 'failure.blocked'],
  ['BotDisabledByAdmin', 'failure.blocked'],
  ['ConversationNotFound', 'failure.gone'],
  ['MessageSizeTooBig', 'failure.tooBig'],
  ['card.tooBig', 'failure.tooBig'],
]);

/** More groups than this are counted and not named. */
const MOST_NAMED = 20;

interface Failed {
  readonly groupName: string;
  readonly code: string;
}

/** Which cards did not arrive and why, in the words of whoever has to see to it: a line for each thing to do. */
export function failureLines(failed: readonly Failed[], words: Translator): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const { groupName, code } of failed.slice(0, MOST_NAMED)) {
    const what = words.t(whatToDo.get(code) ?? 'failure.other', { code: asText(code) });
    groups.set(what, [...(groups.get(what) ?? []), asText(groupName)]);
  }
  const lines = [...groups].map(([what, names]) =>
    words.t('school.failed', { groups: words.list(names), what }),
  );
  const unnamed = failed.length - MOST_NAMED;
  return unnamed > 0 ? [...lines, words.t('card.andMore', { count: unnamed })] : lines;
}
