import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Db } from '../storage/database.ts';
import { type Chat, type ChatAddress, ChatFailure } from './chat.ts';

/** What deleting messages needs. */
export interface DeletionDeps {
  readonly db: Db;
  readonly chat: Chat;
  readonly clock: Clock;
  readonly log: Log;
}

/** `refused`: this one cannot be deleted. `noAnswer`: Teams does not answer, and would answer no other either. */
export type Deleted =
  | { readonly kind: 'deleted' }
  | { readonly kind: 'refused' | 'noAnswer'; readonly code: string };

/** Asks Teams once to delete a message. Never fails. */
export async function deleteMessage(
  chat: Chat,
  { address, activityId }: { readonly address: ChatAddress; readonly activityId: string },
): Promise<Deleted> {
  try {
    await chat.delete(address, activityId);
    return { kind: 'deleted' };
  } catch (error) {
    const { kind, code } = error instanceof ChatFailure ? error : { kind: 'unknown', code: 'chat.failed' };
    return { kind: kind === 'refused' || kind === 'unreachable' ? 'refused' : 'noAnswer', code };
  }
}
