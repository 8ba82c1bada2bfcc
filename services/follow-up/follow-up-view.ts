import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';
import { readContacts } from './change-follow-up.ts';
import type { FollowUpRow } from './follow-up.ts';
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
  const row = await db.selectFrom('followUp').selectAll().where('id', '=', followUpId).executeTakeFirst();
  if (row === undefined) return undefined;
  const pupil = await db
    .selectFrom('pupil')
    .select(['givenName', 'familyName'])
    .where('id', '=', row.pupilId)
    .where('isProtected', '=', false)
    .executeTakeFirst();
  if (pupil === undefined) return undefined;
  const contacts = (await readContacts(db, row.id))
    .filter((contact) => contact.undoneAt === null)
    .map(({ id, actorId, actorName: by, at, outcome }) => ({ id, actorId, by, at, outcome }));
  return {
    schoolId: row.schoolId,
    pupilId: row.pupilId,
    pupilName: nameOf(pupil),
    groupName: await groupNameOf(db, row),
    day: row.day,
    followUp: followUpLine(row, timeZone),
    responsibleStaffId: row.responsibleStaffId ?? undefined,
    responsibleName: await staffName(db, row.responsibleStaffId),
    contactPersonName: await contactPersonName(db, row.pupilId),
    contacts,
    counting: contacts.find(({ id }) => id === row.contactId),
  };
}

function nameOf(person: { readonly givenName: string | null; readonly familyName: string | null }): string {
  return [person.givenName, person.familyName].filter(Boolean).join(' ');
}

async function groupNameOf(db: Db, { groupId }: FollowUpRow): Promise<string> {
  if (groupId === null) return '';
  const group = await db
    .selectFrom('schoolGroup')
    .select('name')
    .where('id', '=', groupId)
    .executeTakeFirst();
  return group?.name ?? '';
}

async function staffName(db: Db, staffId: string | null): Promise<string | undefined> {
  if (staffId === null) return undefined;
  const person = await db
    .selectFrom('staff')
    .select(['givenName', 'familyName'])
    .where('id', '=', staffId)
    .executeTakeFirst();
  return person === undefined ? undefined : nameOf(person);
}

async function contactPersonName(db: Db, pupilId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('contactPerson')
    .select('staffId')
    .where('pupilId', '=', pupilId)
    .where('endedAt', 'is', null)
    .executeTakeFirst();
  return row === undefined ? undefined : await staffName(db, row.staffId);
}
