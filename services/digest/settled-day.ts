import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';
import { rebuildContactTime, type SchoolDay } from './contact-time.ts';
import { markDigestsStale } from './digest-posts.ts';

/** A day's figures and its digests follow what a reading has changed of its follow-ups, in the same transaction. */
export async function followSettledDay(db: Db, schoolDay: SchoolDay, at: Temporal.Instant): Promise<void> {
  await rebuildContactTime(db, schoolDay, at);
  await markDigestsStale(db, schoolDay);
}
