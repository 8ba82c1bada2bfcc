import { Temporal } from 'temporal-polyfill';
import type { Municipality } from '../../../services/config/municipality.ts';
import { clockTime, pupilId, type SmallSchool, smallMunicipality, smallSchool } from '../small-school.ts';

export const GROUPS = 3;
export const PER_GROUP = 6;
const FIRST_DAY = '2026-08-18';
const LAST_DAY = '2027-06-10';

/** Every school day of a year without holidays. */
export const schoolDays: readonly string[] = weekdays(FIRST_DAY, LAST_DAY);

export function crashMunicipality(serviceUrl: string): Municipality {
  return smallMunicipality(serviceUrl, GROUPS, {
    calendar: { schoolYear: '2026/2027', terms: [{ from: FIRST_DAY, to: LAST_DAY }] },
    // One pupil of six is missing every day: no reason to hold the cards.
    gate: { leastShareAbsent: 1 },
  });
}

/** A school where each day one pupil of each group is missing, another one each day; the last group's comes by ten o'clock. */
export function crashSchool(now: () => Temporal.Instant): SmallSchool {
  const school = smallSchool(GROUPS, PER_GROUP, { now });
  school.days = [...schoolDays];
  school.marks = (pupil, day) => {
    const group = Math.floor(pupil / PER_GROUP);
    if (pupil !== missingPupil(day, group)) return 'here';
    return group === GROUPS - 1 && hasArrived(day, now()) ? 'here' : 'missing';
  };
  return school;
}

/** The number of the pupil whom a group misses on a day. */
export function missingPupil(day: string, group: number): number {
  return group * PER_GROUP + ((schoolDays.indexOf(day) + group) % PER_GROUP);
}

export function missingId(day: string, group: number): string {
  return pupilId(missingPupil(day, group));
}

export function at(day: string, time: string): Temporal.Instant {
  return clockTime(time, Temporal.PlainDate.from(day));
}

function hasArrived(day: string, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(now, at(day, '10:00')) >= 0;
}

function weekdays(first: string, last: string): readonly string[] {
  const days: string[] = [];
  const end = Temporal.PlainDate.from(last);
  for (let day = Temporal.PlainDate.from(first); Temporal.PlainDate.compare(day, end) <= 0; ) {
    if (day.dayOfWeek <= 5) days.push(day.toString());
    day = day.add({ days: 1 });
  }
  return days;
}
