import assert from 'node:assert/strict';
import { readToday, type TodayQuery } from '../../../services/attendance/today.ts';
import { importRoster } from '../../../services/people/import-roster.ts';
import type { Db } from '../../../services/storage/database.ts';
import { empty } from '../../support/dump.ts';
import { group, protectedPupil, pupil, ROSTER_TABLES, roster } from '../people/roster-data.ts';
import { ATTENDANCE_TABLES, at, MONDAY } from './day-data.ts';

/** Half of the time, or ten days in a row. */
const LIMITS = { absenceOver: 0.5, daysInRow: 10 };

/** Two pupils in 8A, a protected one in 8B, some of them in French, and one at another school; no lessons. */
export async function fillSchool(db: Db): Promise<void> {
  await empty(db, [...ATTENDANCE_TABLES, ...ROSTER_TABLES]);
  const pupils = [pupil('p1'), pupil('p2'), protectedPupil('p3'), pupil('s1', 'south')];
  const groups = [
    group('8A', ['p1', 'p2']),
    group('8B', ['p3']),
    group('French', ['p1', 'p3'], { kind: 'teaching' }),
  ];
  await importRoster({ db }, 'hub', roster({ pupils, groups }));
}

/** The school at 09:30 on Monday, where not asked otherwise. */
export async function today(db: Db, more: Partial<TodayQuery> = {}) {
  const query = { schoolId: 'north', day: MONDAY, now: at('09:30'), longTerm: LIMITS, ...more };
  return await readToday({ db }, query);
}

export async function pupilToday(db: Db, pupilId: string, more: Partial<TodayQuery> = {}) {
  const { pupils } = await today(db, more);
  const found = pupils.find((each) => each.pupilId === pupilId);
  assert.ok(found);
  return found;
}
