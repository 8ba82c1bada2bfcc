import type { Temporal } from 'temporal-polyfill';
import { divideFacts, readGroupsOfDay } from '../attendance/divide-facts.ts';
import { type History, readHistories } from '../attendance/read-histories.ts';
import { readTodayFacts, type TodayFacts } from '../attendance/today-facts.ts';
import type { School } from '../config/municipality.ts';
import type { Db } from '../storage/database.ts';
import { type NamedPupil, readNamed } from './named-pupils.ts';

/** What the card of a mentor group is made of. */
export interface GroupFacts {
  readonly groupId: string;
  readonly groupName: string;
  readonly dataAt: Temporal.Instant;
  readonly today: TodayFacts;
  /** Of at least the group's pupils. */
  readonly histories: ReadonlyMap<string, History>;
  /** Of at least those of the group's pupils who may be named. */
  readonly named: ReadonlyMap<string, NamedPupil>;
}

/** Reads one group's. Undefined before the school's morning has run, and of another school's group. */
export async function readGroupFacts(
  db: Db,
  school: School,
  groupId: string,
  day: Temporal.PlainDate,
): Promise<GroupFacts | undefined> {
  const [group] = await readGroups(db, school.id, day, groupId);
  if (group === undefined) return undefined;
  const today = await readTodayFacts(db, { schoolId: school.id, day, now: group.dataAt, groupId });
  return { ...group, today, ...(await readPupils(db, school, today, day)) };
}

/** Reads a whole school's at once, which costs less than half of reading its groups one by one, and answers each group's. */
export async function readSchoolsGroupFacts(
  db: Db,
  school: School,
  day: Temporal.PlainDate,
): Promise<(groupId: string) => GroupFacts | undefined> {
  const groups = new Map((await readGroups(db, school.id, day)).map((group) => [group.groupId, group]));
  const [first] = groups.values();
  if (first === undefined) return () => undefined;
  const pupilsOf = await readGroupsOfDay(db, { schoolId: school.id, day });
  const today = await readTodayFacts(db, { schoolId: school.id, day, now: first.dataAt });
  const pupils = await readPupils(db, school, today, day);
  const factsOf = divideFacts(today);
  return (groupId) => {
    const group = groups.get(groupId);
    if (group === undefined) return undefined;
    return { ...group, today: factsOf(new Set(pupilsOf.get(groupId))), ...pupils };
  };
}

/** The school's morning with the name of each of its groups, or of one. */
async function readGroups(db: Db, schoolId: string, day: Temporal.PlainDate, groupId?: string) {
  const groups = db
    .selectFrom('morning')
    .innerJoin('schoolGroup', 'schoolGroup.schoolId', 'morning.schoolId')
    .select(['schoolGroup.id as groupId', 'schoolGroup.name as groupName', 'morning.dataAt'])
    .where('morning.schoolId', '=', schoolId)
    .where('morning.day', '=', day);
  return await (groupId === undefined ? groups : groups.where('schoolGroup.id', '=', groupId)).execute();
}

async function readPupils(db: Db, school: School, { pupils }: TodayFacts, day: Temporal.PlainDate) {
  const shown = pupils.filter(({ isProtected }) => !isProtected).map(({ id }) => id);
  return {
    histories: await readHistories(db, shown, day),
    named: await readNamed(db, shown, day, school.timeZone),
  };
}
