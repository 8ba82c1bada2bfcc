import type { Insertable } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../../services/storage/database.ts';
import type { DaySumTable } from '../../services/storage/tables/attendance.ts';
import { MONDAY } from './small-school.ts';

type DaySum = Insertable<DaySumTable>;

const OFFERED = 1_000;

/** A day of two lessons, of which so much was valid absence, in percent. */
export function daySum(pupilId: string, day: Temporal.PlainDate, percent: number, schoolId = 'norr'): DaySum {
  return {
    pupilId,
    day,
    schoolId,
    offeredMinutes: OFFERED,
    reportedMinutes: OFFERED,
    validMinutes: (percent * OFFERED) / 100,
    invalidMinutes: 0,
    lessons: 2,
    lessonsReported: 2,
    lessonsMissed: 0,
    lateArrivals: 0,
  };
}

/** A pupil’s weekdays of four weeks, or of so many days, up to the last, each with so much absence, in percent. */
export function absentDays(pupilId: string, percent: number, last = MONDAY, count = 28): readonly DaySum[] {
  return Array.from({ length: count }, (_, back) => last.subtract({ days: back }))
    .filter(({ dayOfWeek }) => dayOfWeek < 6)
    .map((day) => daySum(pupilId, day, percent));
}

/** Writes them, over what was written of the same days. */
export async function writeDaySums(db: Db, sums: readonly DaySum[]): Promise<void> {
  await db
    .insertInto('daySum')
    .values(sums)
    .onConflict((conflict) =>
      conflict
        .columns(['pupilId', 'day'])
        .doUpdateSet((eb) => ({ validMinutes: eb.ref('excluded.validMinutes') })),
    )
    .execute();
}
