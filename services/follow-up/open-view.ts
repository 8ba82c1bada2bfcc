import type { Temporal } from 'temporal-polyfill';
import type { School } from '../config/municipality.ts';
import type { Db } from '../storage/database.ts';
import { countProtectedOpen, followUpRows, namedLines } from './named-follow-ups.ts';
import type { ReminderView } from './reminder-view.ts';

/** Every open follow-up of a school's day, in the form of a message to its coordinators. */
export async function readOpenView(
  { db }: { readonly db: Db },
  school: School,
  day: Temporal.PlainDate,
  at: Temporal.Instant,
): Promise<ReminderView> {
  const rows = await followUpRows(db)
    .where('followUp.schoolId', '=', school.id)
    .where('followUp.day', '=', day)
    .where('followUp.state', '=', 'open')
    .execute();
  return {
    batchId: '',
    schoolName: school.name,
    day,
    rung: 'escalated',
    at,
    person: undefined,
    isInThread: false,
    isInstead: false,
    pupils: namedLines(rows, school),
    protectedOpen: countProtectedOpen(rows),
  };
}
