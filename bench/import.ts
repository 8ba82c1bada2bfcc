import { Temporal } from 'temporal-polyfill';
import type { AttendanceDay, SourceLesson } from '../services/attendance/attendance-source.ts';
import { importDay } from '../services/attendance/import-attendance.ts';
import { readToday } from '../services/attendance/today.ts';
import { importRoster } from '../services/people/import-roster.ts';
import type { RosterChange } from '../services/people/roster-source.ts';
import { type Db, openStorage } from '../services/storage/database.ts';
import type { BenchRow } from './bench-row.ts';

const PUPILS = 1500;
const GROUP_SIZE = 25;
const LESSONS = 6;
const ROWS = PUPILS * LESSONS;
const DAYS = 5;
const FIRST = Temporal.PlainDate.from('2026-11-16');

/**
 * Imports five days of 1,500 pupils and six lessons into PGlite, with everything that belongs to it, beside a bare insert
 * of the same rows in the same run; then each day once more without a change. Rows a second, the median day.
 */
export async function benchImport(): Promise<readonly BenchRow[]> {
  const { db, close } = await openStorage({});
  try {
    const change = roster();
    await importRoster({ db }, 'bench', change);
    const days = Array.from({ length: DAYS }, (_, index) => FIRST.add({ days: index }));
    const bare = await rowsPerSecond(days, (day) => insertBare(db, change, day));
    await db.deleteFrom('pupilLesson').execute();
    const first = await rowsPerSecond(days, (day) =>
      importDay({ db }, 'school', day, attendance(change, day)),
    );
    const again = await rowsPerSecond(days, (day) =>
      importDay({ db }, 'school', day, attendance(change, day)),
    );
    const today = await milliseconds(() => readSchool(db, days.at(-1) ?? FIRST));
    return [
      {
        name: 'import of a day into PGlite',
        value: first,
        unit: 'rows/s',
        ratio: first / bare,
        aim: '≥ 20,000 rows/s',
      },
      {
        name: 'import of the same day again',
        value: again,
        unit: 'rows/s',
        ratio: again / first,
        aim: 'faster',
      },
      { name: 'today of 1,500 pupils from PGlite', value: today, unit: 'ms' },
    ];
  } finally {
    await close();
  }
}

interface GivenDay {
  readonly day: Temporal.PlainDate;
  readonly attendance: AttendanceDay;
}

async function rowsPerSecond(
  days: readonly GivenDay[],
  importOne: (day: GivenDay) => Promise<unknown>,
): Promise<number> {
  const times: number[] = [];
  for (const day of days) times.push(await milliseconds(() => importOne(day)));
  const median = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
  return Math.round((ROWS / median) * 1000);
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return Math.round(performance.now() - start);
}

function id(kind: string, ...numbers: readonly (number | string)[]): string {
  return `${kind}-0000-4000-8000-${numbers.join('-')}`;
}

function pupilIds(): readonly string[] {
  return Array.from({ length: PUPILS }, (_, index) => id('pupil', index));
}

function roster(): RosterChange {
  const ids = pupilIds();
  const groups = Array.from({ length: PUPILS / GROUP_SIZE }, (_, index) => ({
    id: id('group', index),
    schoolId: 'school',
    kind: 'mentor' as const,
    name: `G${index}`,
    pupilIds: ids.slice(index * GROUP_SIZE, (index + 1) * GROUP_SIZE),
    mentorIds: [],
  }));
  return {
    isWhole: true,
    cursor: '',
    pupils: ids.map((each) => ({ isProtected: true, id: each, schoolId: 'school', grade: 8 })),
    staff: [],
    groups,
    removed: { personIds: [], groupIds: [] },
    rejected: [],
    readAt: Temporal.Instant.from('2026-11-16T05:00:00Z'),
  };
}

/** One pupil in ten is absent from a lesson. */
function attendance({ groups, readAt }: RosterChange, day: Temporal.PlainDate): AttendanceDay {
  const lessons = groups.flatMap((group) =>
    Array.from({ length: LESSONS }, (_, hour): SourceLesson => {
      const startsAt = day
        .toZonedDateTime({ timeZone: 'UTC', plainTime: `${7 + hour}:00`.padStart(5, '0') })
        .toInstant();
      return {
        id: id('lesson', day.toString(), group.name, hour),
        startsAt,
        endsAt: startsAt.add({ minutes: 50 }),
        subject: 'MA',
        isCancelled: false,
        offeredMinutes: 50,
        groupIds: [group.id],
        exceptions: [],
        attendances: group.pupilIds.map((pupilId, index) => {
          const isAbsent = (index + hour) % 10 === 0;
          const minutes = { presentMinutes: isAbsent ? 0 : 50, invalidMinutes: isAbsent ? 50 : 0 };
          return { pupilId, ...minutes, validMinutes: 0, elsewhereMinutes: 0 };
        }),
      };
    }),
  );
  return { lessons, notices: [], rejected: [], readAt };
}

/** What the rows alone cost: values in batches, into the same table with the same indexes. */
async function insertBare(db: Db, { day, attendance: { lessons } }: GivenDay): Promise<void> {
  const rows = lessons.flatMap((lesson) =>
    lesson.attendances.map((each) => ({
      ...each,
      lessonId: lesson.id,
      schoolId: 'school',
      day,
      offeredMinutes: 50,
    })),
  );
  for (let from = 0; from < rows.length; from += 2000) {
    const batch = rows.slice(from, from + 2000).map((row) => ({ ...row, isReported: true }));
    await db.insertInto('pupilLesson').values(batch).execute();
  }
}

async function readSchool(db: Db, day: Temporal.PlainDate): Promise<void> {
  const now = day.toZonedDateTime({ timeZone: 'UTC', plainTime: '15:00' }).toInstant();
  await readToday({ db }, { schoolId: 'school', day, now, longTerm: { absenceOver: 0.5, daysInRow: 10 } });
}
