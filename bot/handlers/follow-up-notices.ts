import { asText } from '../../cards/text.ts';
import type { Translator } from '../../locales/translator.ts';
import type { FollowUpRow } from '../../services/follow-up/follow-up.ts';
import type { HandOverOutcome } from '../../services/follow-up/hand-over.ts';
import type { ContactOutcome } from '../../services/follow-up/record-contact.ts';
import type { UndoOutcome } from '../../services/follow-up/undo-contact.ts';

/** What whoever pressed reads on top of the card; `name` is the pupil's. */
interface About {
  readonly name: string;
  readonly words: Translator;
}

export function contactNotice(outcome: ContactOutcome, { name: given, words }: About): string {
  const name = asText(given);
  switch (outcome.kind) {
    case 'none':
      return words.t('contact.gone');
    case 'notNeeded':
      return words.t('contact.notNeeded', { name });
    case 'takenBack':
      return words.t('contact.takenBack', { name, by: asText(outcome.by) });
    case 'already':
      return handledNotice(outcome.followUp, { name: given, words });
    case 'recorded':
      return outcome.followUp.state === 'contacted'
        ? words.t('contact.saved', { name })
        : words.t('contact.savedTry', { name, time: words.time(outcome.followUp.dueAt) });
  }
}

/** Who was there before, and when. */
export function handledNotice(
  followUp: Pick<FollowUpRow, 'contactedAt' | 'contactedByName' | 'lastAttemptAt' | 'lastAttemptByName'>,
  { name: given, words }: About,
): string {
  const name = asText(given);
  const { contactedAt, lastAttemptAt } = followUp;
  if (contactedAt !== null) {
    const by = asText(followUp.contactedByName ?? '');
    return words.t('contact.already', { name, by, time: words.time(contactedAt) });
  }
  if (lastAttemptAt === null) return words.t('contact.over', { name });
  const by = asText(followUp.lastAttemptByName ?? '');
  return words.t('contact.alreadyTried', { name, by, time: words.time(lastAttemptAt) });
}

export function undoNotice(outcome: UndoOutcome, { words }: Pick<About, 'words'>): string {
  if (outcome.kind === 'undone') return words.t('contact.undone');
  if (outcome.kind === 'notYours') return words.t('contact.notYours', { by: asText(outcome.by) });
  return words.t('contact.nothingToUndo');
}

/** `responsible`: whoever answers for the pupil now. */
export function handOverNotice(
  outcome: HandOverOutcome,
  { name, responsible, words }: About & { readonly responsible: string },
): string {
  switch (outcome.kind) {
    case 'nothing':
      return words.t('contact.gone');
    case 'over':
      return handledNotice(outcome.followUp, { name, words });
    case 'movedOn':
      return words.t('contact.movedOn', { name: asText(name), responsible: asText(responsible) });
    case 'handedOver':
      return words.t('contact.handedOver', { name: asText(name), responsible: asText(responsible) });
  }
}
