import type { Temporal } from 'temporal-polyfill';
import type { School } from '../config/municipality.ts';
import { readPupilNames } from '../people/pupil-names.ts';
import type { Db } from '../storage/database.ts';
import { CASES } from './cases-posts.ts';
import { askOf, type CaseLine, type CasesView } from './cases-view.ts';
import type { Crossing } from './crossings.ts';
import type { CaseRow } from './routine-case.ts';
import { levelName } from './routine-names.ts';
import { compareInRoutine } from './routine-order.ts';
import type { LineDeps } from './step-line.ts';

/** What a school's card of waiting cases shows now. */
export async function readCasesView(
  deps: LineDeps,
  school: School,
  day: Temporal.PlainDate,
): Promise<CasesView> {
  const head = { schoolId: school.id, schoolName: school.name, day };
  if (await isReplaced(deps.db, school.id, day)) return { ...head, isReplaced: true, cases: [] };
  const rows = await waiting(deps.db, school.id).selectAll().execute();
  const lines = await caseLines(deps, rows);
  return { ...head, isReplaced: false, cases: inOrder(deps, school, lines) };
}

/** How many cases of a school wait for its coordinators. */
export async function countWaiting(db: Db, schoolId: string): Promise<number> {
  const { count } = await waiting(db, schoolId)
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

function waiting(db: Db, schoolId: string) {
  return db
    .selectFrom('routineCase')
    .where('schoolId', '=', schoolId)
    .where((eb) =>
      eb.or([eb('state', '=', 'proposed'), eb.and([eb('state', '=', 'open'), eb('asks', 'is not', null)])]),
    );
}

/** Cases with everything that cards say of them; names are resolved here, last. */
export async function caseLines(
  { db, routines }: LineDeps,
  rows: readonly CaseRow[],
): Promise<readonly CaseLine[]> {
  const pupilIds = rows.map(({ pupilId }) => pupilId);
  const pupils = await readPupilNames(db, pupilIds);
  const present = await readPresent(db, pupilIds);
  return rows.map((row) => ({
    id: row.id,
    pupilId: row.pupilId,
    pupil: pupils.get(row.pupilId) ?? { name: '', groupName: '', reference: undefined },
    level: row.level,
    levelName: levelName(routines, row),
    crossing: row.crossing as Crossing,
    crossedDay: row.crossedDay,
    belowSince: row.belowSince ?? undefined,
    asks: askOf(row) ?? 'accept',
    hasLeft: !present.has(row.pupilId),
  }));
}

/** Those of the pupils that are in the roster. */
async function readPresent(db: Db, pupilIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('pupil')
    .select('id')
    .where('id', 'in', ['', ...pupilIds])
    .where('removedAt', 'is', null)
    .execute();
  return new Set(rows.map(({ id }) => id));
}

function inOrder({ routines }: LineDeps, school: School, lines: readonly CaseLine[]): readonly CaseLine[] {
  const byLevel = compareInRoutine(routines);
  const collator = new Intl.Collator(school.language, { numeric: true });
  return lines.toSorted(
    (a, b) =>
      byLevel({ level: a.level }, { level: b.level }) ||
      collator.compare(a.pupil.groupName, b.pupil.groupName) ||
      collator.compare(a.pupil.name ?? '', b.pupil.name ?? '') ||
      (a.id < b.id ? -1 : 1),
  );
}

async function isReplaced(db: Db, schoolId: string, day: Temporal.PlainDate): Promise<boolean> {
  const newer = await db
    .selectFrom('post')
    .select('id')
    .where('purpose', '=', CASES)
    .where('schoolId', '=', schoolId)
    .where('day', '>', day)
    .executeTakeFirst();
  return newer !== undefined;
}
