import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import { type FollowUpFacts, type FollowUpLine, followUpLine } from '../follow-up/follow-up-line.ts';
import type { Db } from '../storage/database.ts';
import type { PupilLine } from './morning-view.ts';

export type NamedPupil = Pick<PupilLine, 'name' | 'followUp'>;

/**
 * What the pupils are called, never a protected one, and how each is followed up on the day. (`limit 1` keeps it one pupil
 * at a time: as a join, every follow-up of everybody would be read.)
 */
export async function readNamed(
  db: Db,
  ids: readonly string[],
  day: Temporal.PlainDate,
  timeZone: string,
): Promise<ReadonlyMap<string, NamedPupil>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('pupil')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('followUp as own')
          .selectAll('own')
          .whereRef('own.pupilId', '=', 'pupil.id')
          .where('own.day', '=', day)
          .limit(1)
          .as('followUp'),
      (join) => join.onTrue(),
    )
    .select(['pupil.id', 'pupil.givenName', 'pupil.familyName'])
    .select(FOLLOW_UP_COLUMNS)
    .where(sql<boolean>`pupil.id = any(${[...ids]}::text[])`)
    .where('pupil.isProtected', '=', false)
    .execute();
  return new Map(
    rows.map(({ id, givenName, familyName, ...followUp }) => {
      const name = [givenName, familyName].filter(Boolean).join(' ');
      return [id, { name, followUp: lineOf(followUp, day, timeZone) }];
    }),
  );
}

const FOLLOW_UP_COLUMNS = [
  'followUp.id as followUpId',
  'followUp.version',
  'followUp.state',
  'followUp.dueAt',
  'followUp.contactedAt',
  'followUp.contactedByName',
  'followUp.method',
  'followUp.counterpart',
  'followUp.lastAttemptAt',
  'followUp.lastAttemptByName',
] as const;

/** Columns of a follow-up, empty where there is none. */
type JoinedFollowUp = { readonly [K in keyof Omit<FollowUpFacts, 'id' | 'day'>]: FollowUpFacts[K] | null } & {
  readonly followUpId: string | null;
};

function lineOf(joined: JoinedFollowUp, day: Temporal.PlainDate, timeZone: string): FollowUpLine | undefined {
  const { followUpId: id, version, state, dueAt } = joined;
  if (id === null || version === null || state === null || dueAt === null) return undefined;
  return followUpLine({ ...joined, id, version, state, dueAt, day }, timeZone);
}
