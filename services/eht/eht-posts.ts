import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { EHT_LIST, EHT_PURPOSES, EHT_REMINDER, EHT_SUMMARY } from '../posts/eht-purposes.ts';
import { markChosen, wantPosts } from '../posts/post-store.ts';
import type { Db } from '../storage/database.ts';
import type { EhtRoom } from './room.ts';

const isoDay = z.iso.date();

/** What a card of EHT's is about: a meeting, or the reminder of an owner on a day. */
export interface EhtSubject {
  readonly schoolId: string;
  readonly day: Temporal.PlainDate;
  /** Which copy of a list that was asked for again; whose reminder it is. Empty for what the clock posts. */
  readonly rest: string;
}

export function ehtSubject({ schoolId, day, rest }: EhtSubject): string {
  return rest === '' ? `${schoolId}/${day}` : `${schoolId}/${day}/${rest}`;
}

/** Undefined where it is none of ours. */
export function parseEhtSubject(subject: string): EhtSubject | undefined {
  const [schoolId = '', day = '', ...rest] = subject.split('/');
  if (!isoDay.safeParse(day).success) return undefined;
  return { schoolId, day: Temporal.PlainDate.from(day), rest: rest.join('/') };
}

export interface EhtMessage {
  readonly purpose: string;
  readonly day: Temporal.PlainDate;
  readonly rest?: string;
}

/** Has something posted in a room of EHT's. */
export async function wantInRoom(
  db: Db,
  { schoolId, conversationId }: EhtRoom,
  { purpose, day, rest = '' }: EhtMessage,
  at: Temporal.Instant,
): Promise<void> {
  const subject = ehtSubject({ schoolId, day, rest });
  await wantPosts(db, [{ purpose, subject, conversationId, schoolId, day }], at);
}

/** What a change concerns: a school's EHT, and these decisions wherever they stand. */
export interface Changed {
  readonly schoolId: string;
  readonly decisionIds?: readonly string[];
}

/**
 * Marks what shows EHT's work as stale, in one statement and a fixed order: the list of the last meeting and any of those to
 * come, its summary, and where a decision changed, whatever else it stands on. What is held stays held. False where nothing
 * shows it.
 */
export async function markEhtStale(db: Db, { schoolId, decisionIds = [] }: Changed): Promise<boolean> {
  const ids = [...decisionIds];
  const chosen = sql`
    school_id = ${schoolId} and purpose = any(${[...EHT_PURPOSES]}::text[]) and (
      (purpose in (${EHT_LIST}, ${EHT_SUMMARY}) and day >= coalesce(
        (select max(day) from eht_meeting where eht_meeting.school_id = ${schoolId}), '-infinity'::date))
      or (purpose = ${EHT_SUMMARY} and day in (select day from eht_decision where id = any(${ids}::text[])))
      or (purpose = ${EHT_REMINDER} and subject in (
        select school_id || '/' || day || '/' || owner_address from eht_reminder
        where decision_id = any(${ids}::text[]))))`;
  return (await markChosen(db, chosen, { isUrgent: true })).length > 0;
}

/** Marks everything of EHT's as stale that may name one of the pupils: their identity has been protected. */
export async function markEhtNaming(db: Db, pupilIds: readonly string[]): Promise<boolean> {
  if (pupilIds.length === 0) return false;
  const ids = [...pupilIds];
  const chosen = sql`
    purpose = any(${[...EHT_PURPOSES]}::text[]) and school_id in (
      select school_id from pupil where id = any(${ids}::text[])
      union select school_id from eht_pupil where pupil_id = any(${ids}::text[])
      union select school_id from eht_decision where pupil_id = any(${ids}::text[]))`;
  return (await markChosen(db, chosen, { isUrgent: true })).length > 0;
}
