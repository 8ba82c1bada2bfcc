import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { type Clock, dayAt } from '../clock.ts';
import type { School } from '../config/municipality.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Log } from '../log.ts';
import type { Db } from '../storage/database.ts';
import { sendSteps, type ToldStep } from './send-steps.ts';
import { type LadderStep, stepRungsDue } from './step-ladder.ts';

export interface StepRungDeps {
  readonly db: Db;
  readonly jobs: Pick<Jobs, 'enqueue'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly schools: ReadonlyMap<string, School>;
}

/**
 * Takes every rung of the ladder that the open steps of the routine have come to, each at most once: the rows say so. Several
 * steps of one person come in one message. Answers how many messages are on their way.
 */
export async function takeStepRungs(deps: StepRungDeps): Promise<number> {
  const now = deps.clock.now();
  const items = await readOpenSteps(deps.db, [...deps.schools.keys()], latestDay(deps, now));
  let sent = 0;
  for (const [schoolId, steps] of items) {
    const school = deps.schools.get(schoolId);
    if (school !== undefined && stepRungsDue(school, steps, now).length > 0)
      sent += await takeAtSchool(deps, school, now);
  }
  return sent;
}

/** Judged once more under a lock, so that two replicas at the same minute do not both tell. */
async function takeAtSchool(deps: StepRungDeps, school: School, now: Temporal.Instant): Promise<number> {
  return await deps.db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`steps/${school.id}`}, 0))`.execute(trx);
    const day = dayAt(now, school);
    const steps = (await readOpenSteps(trx, [school.id], day)).get(school.id) ?? [];
    const stepOf = new Map(steps.map((step) => [step.id, step]));
    const sending = { schoolId: school.id, day, at: now, stepOf };
    const { sent, unreached } = await sendSteps(trx, sending, stepRungsDue(school, steps, now));
    if (sent > 0) await deps.jobs.enqueue(trx, 'deliver', {});
    if (unreached > 0)
      deps.log.debug(
        { school: school.id, steps: unreached },
        'Nobody can be told of steps: no coordinator’s channel is bound',
      );
    return sent;
  });
}

type OpenStep = LadderStep & ToldStep & { readonly schoolId: string };

interface Row extends Omit<OpenStep, 'taken'> {
  readonly rungs: readonly { readonly rung: string; readonly at: string }[] | null;
}

/** Open steps by school: those that nobody has been told of, and those that are due. */
async function readOpenSteps(
  db: Db,
  schoolIds: readonly string[],
  day: Temporal.PlainDate,
): Promise<ReadonlyMap<string, readonly OpenStep[]>> {
  const { rows } = await sql<Row>`
    select routine_step.id, routine_step.case_id, routine_step.school_id, routine_step.due_day,
      routine_step.given_version, routine_step.owner_staff_id, routine_step.owner_address,
      coalesce(pupil.is_protected, false) as is_protected, (
        select jsonb_agg(jsonb_build_object('rung', step_rung.rung, 'at', step_rung.at))
        from step_rung where step_rung.step_id = routine_step.id) as rungs
    from routine_step left join pupil on pupil.id = routine_step.pupil_id
    where routine_step.state = 'open' and routine_step.school_id = any(${[...schoolIds]}::text[])
      and (routine_step.due_day <= ${day} or not exists (
        select from step_rung
        where step_rung.step_id = routine_step.id
          and step_rung.rung = 'given:' || routine_step.given_version))
    order by routine_step.school_id, routine_step.due_day, routine_step.id`.execute(db);
  const bySchool = new Map<string, OpenStep[]>();
  for (const { rungs, ...row } of rows) {
    const taken = new Map((rungs ?? []).map(({ rung, at }) => [rung, Temporal.Instant.from(at)]));
    const own = bySchool.get(row.schoolId);
    if (own === undefined) bySchool.set(row.schoolId, [{ ...row, taken }]);
    else own.push({ ...row, taken });
  }
  return bySchool;
}

/** The day it is at the school where it is latest. */
function latestDay({ schools }: StepRungDeps, now: Temporal.Instant): Temporal.PlainDate {
  const days = [...schools.values()].map(({ timeZone }) => dayAt(now, { timeZone }));
  return days.toSorted(Temporal.PlainDate.compare).at(-1) ?? dayAt(now, { timeZone: 'UTC' });
}
