import type { Selectable } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { byPupil } from '../attendance/by-pupil.ts';
import type { Routine } from '../config/routine.ts';
import { stepFate } from '../routine/compliance.ts';
import { type CaseWithSteps, readCases } from '../routine/read-cases.ts';
import type { Db } from '../storage/database.ts';
import type { EhtMeetingTable, EhtPupilTable } from '../storage/tables/eht.ts';
import { isEhtCase } from './eht-levels.ts';
import { type Section, sectionOf } from './list-section.ts';
import { type DecisionRow, decisionsAt } from './read-decisions.ts';
import type { EhtRoom } from './room.ts';

export type MeetingRow = Readonly<Selectable<EhtMeetingTable>>;
export type ListedRow = Readonly<Selectable<EhtPupilTable>>;

/** Somebody on a meeting's list, by id alone. */
export interface Member {
  readonly pupilId: string;
  readonly section: Section;
  readonly row: ListedRow | undefined;
  /** Open cases at every level. */
  readonly cases: readonly CaseWithSteps[];
  /** Those that are open, and this meeting's. */
  readonly decisions: readonly DecisionRow[];
}

export interface Members {
  readonly meeting: MeetingRow | undefined;
  readonly previous: MeetingRow | undefined;
  readonly isReplaced: boolean;
  readonly members: readonly Member[];
}

export interface MembersQuery {
  readonly routines: readonly Routine[];
  /** The meeting's. */
  readonly day: Temporal.PlainDate;
  /** As of when steps are overdue. */
  readonly today: Temporal.PlainDate;
}

/**
 * Who is on a meeting's list: everybody with an accepted case at a level of EHT's, with a decision that is not done, or who has
 * been taken up at it. Protected pupils among them, and those who have left: they are told apart where names are read.
 */
export async function readMembers(db: Db, room: EhtRoom, query: MembersQuery): Promise<Members> {
  const { schoolId } = room;
  const { day, today, routines } = query;
  const meetings = await readMeetings(db, schoolId);
  const meeting = meetings.find((one) => one.day.equals(day));
  const previous = meetings.findLast((one) => Temporal.PlainDate.compare(one.day, day) < 0);
  const isReplaced = meetings.some((one) => Temporal.PlainDate.compare(one.day, day) > 0);
  const cases = byPupil(await readCases(db, { schoolId, states: ['open'] }));
  const decisions = byPupil(await readOpenOrMade(db, schoolId, day));
  const rows = await readListed(db, schoolId, [day, ...(previous === undefined ? [] : [previous.day])]);
  const own = new Map(rows.filter((row) => row.day.equals(day)).map((row) => [row.pupilId, row]));
  const before = new Map(rows.filter((row) => !row.day.equals(day)).map((row) => [row.pupilId, row]));
  const ids = [
    ...[...cases].filter(([, all]) => all.some((one) => isEhtCase(routines, one))).map(([id]) => id),
    ...decisions.keys(),
    ...[...own].filter(([, row]) => row.takenUpAt !== null).map(([id]) => id),
  ];
  const members = [...new Set(ids)].map((pupilId): Member => {
    const theirs = { cases: cases.get(pupilId) ?? [], decisions: decisions.get(pupilId) ?? [] };
    const row = own.get(pupilId);
    const last = before.get(pupilId);
    const standing = {
      hasEarlierDecision: theirs.decisions.some((one) => one.state === 'open' && !one.day.equals(day)),
      hasOverdueStep: theirs.cases.some(({ steps }) =>
        steps.some((step) => stepFate(step, today) === 'overdue'),
      ),
      wasListed: last !== undefined,
      wasPassedOver: last !== undefined && last.takenUpAt === null,
    };
    return { pupilId, row, ...theirs, section: row?.section ?? sectionOf(standing) };
  });
  return { meeting, previous, isReplaced, members };
}

async function readMeetings(db: Db, schoolId: string): Promise<readonly MeetingRow[]> {
  return await db
    .selectFrom('ehtMeeting')
    .selectAll()
    .where('schoolId', '=', schoolId)
    .orderBy('day')
    .execute();
}

async function readOpenOrMade(db: Db, schoolId: string, day: Temporal.PlainDate) {
  return await decisionsAt(db, schoolId)
    .where((eb) => eb.or([eb('state', '=', 'open'), eb('day', '=', day)]))
    .execute();
}

async function readListed(
  db: Db,
  schoolId: string,
  days: readonly Temporal.PlainDate[],
): Promise<readonly ListedRow[]> {
  return await db
    .selectFrom('ehtPupil')
    .selectAll()
    .where('schoolId', '=', schoolId)
    .where('day', 'in', [...days])
    .execute();
}
