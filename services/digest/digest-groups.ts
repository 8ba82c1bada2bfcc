import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import { mentorGroups } from '../people/mentor-groups.ts';
import type { Db } from '../storage/database.ts';
import type { DigestGroup } from './digest-view.ts';

/** Each mentor group of a school with something to tell, in order of name. Protected pupils count; they have no names here. */
export async function readDigestGroups(
  db: Db,
  schoolId: string,
  day: Temporal.PlainDate,
  dataAt: Temporal.Instant,
): Promise<readonly DigestGroup[]> {
  const groups = await mentorGroups({ db }, schoolId);
  const counts = await readCounts(db, schoolId, day);
  const unreported = await readUnreported(
    db,
    groups.map((group) => group.id),
    day,
    dataAt,
  );
  return groups
    .map((group) => ({
      name: group.name,
      ...(counts.get(group.id) ?? NOTHING),
      unreportedLessons: unreported.get(group.id) ?? 0,
    }))
    .filter((group) => group.followUps + group.unreportedLessons > 0);
}

type Counts = Omit<DigestGroup, 'name' | 'unreportedLessons'>;

const NOTHING: Counts = { followUps: 0, contacted: 0, notReached: 0, open: 0, overdue: 0 };

/** What the groups come to together; pupils without a group among them. */
export async function readDigestTotal(db: Db, schoolId: string, day: Temporal.PlainDate): Promise<Counts> {
  const total = { ...NOTHING };
  for (const counts of (await readCounts(db, schoolId, day)).values()) {
    for (const key of Object.keys(total) as (keyof Counts)[]) total[key] += counts[key];
  }
  return total;
}

async function readCounts(
  db: Db,
  schoolId: string,
  day: Temporal.PlainDate,
): Promise<ReadonlyMap<string, { -readonly [K in keyof Counts]: number }>> {
  const { rows } = await sql<Counts & { readonly groupId: string | null }>`
    select f.group_id,
      (count(*) filter (where f.state <> 'closed' or f.attempts > 0))::int as follow_ups,
      (count(*) filter (where f.state = 'contacted'))::int as contacted,
      (count(*) filter (where f.state = 'open' and f.attempts > 0))::int as not_reached,
      (count(*) filter (where f.state = 'open'))::int as open,
      (count(*) filter (where f.state = 'open' and exists (
        select from reminder where reminder.follow_up_id = f.id)))::int as overdue
    from follow_up as f
    where f.school_id = ${schoolId} and f.day = ${day}
    group by f.group_id`.execute(db);
  return new Map(rows.map(({ groupId, ...counts }) => [groupId ?? '', counts]));
}

/** Lessons that had begun when the data were read, concern the group, and in which nobody is reported. */
async function readUnreported(
  db: Db,
  groupIds: readonly string[],
  day: Temporal.PlainDate,
  dataAt: Temporal.Instant,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ readonly groupId: string; readonly lessons: number }>`
    select member.group_id, count(distinct part.lesson_id)::int as lessons
    from group_member as member
    join pupil_lesson as part on part.pupil_id = member.pupil_id and part.day = ${day} and part.offered_minutes > 0
    join lesson on lesson.id = part.lesson_id and lesson.starts_at <= ${dataAt}
    where member.group_id = any(${groupIds}::text[]) and (
      select true from pupil_lesson as reported
      where reported.lesson_id = lesson.id and reported.is_reported and reported.offered_minutes > 0
      limit 1) is null
    group by member.group_id`.execute(db);
  return new Map(rows.map(({ groupId, lessons }) => [groupId, lessons]));
}
