import { sql } from 'kysely';
import type { Db } from '../storage/database.ts';
import { byPupil } from './by-pupil.ts';
import type { PupilInScope, PupilNotice, Scope, TodayFacts } from './today-facts.ts';

/** Each group's pupils on a day: those in it, and those who are followed up in it. */
export async function readGroupsOfDay(
  db: Db,
  { schoolId, day }: Pick<Scope, 'schoolId' | 'day'>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await sql<{ groupId: string; pupilIds: readonly string[] }>`
    select group_id, json_agg(pupil_id) as pupil_ids from (
      select member.group_id, member.pupil_id from group_member as member
      join school_group on school_group.id = member.group_id where school_group.school_id = ${schoolId}
      union select group_id, pupil_id from follow_up
      where school_id = ${schoolId} and day = ${day} and group_id is not null) as grouped
    group by group_id`.execute(db);
  return new Map(rows.map(({ groupId, pupilIds }) => [groupId, pupilIds]));
}

/** Answers, of a whole school's facts, those of some of its pupils: the same as reading theirs alone. */
export function divideFacts(facts: TodayFacts): (pupilIds: ReadonlySet<string>) => TodayFacts {
  const parts = byPupil(facts.parts);
  const notices = byPupil(facts.notices);
  return (pupilIds) => {
    const pupils = facts.pupils.filter(({ id }) => pupilIds.has(id));
    const ownParts = pupils.flatMap(({ id }) => parts.get(id) ?? []);
    const named = new Set(ownParts.map(({ lessonId }) => lessonId));
    const lessons = facts.lessons.filter(({ id }) => named.has(id));
    const isDuring = duringSomeOf(pupils);
    return {
      pupils,
      parts: ownParts,
      lessons,
      notices: pupils.flatMap(({ id }) => notices.get(id) ?? []).filter(isDuring),
    };
  };
}

/** Whether a notice is over some time between the first of the pupils' lessons and the last. */
function duringSomeOf(pupils: readonly PupilInScope[]): (notice: PupilNotice) => boolean {
  const hours = pupils.flatMap((pupil) => pupil.hours ?? []);
  const firstStart = Math.min(...hours.map(({ startMs }) => startMs));
  const lastEnd = Math.max(...hours.map(({ endMs }) => endMs));
  return ({ startsAt, endsAt }) =>
    startsAt.epochMilliseconds < lastEnd && endsAt.epochMilliseconds > firstStart;
}
