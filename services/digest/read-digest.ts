import type { Temporal } from 'temporal-polyfill';
import { previousSchoolDays } from '../calendar/school-days.ts';
import type { School } from '../config/municipality.ts';
import type { Routine } from '../config/routine.ts';
import { readSchoolMorningView } from '../morning/read-school-morning-view.ts';
import type { Db } from '../storage/database.ts';
import { readNewlyAbove } from './above-limits.ts';
import { type ContactTime, readContactTimes } from './contact-time.ts';
import { readDigestGroups, readDigestTotal } from './digest-groups.ts';
import { DIGEST, digestSubject, EDITIONS, type Edition } from './digest-posts.ts';
import type { DigestView, WeekDigestView } from './digest-view.ts';
import { readWeekCompliance } from './week-compliance.ts';

const DAYS_IN_A_WEEK = 5;

/** What an edition of a school's digest shows now; undefined before the morning has run. */
export async function readDigest(
  { db }: { readonly db: Db },
  school: School,
  day: Temporal.PlainDate,
  edition: Edition,
): Promise<DigestView | undefined> {
  const view = await readSchoolMorningView({ db }, school, day);
  if (view === undefined) return undefined;
  const [first = day] = previousSchoolDays(school.calendar, day, DAYS_IN_A_WEEK - 1);
  const week = await readContactTimes(db, school.id, { from: first, to: day });
  return {
    edition,
    replacedBy: await laterEdition(db, school.id, day, edition),
    school: view,
    groups: await readDigestGroups(db, school.id, day, view.dataAt),
    total: await readDigestTotal(db, school.id, day),
    medianMinutes: week.find((one) => one.day.equals(day))?.medianMinutes,
    newlyAbove: await readNewlyAbove(db, school, day),
    week,
  };
}

async function laterEdition(
  db: Db,
  schoolId: string,
  day: Temporal.PlainDate,
  edition: Edition,
): Promise<Edition | undefined> {
  const later = EDITIONS.slice(EDITIONS.indexOf(edition) + 1);
  const subjects = new Map(later.map((each) => [digestSubject({ schoolId, day }, each), each]));
  if (subjects.size === 0) return undefined;
  const posts = await db
    .selectFrom('post')
    .select('subject')
    .where('purpose', '=', DIGEST)
    .where('subject', 'in', [...subjects.keys()])
    .execute();
  const wanted = new Set(posts.map((post) => post.subject));
  return [...subjects].findLast(([subject]) => wanted.has(subject))?.[1];
}

/** A school's week up to and including `day`. */
export async function readWeekDigest(
  { db, routines }: { readonly db: Db; readonly routines: readonly Routine[] },
  school: School,
  day: Temporal.PlainDate,
): Promise<WeekDigestView> {
  const firstDay = day.subtract({ days: day.dayOfWeek - 1 });
  const before = await readContactTimes(db, school.id, {
    from: firstDay.subtract({ days: 7 }),
    to: firstDay.subtract({ days: 1 }),
  });
  return {
    schoolName: school.name,
    week: day.weekOfYear ?? 0,
    firstDay,
    lastDay: day,
    days: await readContactTimes(db, school.id, { from: firstDay, to: day }),
    before: added(before),
    compliance: await readWeekCompliance({ db, routines }, school, day),
  };
}

/** Sums may be added up; medians may not. */
function added(days: readonly ContactTime[]): WeekDigestView['before'] {
  return {
    followUps: days.reduce((sum, day) => sum + day.followUps, 0),
    contacted: days.reduce((sum, day) => sum + day.contacted, 0),
  };
}
