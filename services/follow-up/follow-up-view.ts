import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';
import { type FollowUpLine, followUpLine } from './follow-up-line.ts';

/** One pupil's follow-up of a day, for whoever may see it. */
export interface FollowUpView {
  readonly schoolId: string;
  readonly pupilId: string;
  readonly pupilName: string;
  /** '' where the pupil has no group. */
  readonly groupName: string;
  readonly day: Temporal.PlainDate;
  readonly followUp: FollowUpLine;
  readonly responsibleStaffId: string | undefined;
  readonly responsibleName: string | undefined;
  readonly contactPersonName: string | undefined;
  /** Tries that have not been taken back, in order. */
  readonly contacts: readonly ContactLine[];
  /** The one that reached somebody. */
  readonly counting: ContactLine | undefined;
}

/** A try to make contact, as it was recorded. */
export interface ContactLine {
  readonly id: string;
  readonly actorId: string;
  readonly by: string;
  readonly at: Temporal.Instant;
  readonly outcome: 'reached' | 'notReached';
}

/** Who was there, for whoever comes later. */
export function handledBy({ contacts, counting }: Pick<FollowUpView, 'contacts' | 'counting'>) {
  const last = contacts.findLast(({ outcome }) => outcome === 'notReached');
  return {
    contactedAt: counting?.at ?? null,
    contactedByName: counting?.by ?? null,
    lastAttemptAt: last?.at ?? null,
    lastAttemptByName: last?.by ?? null,
  };
}

/** Undefined where there is none, or where the pupil's identity is protected: nothing of them is shown on any card. */
export async function readFollowUpView(
  db: Db,
  timeZone: string,
  followUpId: string,
): Promise<FollowUpView | undefined> {
  const row = await db
    .selectFrom('followUp')
    .innerJoin('pupil', (join) =>
      join.onRef('pupil.id', '=', 'followUp.pupilId').on('pupil.isProtected', '=', false),
    )
    .leftJoin('schoolGroup', 'schoolGroup.id', 'followUp.groupId')
    .leftJoin('staff as responsible', 'responsible.id', 'followUp.responsibleStaffId')
    .leftJoin('contactPerson', (join) =>
      join.onRef('contactPerson.pupilId', '=', 'followUp.pupilId').on('contactPerson.endedAt', 'is', null),
    )
    .leftJoin('staff as contactStaff', 'contactStaff.id', 'contactPerson.staffId')
    .selectAll('followUp')
    .select(['pupil.givenName', 'pupil.familyName', 'schoolGroup.name as groupName'])
    .select([nameIn('responsible').as('responsibleName'), nameIn('contactStaff').as('contactPersonName')])
    .select(tries.as('tries'))
    .where('followUp.id', '=', followUpId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const contacts = row.tries.map(contactLine);
  return {
    schoolId: row.schoolId,
    pupilId: row.pupilId,
    pupilName: [row.givenName, row.familyName].filter(Boolean).join(' '),
    groupName: row.groupName ?? '',
    day: row.day,
    followUp: followUpLine(row, timeZone),
    responsibleStaffId: row.responsibleStaffId ?? undefined,
    responsibleName: row.responsibleName ?? undefined,
    contactPersonName: row.contactPersonName ?? undefined,
    contacts,
    counting: contacts.find(({ id }) => id === row.contactId),
  };
}

/** Null where there is no such person. */
function nameIn(staff: 'responsible' | 'contactStaff') {
  const [given, family] = [sql.ref(`${staff}.givenName`), sql.ref(`${staff}.familyName`)];
  return sql<string | null>`trim(${given} || ' ' || ${family})`;
}

type StoredTry = readonly [
  id: string,
  actorId: string,
  by: string,
  at: string,
  outcome: ContactLine['outcome'],
];

const tries = sql<readonly StoredTry[]>`(
  select coalesce(json_agg(json_build_array(id, actor_id, actor_name, at, outcome) order by base_version), '[]')
  from contact where contact.follow_up_id = follow_up.id and undone_at is null)`;

function contactLine([id, actorId, by, at, outcome]: StoredTry): ContactLine {
  return { id, actorId, by, at: Temporal.Instant.from(at), outcome };
}
