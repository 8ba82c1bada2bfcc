import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { wantForCoordinators } from '../posts/coordinator-posts.ts';
import { markStale, type Naming, type Showing } from '../posts/post-store.ts';
import type { Db } from '../storage/database.ts';
import type { SchoolDay } from './contact-time.ts';

/** How a school's follow-up stands, for its coordinators, in fixed editions through the day. */
export const DIGEST = 'digest';
/** The week, on its last school day. */
export const WEEK_DIGEST = 'weekDigest';

const isoDay = z.iso.date();

/** In the order of the day. Each is a message of its own; the one before it shrinks to a line. */
export const EDITIONS = ['refresh', 'noon', 'dayEnd'] as const;
export type Edition = (typeof EDITIONS)[number];

export function digestSubject({ schoolId, day }: SchoolDay, edition: Edition): string {
  return `${schoolId}/${day}/${edition}`;
}

/** Undefined where it is none of ours. */
export function parseDigestSubject(subject: string): (SchoolDay & { readonly edition: Edition }) | undefined {
  const match = /^([^/]+)\/(\d{4}-\d{2}-\d{2})\/(refresh|noon|dayEnd)$/.exec(subject);
  if (match === null) return undefined;
  const [, schoolId = '', day = '', edition = 'refresh'] = match;
  if (!isoDay.safeParse(day).success) return undefined;
  return { schoolId, day: Temporal.PlainDate.from(day), edition: edition as Edition };
}

export async function wantDigest(
  db: Db,
  { schoolId, day }: SchoolDay,
  edition: Edition,
  at: Temporal.Instant,
): Promise<void> {
  await wantForCoordinators(
    db,
    { purpose: DIGEST, subject: digestSubject({ schoolId, day }, edition), schoolId, day },
    at,
  );
  await markDigestsStale(db, { schoolId, day });
}

export async function wantWeekDigest(
  db: Db,
  { schoolId, day }: SchoolDay,
  at: Temporal.Instant,
): Promise<void> {
  await wantForCoordinators(db, { purpose: WEEK_DIGEST, subject: `${schoolId}/${day}`, schoolId, day }, at);
}

/** Every edition of the day shows where its follow-ups stand. */
export const digestShowing: readonly Showing[] = [{ purpose: DIGEST, isUrgent: false }];

/** Digests of the schools that the pupils are at, or were followed up at: those above a limit stand there by name. */
export function digestNaming(pupilIds: readonly string[]): readonly Naming[] {
  const ids = sql`any(${[...pupilIds]}::text[])`;
  const posts = sql`school_id in (
    select school_id from pupil where id = ${ids} union select school_id from follow_up where pupil_id = ${ids})`;
  return [DIGEST, WEEK_DIGEST].map((purpose) => ({ purpose, posts }));
}

/** Something that the day's digests show has changed. */
export async function markDigestsStale(db: Db, schoolDay: SchoolDay): Promise<void> {
  const subjects = EDITIONS.map((edition) => digestSubject(schoolDay, edition));
  await markStale(db, { purpose: DIGEST, subjects }, { isUrgent: false });
}
