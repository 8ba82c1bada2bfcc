import { Temporal } from 'temporal-polyfill';
import type { Municipality } from '../../../services/config/municipality.ts';
import { clockTime, pupilId, type SmallSchool, smallMunicipality, smallSchool } from '../small-school.ts';
import { ANNA, type SmallStaff, smallStaff, staffId } from '../small-staff.ts';

export const GROUPS = 3;
export const PER_GROUP = 6;
const FIRST_DAY = '2026-08-18';
const LAST_DAY = '2027-06-10';

/** Anna Berg is every group's first mentor: it is she who is reminded. */
export const crashStaff: readonly SmallStaff[] = [
  ...smallStaff,
  { id: staffId(11), name: 'Cilla Dahl', groups: 'all' },
  { id: staffId(12), name: 'Doris Fors', groups: 'all' },
];
export const RESPONSIBLE = crashStaff.find(({ id }) => id === ANNA)?.name ?? '';

/** Every school day of a year without holidays. */
export const schoolDays: readonly string[] = weekdays(FIRST_DAY, LAST_DAY);

export function crashMunicipality(serviceUrl: string): Municipality {
  return smallMunicipality(serviceUrl, GROUPS, {
    calendar: { schoolYear: '2026/2027', terms: [{ from: FIRST_DAY, to: LAST_DAY }] },
    // Four pupils of eighteen are missing every day: no reason to hold the cards.
    gate: { leastShareAbsent: 1 },
  });
}

/**
 * A school where each day one pupil of each group is missing, another one each day; the last group's comes by ten o'clock. One
 * more of the first group is missing, whom nobody contacts.
 */
export function crashSchool(now: () => Temporal.Instant): SmallSchool {
  const school = smallSchool(GROUPS, PER_GROUP, { now });
  school.days = [...schoolDays];
  school.staff = crashStaff;
  school.marks = (pupil, day) => {
    const group = Math.floor(pupil / PER_GROUP);
    if (pupil === forgottenPupil(day)) return 'missing';
    if (pupil !== missingPupil(day, group)) return 'here';
    return group === GROUPS - 1 && hasArrived(day, now()) ? 'here' : 'missing';
  };
  return school;
}

/** The number of the pupil whom a group misses on a day. */
export function missingPupil(day: string, group: number): number {
  return group * PER_GROUP + ((schoolDays.indexOf(day) + group) % PER_GROUP);
}

/** The number of the pupil whom nobody contacts. */
export function forgottenPupil(day: string): number {
  return (schoolDays.indexOf(day) + PER_GROUP / 2) % PER_GROUP;
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
