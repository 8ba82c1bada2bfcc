import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import { isSchoolDay } from '../calendar/school-days.ts';
import { type Clock, dayAt } from '../clock.ts';
import type { School } from '../config/municipality.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { REREAD } from '../schedule/schedule.ts';
import type { Db } from '../storage/database.ts';
import { type DueReminder, remindersDue } from './ladder.ts';
import { type OpenItem, readOpenItems } from './open-items.ts';
import { type Reminding, type SendDeps, sendReminders } from './send-reminders.ts';
import { type Reminded, readSubstitutes, whoMayBeReminded } from './substitutes.ts';

export interface RungDeps extends SendDeps {
  readonly jobs: Pick<Jobs, 'enqueue'>;
  readonly clock: Clock;
  readonly schools: ReadonlyMap<string, School>;
  /** Of these people on the staff, those who are away just now; asked before anybody is reminded. */
  readonly whoIsAway: (staffIds: readonly string[]) => Promise<ReadonlySet<string>>;
}

/**
 * Takes every rung of the ladder that the open follow-ups of today have come to, each at most once: the rows say so. Several
 * pupils of one person come in one message. Answers how many messages are on their way.
 */
export async function takeRungs(deps: RungDeps): Promise<number> {
  const now = deps.clock.now();
  const schools: School[] = [];
  const people = new Set<string>();
  for (const [school, items] of await readWhatIsOpen(deps, now)) {
    const due = forThoseNamed(remindersDue(school, items, now), items);
    if (due.length === 0 || (await isReadingAnew(deps.db, school, now))) continue;
    schools.push(school);
    for (const staffId of await whoMayBeReminded(deps.db, dayAt(now, school), pupilsOf(due, items)))
      people.add(staffId);
  }
  // Asked once for all schools: where it is not answered, that is waited for once.
  const away = people.size === 0 ? new Set<string>() : await deps.whoIsAway([...people]);
  let sent = 0;
  for (const school of schools) sent += await takeAtSchool(deps, school, now, away);
  return sent;
}

async function readWhatIsOpen(
  { db, schools }: RungDeps,
  now: Temporal.Instant,
): Promise<readonly (readonly [School, readonly OpenItem[]])[]> {
  const open = [...schools.values()].filter((school) => isSchoolDay(school.calendar, dayAt(now, school)));
  const [first] = open;
  if (first === undefined) return [];
  const items = await readOpenItems(db, dayAt(now, first));
  return open.flatMap((school) => {
    const own = items.get(school.id);
    return own === undefined ? [] : [[school, own] as const];
  });
}

/** Judged once more under a lock, so that two replicas at the same minute do not both remind. */
async function takeAtSchool(
  deps: RungDeps,
  school: School,
  now: Temporal.Instant,
  away: ReadonlySet<string>,
): Promise<number> {
  return await deps.db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`ladder/${school.id}`}, 0))`.execute(trx);
    const day = dayAt(now, school);
    const items = (await readOpenItems(trx, day)).get(school.id) ?? [];
    const due = forThoseNamed(remindersDue(school, items, now), items);
    const reminding: Reminding = {
      school,
      day,
      now,
      insteadOf: await readSubstitutes(trx, day, away),
      itemOf: new Map(items.map((item) => [item.id, item])),
    };
    const sent = await sendReminders({ ...deps, db: trx }, reminding, due);
    if (sent > 0) await deps.jobs.enqueue(trx, 'deliver', {});
    return sent;
  });
}

/** Of a protected pupil the coordinators alone are told, and that by number. */
function forThoseNamed(due: readonly DueReminder[], items: readonly OpenItem[]): readonly DueReminder[] {
  const isProtected = new Set(items.filter((item) => item.isProtected).map((item) => item.id));
  return due.filter(({ followUpId, rung }) => {
    return !isProtected.has(followUpId) || rung === 'escalated' || rung === 'lastCheck';
  });
}

function pupilsOf(due: readonly DueReminder[], items: readonly OpenItem[]): readonly Reminded[] {
  const groupOf = new Map(items.map(({ id, groupId }) => [id, groupId]));
  return due.flatMap(({ followUpId, staffId }) =>
    staffId === undefined ? [] : [{ staffId, groupId: groupOf.get(followUpId) }],
  );
}

/** A reading that has begun may be about to say that nobody has to be reminded; it is waited for, but not for ever. */
const LONGEST_WAIT_MINUTES = 15;

async function isReadingAnew(db: Db, school: School, now: Temporal.Instant): Promise<boolean> {
  const run = await db
    .selectFrom('jobRun')
    .select('job')
    .where('schoolId', '=', school.id)
    .where('day', '=', dayAt(now, school))
    .where((eb) => eb.or([eb('job', 'in', ['morning', 'refresh']), eb('job', 'like', `${REREAD}%`)]))
    .where('state', 'in', ['started', 'failed'])
    .where('startedAt', '>', now.subtract({ minutes: LONGEST_WAIT_MINUTES }))
    .executeTakeFirst();
  return run !== undefined;
}
