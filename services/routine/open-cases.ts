import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { recordAudits } from '../audit/record-audit.ts';
import type { School } from '../config/municipality.ts';
import { batches } from '../storage/batches.ts';
import type { Db } from '../storage/database.ts';
import { insertSteps, proposedSteps, type StepMaking } from './case-steps.ts';
import { type Crossing, routineOn } from './crossings.ts';
import { judgeCase, type Verdict } from './judge-case.ts';
import { moveCase } from './move-case.ts';
import { readOwners } from './owners.ts';
import {
  type KnownCase,
  readCorrected,
  readCrossings,
  readKnownCases,
  readStillAbove,
} from './read-judged.ts';
import { type CaseRow, isActive } from './routine-case.ts';
import type { RoutineDeps } from './routine-deps.ts';
import { caseEntry, writeCase } from './write-case.ts';

/** How many cases a day has changed. */
export interface OpenedCases {
  readonly proposed: number;
  /** Of those proposed, the ones that had been closed or withdrawn before. */
  readonly reopened: number;
  readonly askedToClose: number;
  readonly askedToWithdraw: number;
}

const NONE: OpenedCases = { proposed: 0, reopened: 0, askedToClose: 0, askedToWithdraw: 0 };

interface Found {
  readonly known: KnownCase | undefined;
  readonly crossing: Crossing | undefined;
  readonly pupilId: string;
  readonly level: string;
}

/**
 * Judges a school's day by the routine in force, in one transaction: proposes cases to people, and has cases ask for what
 * they can confirm. Done again, also by another process at the same time, it changes nothing.
 */
export async function openCases(
  deps: RoutineDeps,
  school: School,
  day: Temporal.PlainDate,
): Promise<OpenedCases> {
  const routine = routineOn(deps.routines, day);
  if (routine === undefined) return NONE;
  return await deps.db.transaction().execute(async (trx) => {
    // Not only one school at a time: a pupil who moves is judged by both.
    await sql`select pg_advisory_xact_lock(hashtextextended('routine', 0))`.execute(trx);
    const reading = { school, day, routines: deps.routines };
    const crossed = await readCrossings(trx, reading);
    const known = await readKnownCases(trx, school.id);
    const found = pair(crossed, known);
    const fallen = found.filter(({ crossing }) => crossing === undefined).flatMap((one) => one.known ?? []);
    const corrected = await readCorrected(trx, reading, fallen);
    const stillAbove = await readStillAbove(trx, reading, fallen);
    const verdicts = found.map((one) => ({
      ...one,
      verdict: judgeCase(one.known, {
        isAbove: one.crossing !== undefined || stillAbove.has(one.known?.id ?? ''),
        isCorrected: one.known !== undefined && corrected.has(one.known.id),
        hasLeft: one.known?.hasLeft ?? false,
        day,
        calendar: school.calendar,
        ceasedAfterSchoolDays: routine.ceasedAfterSchoolDays,
      }),
    }));
    const ownerOf = await readOwners({ ...deps, db: trx }, school, day);
    return await carryOut(deps, trx, verdicts, { routine, day, school, ownerOf });
  });
}

type Judged = Found & { readonly verdict: Verdict };
type Making = StepMaking & { readonly school: School };

function pair(
  crossed: Awaited<ReturnType<typeof readCrossings>>,
  known: readonly KnownCase[],
): readonly Found[] {
  const byKey = new Map(known.map((one) => [`${one.pupilId} ${one.level}`, one]));
  const above = [...crossed].flatMap(([pupilId, levels]) =>
    Array.from(levels, ([level, crossing]): Found => {
      return { known: byKey.get(`${pupilId} ${level}`), crossing, pupilId, level };
    }),
  );
  const below = known
    .filter((one) => crossed.get(one.pupilId)?.get(one.level) === undefined)
    .map((one): Found => ({ known: one, crossing: undefined, pupilId: one.pupilId, level: one.level }));
  return [...above, ...below];
}

async function carryOut(
  deps: RoutineDeps,
  trx: Db,
  judged: readonly Judged[],
  making: Making,
): Promise<OpenedCases> {
  const at = deps.clock.now();
  const proposals = judged.filter(({ verdict }) => verdict.kind === 'propose');
  const proposed = await insertCases(trx, proposals, making, at);
  const reopened: CaseRow[] = [];
  const noted: CaseRow[] = [];
  const moved: CaseRow[] = [];
  for (const { known, crossing, verdict } of judged) {
    if (known === undefined) continue;
    if (verdict.kind === 'reopen' && crossing !== undefined)
      reopened.push(await reopen(trx, known, crossing, making, at));
    if (verdict.kind === 'note') noted.push(await writeCase(trx, known, { ...verdict.change }));
    if (isActive(known) && known.schoolId !== making.school.id && !known.hasLeft)
      moved.push(await moveCase(trx, known.id, making));
  }
  const asked = noted.filter((one) => one.asks !== null && one.askedDay?.equals(making.day));
  await insertSteps(
    trx,
    [...proposed, ...reopened].flatMap((one) => proposedSteps(one, making)),
  );
  await recordAudits(trx, [
    ...proposed.map((one) => caseEntry(one, 'routine.proposed', at, { crossing: one.crossing })),
    ...reopened.map((one) =>
      caseEntry(one, 'routine.reopened', at, { round: one.round, crossing: one.crossing }),
    ),
    ...moved.map((one) => caseEntry(one, 'routine.moved', at, {})),
    ...asked.map((one) => caseEntry(one, 'routine.asked', at, { asks: one.asks })),
  ]);
  for (const one of [...proposed, ...reopened, ...noted, ...moved]) await deps.onCase(trx, one);
  return {
    proposed: proposed.length + reopened.length,
    reopened: reopened.length,
    askedToClose: asked.filter(({ asks }) => asks === 'close').length,
    askedToWithdraw: asked.filter(({ asks }) => asks === 'withdraw').length,
  };
}

/** Each row takes some ten of the parameters that a statement may have. */
const ROWS_AT_ONCE = 1_000;

async function insertCases(
  trx: Db,
  judged: readonly Judged[],
  { routine, day, school }: Making,
  at: Temporal.Instant,
): Promise<readonly CaseRow[]> {
  const rows: CaseRow[] = [];
  for (const batch of batches(judged, ROWS_AT_ONCE)) {
    const inserted = await trx
      .insertInto('routineCase')
      .values(
        batch.map(({ pupilId, level, crossing }) => ({
          pupilId,
          schoolId: school.id,
          level,
          state: 'proposed' as const,
          routineValidFrom: Temporal.PlainDate.from(routine.validFrom),
          crossedDay: day,
          crossing: JSON.stringify(crossing),
          proposedAt: at,
        })),
      )
      .onConflict((conflict) => conflict.columns(['pupilId', 'level']).doNothing())
      .returningAll()
      .execute();
    rows.push(...inserted);
  }
  return rows;
}

async function reopen(
  trx: Db,
  known: KnownCase,
  crossing: Crossing,
  { routine, day, school }: Making,
  at: Temporal.Instant,
): Promise<CaseRow> {
  return await writeCase(trx, known, {
    schoolId: school.id,
    state: 'proposed',
    asks: null,
    askedDay: null,
    round: known.round + 1,
    routineValidFrom: Temporal.PlainDate.from(routine.validFrom),
    crossedDay: day,
    crossing: JSON.stringify(crossing),
    belowSince: null,
    proposedAt: at,
    acceptedAt: null,
    acceptedById: null,
    acceptedByName: null,
    endedAt: null,
    endedById: null,
    endedByName: null,
    endedReason: null,
  });
}
