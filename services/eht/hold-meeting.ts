import { Temporal } from 'temporal-polyfill';
import { recordAudit } from '../audit/record-audit.ts';
import { meetingOn } from '../calendar/eht-meetings.ts';
import { dayAt } from '../clock.ts';
import type { School } from '../config/municipality.ts';
import type { Doer } from '../follow-up/change-follow-up.ts';
import { EHT_LIST, EHT_SUMMARY, markEhtLists } from '../posts/eht-purposes.ts';
import { batches } from '../storage/batches.ts';
import type { Db } from '../storage/database.ts';
import type { EhtDeps } from './eht-change.ts';
import { markEhtStale, wantInRoom } from './eht-posts.ts';
import { readOpenMeetings } from './open-meetings.ts';
import { type MeetingRow, readMembers } from './read-members.ts';
import { type EhtRoom, ehtRooms } from './room.ts';

/** Each row takes seven of the parameters that a statement may have. */
const ROWS_AT_ONCE = 500;

/**
 * Posts a meeting's list in every room of the school's EHT; what is left of an earlier meeting is closed first. Answers a code
 * where there is no room to post it in.
 */
export async function listMeeting(
  deps: EhtDeps,
  school: School,
  day: Temporal.PlainDate,
): Promise<'noEhtRoom' | 'noMeeting' | undefined> {
  const meeting = meetingOn(school, day);
  if (meeting === undefined) return 'noMeeting';
  const rooms = await ehtRooms(deps.db, school.id);
  const [room] = rooms;
  if (room === undefined) return 'noEhtRoom';
  for (const earlier of await readOpenMeetings(deps.db, school.id)) {
    if (Temporal.PlainDate.compare(earlier.day, day) < 0) await closeMeeting(deps, room, school, earlier.day);
  }
  await deps.db.transaction().execute(async (trx) => {
    const at = deps.clock.now();
    const { startsAt, endsAt } = meeting;
    const listed = await trx
      .insertInto('ehtMeeting')
      .values({ schoolId: school.id, day, startsAt, endsAt, listedAt: at, closedAt: null })
      .onConflict((conflict) => conflict.doNothing())
      .returning('day')
      .executeTakeFirst();
    if (listed !== undefined) {
      await writeMembers(deps, trx, room, school, day);
      await auditMeeting(trx, { action: 'eht.listed', at, school, day, by: undefined });
    }
    for (const one of rooms) await wantInRoom(trx, one, { purpose: EHT_LIST, day }, at);
    await markEarlierStale(trx, school.id, day);
    await deps.jobs.enqueue(trx, 'deliver', {});
  });
  return undefined;
}

export interface CloseOutcome {
  readonly kind: 'closed' | 'already' | 'nothing';
}

/**
 * Closes a meeting, and posts its summary: whoever has not been taken up comes first at the next one. By whoever is named, or
 * by Sedd at its end. What is done about its pupils afterwards is still part of it.
 */
export async function closeMeeting(
  deps: EhtDeps,
  room: EhtRoom,
  school: School,
  day: Temporal.PlainDate,
  by?: Doer,
): Promise<CloseOutcome> {
  return await deps.db.transaction().execute(async (trx): Promise<CloseOutcome> => {
    const meeting = await lockMeeting(trx, room, day);
    if (meeting === undefined) return { kind: 'nothing' };
    if (meeting.closedAt !== null) return { kind: 'already' };
    const at = deps.clock.now();
    await writeMembers(deps, trx, room, school, day);
    await trx
      .updateTable('ehtMeeting')
      .set({ closedAt: at, closedById: by?.actor.id ?? null, closedByName: by?.actor.name ?? null })
      .where('schoolId', '=', room.schoolId)
      .where('day', '=', day)
      .execute();
    await auditMeeting(trx, { action: 'eht.closed', at, school, day, by });
    for (const one of await ehtRooms(trx, school.id))
      await wantInRoom(trx, one, { purpose: EHT_SUMMARY, day }, at);
    await markEhtStale(trx, { schoolId: school.id });
    await deps.jobs.enqueue(trx, 'deliver', {});
    return { kind: 'closed' };
  });
}

async function lockMeeting(
  trx: Db,
  { schoolId }: EhtRoom,
  day: Temporal.PlainDate,
): Promise<MeetingRow | undefined> {
  return await trx
    .selectFrom('ehtMeeting')
    .selectAll()
    .where('schoolId', '=', schoolId)
    .where('day', '=', day)
    .forUpdate()
    .executeTakeFirst();
}

/** Keeps who is on the list now and where, so that nobody jumps about on it while it is worked through. */
async function writeMembers(
  { routines, clock }: EhtDeps,
  trx: Db,
  room: EhtRoom,
  school: School,
  day: Temporal.PlainDate,
): Promise<void> {
  const today = dayAt(clock.now(), school);
  const { members } = await readMembers(trx, room, { routines, day, today });
  const rows = members
    .filter(({ row }) => row === undefined)
    .map(({ pupilId, section }) => ({ schoolId: room.schoolId, day, pupilId, section }));
  for (const batch of batches(rows, ROWS_AT_ONCE)) {
    await trx
      .insertInto('ehtPupil')
      .values(batch.map((row) => ({ ...row, takenUpAt: null })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** The lists before this one shrink to a line, whoever works with them. */
async function markEarlierStale(trx: Db, schoolId: string, day: Temporal.PlainDate): Promise<void> {
  const days = { first: day.subtract({ days: SHRINKING_DAYS }), last: day.subtract({ days: 1 }) };
  await markEhtLists(trx, schoolId, days, { isUrgent: false });
}

/** A list that is older has shrunk before. */
const SHRINKING_DAYS = 120;

interface MeetingDeed {
  readonly action: string;
  readonly at: Temporal.Instant;
  readonly school: School;
  readonly day: Temporal.PlainDate;
  readonly by: Doer | undefined;
}

async function auditMeeting(trx: Db, { action, at, school, day, by }: MeetingDeed): Promise<void> {
  await recordAudit(trx, {
    at,
    actorId: by?.actor.id ?? 'sedd',
    actorName: by?.actor.name,
    action,
    objectId: `${school.id}/${day}`,
    schoolId: school.id,
    conversationId: by?.conversationId,
    details: { meeting: day.toString() },
  });
}
