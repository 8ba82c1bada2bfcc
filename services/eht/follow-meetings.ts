import { Temporal } from 'temporal-polyfill';
import { recordAudits } from '../audit/record-audit.ts';
import { meetingOn } from '../calendar/eht-meetings.ts';
import { dayAt } from '../clock.ts';
import type { School } from '../config/municipality.ts';
import { EHT_LIST, EHT_REMINDER } from '../posts/eht-purposes.ts';
import type { Db } from '../storage/database.ts';
import { type DecisionRung, decisionRung } from './decision-rungs.ts';
import type { EhtDeps } from './eht-change.ts';
import { wantInRoom } from './eht-posts.ts';
import { closeMeeting } from './hold-meeting.ts';
import { readOpenMeetings } from './open-meetings.ts';
import type { DecisionRow } from './read-decisions.ts';
import { type EhtRoom, ehtRooms } from './room.ts';

export interface MeetingsDeps extends EhtDeps {
  readonly schools: ReadonlyMap<string, School>;
}

/**
 * What the clock does in EHT's rooms: closes meetings that have ended, posts an open meeting's list in a room that has come to
 * EHT since, and reminds owners of their decisions. All of it from facts, so that nothing is lost by having been down.
 */
export async function followMeetings(deps: MeetingsDeps): Promise<void> {
  for (const schoolId of await readBound(deps.db)) {
    const school = deps.schools.get(schoolId);
    const rooms = await ehtRooms(deps.db, schoolId);
    const [room] = rooms;
    if (school === undefined || room === undefined) continue;
    await followOpen(deps, room, school);
    await remind(deps, rooms, school);
  }
}

/** The schools whose EHT has a conversation: the others have nothing to be looked at every minute. */
async function readBound(db: Db): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('binding')
    .select('schoolId')
    .distinct()
    .where('role', '=', 'eht')
    .orderBy('schoolId')
    .execute();
  return rows.map(({ schoolId }) => schoolId);
}

async function followOpen(deps: MeetingsDeps, room: EhtRoom, school: School): Promise<void> {
  for (const { day, endsAt } of await readOpenMeetings(deps.db, school.id)) {
    // The settings may have moved its end since the list was posted.
    const ends = meetingOn(school, day)?.endsAt ?? endsAt;
    if (Temporal.Instant.compare(deps.clock.now(), ends) >= 0) await closeMeeting(deps, room, school, day);
    else await listInNewRooms(deps, school, day);
  }
}

/** The settings, or somebody in Teams, may have bound another conversation since the list was posted. */
async function listInNewRooms(deps: MeetingsDeps, school: School, day: Temporal.PlainDate): Promise<void> {
  const posted = await deps.db
    .selectFrom('post')
    .select('conversationId')
    .where('purpose', '=', EHT_LIST)
    .where('schoolId', '=', school.id)
    .where('day', '=', day)
    .execute();
  const has = new Set(posted.map(({ conversationId }) => conversationId));
  const without = (await ehtRooms(deps.db, school.id)).filter(
    ({ conversationId }) => !has.has(conversationId),
  );
  if (without.length === 0) return;
  await deps.db.transaction().execute(async (trx) => {
    for (const room of without) await wantInRoom(trx, room, { purpose: EHT_LIST, day }, deps.clock.now());
    await deps.jobs.enqueue(trx, 'deliver', {});
  });
}

async function remind(deps: MeetingsDeps, rooms: readonly EhtRoom[], school: School): Promise<void> {
  const now = deps.clock.now();
  const day = dayAt(now, school);
  const waiting = await readWaiting(deps.db, school.id, day);
  const due = waiting.flatMap((one) => {
    const rung = decisionRung(school, one, one.sent, now);
    return rung === undefined ? [] : [{ ...one, rung }];
  });
  if (due.length === 0) return;
  await deps.db.transaction().execute(async (trx) => {
    const taken = await takeRungs(trx, due, day, now);
    const owners = new Set(taken.map(({ ownerAddress }) => ownerAddress));
    for (const rest of owners)
      for (const room of rooms) await wantInRoom(trx, room, { purpose: EHT_REMINDER, day, rest }, now);
    if (owners.size > 0) await deps.jobs.enqueue(trx, 'deliver', {});
  });
}

interface Due extends DecisionRow {
  readonly rung: DecisionRung;
}

/** Each at most once, whatever else runs at the same minute: the rows say so. */
async function takeRungs(
  trx: Db,
  due: readonly Due[],
  day: Temporal.PlainDate,
  at: Temporal.Instant,
): Promise<readonly { readonly ownerAddress: string }[]> {
  const taken = await trx
    .insertInto('ehtReminder')
    .values(
      due.map(({ id, rung, schoolId, ownerAddress }) => ({
        decisionId: id,
        rung,
        schoolId,
        day,
        ownerAddress,
        at,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning(['decisionId', 'rung', 'schoolId', 'ownerAddress'])
    .execute();
  await recordAudits(
    trx,
    taken.map(({ decisionId, rung, schoolId }) => ({
      at,
      actorId: 'sedd',
      action: 'eht.reminded',
      objectId: decisionId,
      schoolId,
      details: { rung },
    })),
  );
  return taken;
}

/** Open decisions that are due, of pupils who are still at the school and may be named, with the reminders they have had. */
async function readWaiting(
  db: Db,
  schoolId: string,
  day: Temporal.PlainDate,
): Promise<readonly (DecisionRow & { readonly sent: ReadonlySet<string> })[]> {
  const decisions = await db
    .selectFrom('ehtDecision')
    .innerJoin('pupil', 'pupil.id', 'ehtDecision.pupilId')
    .selectAll('ehtDecision')
    .where('ehtDecision.schoolId', '=', schoolId)
    .where('ehtDecision.state', '=', 'open')
    .where('ehtDecision.dueDay', '<=', day)
    .where('pupil.schoolId', '=', schoolId)
    .where('pupil.isProtected', '=', false)
    .where('pupil.removedAt', 'is', null)
    .orderBy('ehtDecision.id')
    .limit(MOST_AT_ONCE)
    .execute();
  if (decisions.length === 0) return [];
  const sent = await db
    .selectFrom('ehtReminder')
    .select(['decisionId', 'rung'])
    .where(
      'decisionId',
      'in',
      decisions.map(({ id }) => id),
    )
    .execute();
  return decisions.map((one) => ({
    ...one,
    sent: new Set(sent.filter(({ decisionId }) => decisionId === one.id).map(({ rung }) => rung)),
  }));
}

/** More than any EHT has open; each takes six of the parameters that a statement may have. */
const MOST_AT_ONCE = 2_000;
