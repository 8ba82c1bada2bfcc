import type { Temporal } from 'temporal-polyfill';
import type { School } from '../config/municipality.ts';
import type { Db } from '../storage/database.ts';
import { readStandIns } from './responsible.ts';
import { groupsShown } from './shared-channel.ts';

export interface Colleague {
  readonly staffId: string;
  readonly name: string;
}

/** Where it is asked from, and of which pupil. */
export interface ColleagueQuery {
  readonly conversationId: string;
  readonly pupilId: string;
  readonly day: Temporal.PlainDate;
}

/**
 * Who a pupil can be handed over to: the mentors of the groups that share the channel, those who are the pupil's already, and
 * the school's attendance coordinators; whoever stands in for one who is away, and not them. By name.
 */
export async function readColleagues(
  db: Db,
  school: School,
  query: ColleagueQuery,
): Promise<readonly Colleague[]> {
  const entitled = new Set([...(await pupilsOwn(db, school, query)), ...(await coordinators(db, school))]);
  const standIns = await readStandIns(db, query.day);
  const there = [...entitled].map((staffId) => standIns.get(staffId) ?? staffId);
  return await named(db, new Set(there), school.language);
}

async function pupilsOwn(
  db: Db,
  school: School,
  { conversationId, pupilId, day }: ColleagueQuery,
): Promise<readonly string[]> {
  const shown = await groupsShown(db, { schoolId: school.id, conversationId, day });
  const own = await db.selectFrom('groupMember').select('groupId').where('pupilId', '=', pupilId).execute();
  const groupIds = ['', ...shown, ...own.map((row) => row.groupId)];
  const mentors = await db
    .selectFrom('groupMentor')
    .innerJoin('schoolGroup', 'schoolGroup.id', 'groupMentor.groupId')
    .select('groupMentor.staffId')
    .where('groupMentor.groupId', 'in', groupIds)
    .where('schoolGroup.removedAt', 'is', null)
    .execute();
  const contactPersons = await db
    .selectFrom('contactPerson')
    .select('staffId')
    .where('pupilId', '=', pupilId)
    .where('endedAt', 'is', null)
    .execute();
  return [...mentors, ...contactPersons].map((row) => row.staffId);
}

async function coordinators(db: Db, { roles }: School): Promise<readonly string[]> {
  const addresses = ['', ...roles.attendanceCoordinators];
  const rows = await db
    .selectFrom('staff')
    .select('id')
    .where((eb) =>
      eb.or([
        eb(eb.fn('lower', ['email']), 'in', addresses),
        eb(eb.fn('lower', ['principalName']), 'in', addresses),
      ]),
    )
    .execute();
  return rows.map((row) => row.id);
}

async function named(db: Db, ids: ReadonlySet<string>, language: string): Promise<readonly Colleague[]> {
  const rows = await db
    .selectFrom('staff')
    .select(['id', 'givenName', 'familyName'])
    .where('removedAt', 'is', null)
    .where('id', 'in', ['', ...ids])
    .execute();
  const collator = new Intl.Collator(language);
  return rows
    .map((row) => ({ staffId: row.id, name: `${row.givenName} ${row.familyName}`.trim() }))
    .sort((a, b) => collator.compare(a.name, b.name) || (a.staffId < b.staffId ? -1 : 1));
}
