import type { AttendanceDay } from '../services/attendance/attendance-source.ts';
import type { Storage } from '../services/storage/database.ts';
import { SCHOOL } from './school-day.ts';

/** A row of a pupil's part of a lesson, in the order of the columns. */
type BareRow = readonly (string | number | boolean)[];

const COLUMNS = 10;
const BATCH_ROWS = 1_000;

/** Runs a statement with nothing of ours in between. */
export type RunBare = (statement: string, values?: unknown[]) => Promise<unknown>;

export function bareRunner({ raw }: Storage): RunBare {
  return 'pglite' in raw
    ? (statement, values) => raw.pglite.query(statement, values)
    : (statement, values) => raw.pool.query(statement, values);
}

/** A table with the same columns, keys and indexes as the one that lessons are imported into. */
export async function createBareTable(run: RunBare): Promise<void> {
  await run('create table bare_pupil_lesson (like pupil_lesson including all)');
}

/** Inserts the rows in batches, in one transaction where the engine gives one connection: what the rows alone cost. */
export async function insertBare(run: RunBare, rows: readonly BareRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += BATCH_ROWS) {
    const batch = rows.slice(from, from + BATCH_ROWS);
    const places = batch.map((_, row) => `(${placesOf(row)})`).join(', ');
    await run(
      `insert into bare_pupil_lesson (lesson_id, pupil_id, school_id, day, offered_minutes, is_reported, present_minutes,
        valid_minutes, invalid_minutes, elsewhere_minutes) values ${places}`,
      batch.flat(),
    );
  }
}

function placesOf(row: number): string {
  return Array.from({ length: COLUMNS }, (_, column) => `$${row * COLUMNS + column + 1}`).join(', ');
}

export function bareRows(day: string, { lessons }: Pick<AttendanceDay, 'lessons'>): readonly BareRow[] {
  return lessons.flatMap((lesson) =>
    lesson.attendances.map(({ pupilId, presentMinutes, validMinutes, invalidMinutes, elsewhereMinutes }) => [
      lesson.id,
      pupilId,
      SCHOOL,
      day,
      lesson.offeredMinutes,
      true,
      presentMinutes,
      validMinutes,
      invalidMinutes,
      elsewhereMinutes,
    ]),
  );
}

interface BareEvent {
  readonly id: string;
  readonly teachingLengthStudent: number;
  readonly _embedded: {
    readonly attendance: readonly {
      readonly student: { readonly id: string };
      readonly attendanceMinutes: number;
      readonly validAbsenceMinutes: number;
      readonly invalidAbsenceMinutes: number;
      readonly otherAttendanceMinutes: number;
    }[];
  };
}

/** The same rows from the API, with a plain fetch and no check of anything. */
export async function fetchBareRows(url: string, day: string): Promise<readonly BareRow[]> {
  const response = await fetch(`${url}/calendarEvents?startTime.onOrAfter=${day}T00:00:00Z`);
  const { data } = (await response.json()) as { readonly data: readonly BareEvent[] };
  return data.flatMap((event) =>
    event._embedded.attendance.map((each) => [
      event.id,
      each.student.id,
      SCHOOL,
      day,
      event.teachingLengthStudent,
      true,
      each.attendanceMinutes,
      each.validAbsenceMinutes,
      each.invalidAbsenceMinutes,
      each.otherAttendanceMinutes,
    ]),
  );
}
