import type { School, SchoolTimes } from '../config/municipality.ts';

export type SchoolJob =
  | 'morning'
  | 'refresh'
  | 'meetStaff'
  | 'digestNoon'
  | 'digestDayEnd'
  | 'weekDigest'
  | 'cases'
  | 'dayClose';

export interface ScheduledJob {
  readonly job: SchoolJob;
  /** When it falls due, on the school's wall clock. */
  readonly at: keyof SchoolTimes;
  /** Until when a missed one is made up; to the end of the day where undefined. */
  readonly until: keyof SchoolTimes | undefined;
  /** The job of the same day without which it makes no sense. */
  readonly after: SchoolJob | undefined;
  /** The job that goes a minute before it where both are due at once, as when Sedd starts late: somebody waits for that one. */
  readonly yieldsTo?: SchoolJob;
  /** Only on the last school day of its week. */
  readonly endsWeek?: boolean;
}

/** What happens at each school on each school day. */
export const schoolSchedule: readonly ScheduledJob[] = [
  { job: 'meetStaff', at: 'roster', until: 'dayClose', after: undefined, yieldsTo: 'morning' },
  { job: 'morning', at: 'morning', until: 'makeUpUntil', after: undefined },
  { job: 'refresh', at: 'refresh', until: 'dayClose', after: 'morning' },
  { job: 'cases', at: 'refresh', until: 'dayClose', after: undefined },
  { job: 'digestNoon', at: 'escalate', until: 'lastCheck', after: 'morning' },
  { job: 'digestDayEnd', at: 'lastCheck', until: 'dayClose', after: 'morning' },
  { job: 'weekDigest', at: 'lastCheck', until: undefined, after: undefined, endsWeek: true },
  { job: 'dayClose', at: 'dayClose', until: undefined, after: undefined },
];

/** How another reading of a day is called in the ledger: `reread/11:30`. */
export const REREAD = 'reread/';

/** The list of a meeting of EHT's; in the ledger it stands under the meeting's day, whenever it is posted. */
export const EHT_LIST_JOB = 'ehtList';

export function isReread(job: string): boolean {
  return job.startsWith(REREAD);
}

/** When the rosters are read, on every day: the earliest time that any school asks for. */
export function rosterTime(schools: readonly School[]): string {
  return schools.map((school) => school.times.roster).sort()[0] ?? '05:30';
}
