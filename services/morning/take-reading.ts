import type { Selectable } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { AttendanceDay } from '../attendance/attendance-source.ts';
import { storeDay, storeProtection } from '../attendance/import-attendance.ts';
import { readStandings, readToday, type SchoolToday } from '../attendance/today.ts';
import { usualAbsent } from '../attendance/usual.ts';
import type { Clock } from '../clock.ts';
import type { School } from '../config/municipality.ts';
import type { Reconciled } from '../follow-up/reconcile-follow-ups.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { canAskCoordinator } from '../posts/coordinator-posts.ts';
import type { Db } from '../storage/database.ts';
import type { HoldReason, MorningTable } from '../storage/tables/morning.ts';
import type { InTurn } from '../storage/taking-turns.ts';
import { holdReasons, type LessonFigures, readingHoldReasons } from './gate.ts';
import { endHeldReadings, holdReading, readAccepted } from './held-readings.ts';
import { type ConsequenceDeps, drawConsequences } from './morning-consequences.ts';
import type { SchoolDay } from './morning-posts.ts';
import { type PullDeps, readDay } from './pull-day.ts';
import { type ReadingRule, writeMorning } from './write-morning.ts';

export interface MorningDeps extends PullDeps, ConsequenceDeps {
  readonly jobs: Pick<Jobs, 'enqueue'>;
  readonly clock: Clock;
  /** When what has been read may be taken in. */
  readonly inTurn: InTurn;
}

/** What became of a reading. `readingHeld`: nothing of it is stored, and the cards show what was known before. */
export type MorningOutcome =
  | {
      readonly state: 'held' | 'released';
      readonly heldFor: readonly HoldReason[];
      readonly followUps: Reconciled;
    }
  | { readonly state: 'readingHeld'; readonly heldFor: readonly HoldReason[] };

/** Undoes what has been stored of a reading that is held. */
class HeldBack extends Error {
  readonly heldFor: readonly HoldReason[];

  constructor(heldFor: readonly HoldReason[]) {
    super('The reading is held');
    this.heldFor = heldFor;
  }
}

/**
 * Reads a school's day, stores it, and draws what follows: all of it, or nothing. Undefined where a reading that began later
 * came to its end before, since it knew at least as much, and where there is no morning to bring up to date.
 */
export async function takeReading(
  deps: MorningDeps,
  school: School,
  day: Temporal.PlainDate,
  rule: ReadingRule,
): Promise<MorningOutcome | undefined> {
  const dataAt = deps.clock.now();
  const given = await readDay(deps, school.id, day);
  if (given !== undefined)
    await deps.db.transaction().execute((trx) => storeProtection({ ...deps, db: trx }, given));
  try {
    const reading = { school, day, dataAt, given, rule };
    return await deps.inTurn(() =>
      deps.db.transaction().execute((trx) => settle({ ...deps, db: trx }, reading)),
    );
  } catch (error) {
    if (!(error instanceof HeldBack)) throw error;
    return await hold(deps, { schoolId: school.id, day }, { readAt: dataAt, heldFor: error.heldFor });
  }
}

async function hold(
  { db, jobs, log }: MorningDeps,
  schoolDay: SchoolDay,
  reading: { readonly readAt: Temporal.Instant; readonly heldFor: readonly HoldReason[] },
): Promise<MorningOutcome | undefined> {
  const isHeld = await db.transaction().execute(async (trx) => {
    if (!(await holdReading(trx, schoolDay, reading))) return false;
    await jobs.enqueue(trx, 'deliver', {});
    return true;
  });
  if (!isHeld) return undefined;
  const { heldFor } = reading;
  const facts = { school: schoolDay.schoolId, day: schoolDay.day.toString(), heldFor };
  if (await canAskCoordinator(db, schoolDay.schoolId))
    log.warn(facts, 'A reading is held until the coordinator says so: the cards stay as they are');
  else
    log.error(
      facts,
      'A reading is held and nobody can be asked: no coordinator’s channel can be posted to. The cards stay as they are until a reading is in order; name a channel in the municipality file under schools[].channels.coordinator',
    );
  return { state: 'readingHeld', heldFor };
}

interface Reading {
  readonly school: School;
  readonly day: Temporal.PlainDate;
  /** When it began. */
  readonly dataAt: Temporal.Instant;
  readonly given: AttendanceDay | undefined;
  readonly rule: ReadingRule;
}

/** Everything that follows from a reading, in one transaction with the work it gives rise to. */
async function settle(deps: MorningDeps, reading: Reading): Promise<MorningOutcome | undefined> {
  const { db } = deps;
  const { school, day, dataAt, given, rule } = reading;
  const schoolDay = { schoolId: school.id, day };
  const before = await readBefore(db, school, day);
  if (isOvertaken(before, dataAt)) return undefined;
  const known = before?.state === 'released' ? await readKnown(db, school, day, before.dataAt) : undefined;
  if (given !== undefined) await storeDay(deps, school.id, day, given);
  if (before === undefined && rule === 'letsNothingOut') return undefined;
  const today = await readToday(deps, { ...schoolDay, now: dataAt, longTerm: school.longTerm });
  const figures = await gateFigures(db, school, day, today);
  if (known !== undefined) {
    const heldFor = readingHoldReasons(figures, known, await readAccepted(db, schoolDay), school.gate);
    if (heldFor.length > 0) throw new HeldBack(heldFor);
  }
  const heldFor = holdReasons(figures, school.gate);
  const state = await writeMorning(db, { ...schoolDay, dataAt, heldFor, rule });
  await endHeldReadings(db, schoolDay, dataAt);
  const facts = { school, day, today, state, now: deps.clock.now() };
  const followUps = await drawConsequences(deps, facts);
  await deps.jobs.enqueue(db, 'deliver', {});
  return { state, heldFor: state === 'held' ? heldFor : [], followUps };
}

type Before = Pick<Selectable<MorningTable>, 'dataAt' | 'state'>;

/** Two readings can be under way at once, where one is slow. */
function isOvertaken(before: Before | undefined, dataAt: Temporal.Instant): boolean {
  return before !== undefined && Temporal.Instant.compare(before.dataAt, dataAt) > 0;
}

/** What was known of the morning until now; the row is held until the transaction ends. */
async function readBefore(db: Db, school: School, day: Temporal.PlainDate): Promise<Before | undefined> {
  return await db
    .selectFrom('morning')
    .select(['dataAt', 'state'])
    .where('schoolId', '=', school.id)
    .where('day', '=', day)
    .forUpdate()
    .executeTakeFirst();
}

async function readKnown(
  db: Db,
  school: School,
  day: Temporal.PlainDate,
  now: Temporal.Instant,
): Promise<LessonFigures> {
  return await readStandings({ db }, { schoolId: school.id, day, now });
}

async function gateFigures(db: Db, school: School, day: Temporal.PlainDate, today: SchoolToday) {
  return {
    pupils: today.pupils.length,
    missing: today.pupils.filter((pupil) => pupil.status === 'missing').length,
    usual: await usualAbsent({ db }, school.id, day),
    lessonsStarted: today.lessonsStarted,
    lessonsReported: today.lessonsReported,
  };
}
