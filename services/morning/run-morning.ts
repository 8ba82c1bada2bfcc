import type { Selectable } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { readToday, type SchoolToday } from '../attendance/today.ts';
import { usualAbsent } from '../attendance/usual.ts';
import type { Clock } from '../clock.ts';
import type { School } from '../config/municipality.ts';
import type { Reconciled } from '../follow-up/reconcile-follow-ups.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { readBindings } from '../posts/conversations.ts';
import type { Db } from '../storage/database.ts';
import type { HoldReason, MorningTable } from '../storage/tables/morning.ts';
import { holdReasons } from './gate.ts';
import { type ConsequenceDeps, drawConsequences } from './morning-consequences.ts';
import { type PullDeps, pullDay } from './pull-day.ts';

export interface MorningDeps extends PullDeps, ConsequenceDeps {
  readonly jobs: Pick<Jobs, 'enqueue'>;
  readonly clock: Clock;
}

export interface MorningOutcome {
  readonly state: 'held' | 'released';
  readonly heldFor: readonly HoldReason[];
  readonly followUps: Reconciled;
}

/**
 * A school's morning, and its refresh: pull, store, classify, follow up, and bring the cards up to date. Where too little is
 * reported or far too many seem absent, the cards are held and the coordinator is asked. Once released it stays so.
 * Repeating it at any point changes nothing that was done. `day` is a school day. Undefined where a reading that began later
 * came to its end before: it knew at least as much.
 */
export async function runMorning(
  deps: MorningDeps,
  school: School,
  day: Temporal.PlainDate,
): Promise<MorningOutcome | undefined> {
  const dataAt = deps.clock.now();
  await pullDay(deps, school.id, day);
  const outcome = await settleMorning(deps, school, day, dataAt);
  if (outcome !== undefined) await tellOutcome(deps, school, day, outcome);
  return outcome;
}

async function tellOutcome(
  { db, log }: MorningDeps,
  school: School,
  day: Temporal.PlainDate,
  { state, heldFor, followUps }: MorningOutcome,
): Promise<void> {
  const facts = { school: school.id, day: day.toString(), ...followUps };
  if (state === 'released' && heldFor.length === 0) log.info(facts, 'The morning has run: its cards go out');
  else if (state === 'released')
    log.warn(
      { ...facts, heldFor },
      'The cards are out already; as the data are now they would have been held',
    );
  else if (await canAskCoordinator(db, school.id))
    log.warn({ ...facts, heldFor }, 'The morning is held until the coordinator says so');
  else
    log.error(
      { ...facts, heldFor },
      'The morning is held and nobody can be asked: no coordinator’s channel can be posted to. It goes out by itself if the refresh finds enough reported; name a channel in the municipality file under schools[].channels.coordinator',
    );
}

async function canAskCoordinator(db: Db, schoolId: string): Promise<boolean> {
  const bindings = await readBindings(db, schoolId);
  return bindings.some(({ role, state }) => role === 'coordinator' && state === 'open');
}

/** Everything that follows from the stored facts, in one transaction with the work it gives rise to. */
async function settleMorning(
  deps: MorningDeps,
  school: School,
  day: Temporal.PlainDate,
  dataAt: Temporal.Instant,
): Promise<MorningOutcome | undefined> {
  return await deps.db.transaction().execute(async (trx) => {
    const before = await readBefore(trx, school, day);
    if (isOvertaken(before, dataAt)) return undefined;
    const query = { schoolId: school.id, day, now: dataAt, longTerm: school.longTerm };
    const today = await readToday({ db: trx }, query);
    const heldFor = holdReasons(await gateFigures(trx, school, day, today), school.gate);
    const state = await writeMorning(trx, { schoolId: school.id, day, dataAt, heldFor });
    const followUps = await drawConsequences(
      { ...deps, db: trx },
      { school, day, today, state, now: deps.clock.now() },
    );
    await deps.jobs.enqueue(trx, 'deliver', {});
    return { state, heldFor, followUps };
  });
}

/**
 * What follows from the facts of a day that is over for its pupils: what is missing is opened, what was reported is closed, and
 * whoever had called is told. A morning that is held stays held, since its cards would be no help any more; where there was
 * none, there is nothing to bring up to date.
 */
export async function settleClosedDay(
  deps: MorningDeps,
  school: School,
  day: Temporal.PlainDate,
  dataAt: Temporal.Instant,
): Promise<void> {
  await deps.db.transaction().execute(async (trx) => {
    const before = await readBefore(trx, school, day);
    if (before === undefined || isOvertaken(before, dataAt)) return;
    await trx
      .updateTable('morning')
      .set({ dataAt })
      .where('schoolId', '=', school.id)
      .where('day', '=', day)
      .execute();
    const today = await readToday(
      { db: trx },
      { schoolId: school.id, day, now: dataAt, longTerm: school.longTerm },
    );
    const facts = { school, day, today, state: before.state, now: deps.clock.now() };
    await drawConsequences({ ...deps, db: trx }, facts);
    await deps.jobs.enqueue(trx, 'deliver', {});
  });
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

async function gateFigures(db: Db, school: School, day: Temporal.PlainDate, today: SchoolToday) {
  return {
    pupils: today.pupils.length,
    missing: today.pupils.filter((pupil) => pupil.status === 'missing').length,
    usual: await usualAbsent({ db }, school.id, day),
    lessonsStarted: today.lessonsStarted,
    lessonsReported: today.lessonsReported,
  };
}

/** Released once is released for the day; held until the data are good enough, or a person says so. */
async function writeMorning(
  db: Db,
  morning: {
    readonly schoolId: string;
    readonly day: Temporal.PlainDate;
    readonly dataAt: Temporal.Instant;
    readonly heldFor: readonly HoldReason[];
  },
): Promise<'held' | 'released'> {
  const isHeld = morning.heldFor.length > 0;
  const row = await db
    .insertInto('morning')
    .values({
      ...morning,
      heldFor: JSON.stringify(morning.heldFor),
      state: isHeld ? 'held' : 'released',
      releasedAt: isHeld ? null : morning.dataAt,
      releasedById: null,
      releasedByName: null,
    })
    .onConflict((conflict) =>
      conflict.columns(['schoolId', 'day']).doUpdateSet((eb) => ({
        dataAt: morning.dataAt,
        heldFor: JSON.stringify(morning.heldFor),
        state: isHeld ? eb.ref('morning.state') : ('released' as const),
        releasedAt: isHeld
          ? eb.ref('morning.releasedAt')
          : eb.fn.coalesce('morning.releasedAt', 'excluded.releasedAt'),
      })),
    )
    .returning('state')
    .executeTakeFirstOrThrow();
  return row.state;
}
