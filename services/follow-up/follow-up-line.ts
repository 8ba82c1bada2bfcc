import type { Temporal } from 'temporal-polyfill';
import { dayAt } from '../clock.ts';
import type { ContactMethod, Counterpart } from '../storage/tables/follow-up.ts';
import type { FollowUpRow } from './follow-up.ts';

/** Where the follow-up of a pupil stands; `version` goes with every button. */
export type FollowUpLine = { readonly id: string; readonly version: number } & (
  | {
      readonly state: 'open';
      readonly dueAt: Temporal.Instant;
      /** The last try, where nobody has been reached yet; the next one is due at `dueAt`. */
      readonly tried: { readonly by: string; readonly at: Temporal.Instant } | undefined;
    }
  | {
      readonly state: 'contacted';
      readonly by: string;
      readonly at: Temporal.Instant;
      /** The day, where it was a later one than the follow-up's. */
      readonly on: Temporal.PlainDate | undefined;
      readonly method: ContactMethod | undefined;
      readonly counterpart: Counterpart | undefined;
    }
  | { readonly state: 'closed' }
);

/** What cards have to know of a follow-up. */
export type FollowUpFacts = Pick<
  FollowUpRow,
  | 'id'
  | 'day'
  | 'version'
  | 'state'
  | 'dueAt'
  | 'contactedAt'
  | 'contactedByName'
  | 'method'
  | 'counterpart'
  | 'lastAttemptAt'
  | 'lastAttemptByName'
>;

/** A follow-up as cards show it. */
export function followUpLine(row: FollowUpFacts, timeZone: string): FollowUpLine {
  const { id, version } = row;
  if (row.state === 'contacted' && row.contactedAt !== null) {
    const on = dayAt(row.contactedAt, { timeZone });
    return {
      id,
      version,
      state: 'contacted',
      by: row.contactedByName ?? '',
      at: row.contactedAt,
      on: on.equals(row.day) ? undefined : on,
      method: row.method ?? undefined,
      counterpart: row.counterpart ?? undefined,
    };
  }
  if (row.state !== 'open') return { id, version, state: 'closed' };
  const tried =
    row.lastAttemptAt === null ? undefined : { by: row.lastAttemptByName ?? '', at: row.lastAttemptAt };
  return { id, version, state: 'open', dueAt: row.dueAt, tried };
}
