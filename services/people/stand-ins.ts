import { Temporal } from 'temporal-polyfill';
import { recordAudit } from '../audit/record-audit.ts';
import type { Clock } from '../clock.ts';
import type { Db } from '../storage/database.ts';

export interface StandInDeps {
  readonly db: Db;
  readonly clock: Clock;
  /** Called in the same transaction, so that what is open today follows. */
  readonly onStandIn: (db: Db, at: Temporal.Instant) => Promise<void>;
}

export interface StandInInput {
  /** Who is away. */
  readonly staffId: string;
  readonly standInStaffId: string;
  /** Both days included. */
  readonly firstDay: Temporal.PlainDate;
  readonly lastDay: Temporal.PlainDate;
  readonly actor: { readonly id: string; readonly name: string };
  readonly conversationId: string;
  /** Where it was said. */
  readonly schoolId: string;
  /** Where whoever is away answers for pupils: whoever stands in reaches them all. */
  readonly schoolIds: readonly string[];
}

/** Says who answers for somebody's pupils while they are away; of other days what was said before goes on to hold. */
export async function appointStandIn(deps: StandInDeps, input: StandInInput): Promise<void> {
  const at = deps.clock.now();
  await deps.db.transaction().execute(async (trx) => {
    // Two who appoint in the same second come one after the other.
    await trx.selectFrom('staff').select('id').where('id', '=', input.staffId).forUpdate().execute();
    for (const before of await endWithin(trx, input, at)) {
      await audit(trx, { ...input, ...before }, 'standIn.ended', before.id, at);
      for (const rest of outside(before, input)) await insert(trx, { ...input, ...rest }, at);
    }
    await insert(trx, input, at);
    await deps.onStandIn(trx, at);
  });
}

async function insert(trx: Db, input: StandInInput, at: Temporal.Instant): Promise<void> {
  const { id } = await trx
    .insertInto('standIn')
    .values({
      staffId: input.staffId,
      standInStaffId: input.standInStaffId,
      firstDay: input.firstDay,
      lastDay: input.lastDay,
      createdAt: at,
      createdById: input.actor.id,
      createdByName: input.actor.name,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await audit(trx, input, 'standIn.appointed', id, at);
}

type Span = Pick<StandInInput, 'standInStaffId' | 'firstDay' | 'lastDay'>;

/** What is left of a stand-in before and after the days of another. */
function outside(before: Span, { firstDay, lastDay }: Span): readonly Span[] {
  const parts = [
    { ...before, lastDay: firstDay.subtract({ days: 1 }) },
    { ...before, firstDay: lastDay.add({ days: 1 }) },
  ];
  return parts.filter(
    (part) =>
      Temporal.PlainDate.compare(part.firstDay, part.lastDay) <= 0 &&
      Temporal.PlainDate.compare(before.firstDay, part.firstDay) <= 0 &&
      Temporal.PlainDate.compare(part.lastDay, before.lastDay) <= 0,
  );
}

/** Ends every stand-in of somebody from a day on. Answers how many there were. */
export async function endStandIns(
  deps: StandInDeps,
  input: Omit<StandInInput, 'standInStaffId' | 'lastDay'>,
): Promise<number> {
  const at = deps.clock.now();
  return await deps.db.transaction().execute(async (trx) => {
    const ended = await trx
      .updateTable('standIn')
      .set({ endedAt: at })
      .where('staffId', '=', input.staffId)
      .where('lastDay', '>=', input.firstDay)
      .where('endedAt', 'is', null)
      .returning(['id', 'standInStaffId', 'firstDay', 'lastDay'])
      .execute();
    for (const { id, ...span } of ended) await audit(trx, { ...input, ...span }, 'standIn.ended', id, at);
    if (ended.length > 0) await deps.onStandIn(trx, at);
    return ended.length;
  });
}

async function endWithin(trx: Db, input: StandInInput, at: Temporal.Instant) {
  return await trx
    .updateTable('standIn')
    .set({ endedAt: at })
    .where('staffId', '=', input.staffId)
    .where('firstDay', '<=', input.lastDay)
    .where('lastDay', '>=', input.firstDay)
    .where('endedAt', 'is', null)
    .returning(['id', 'standInStaffId', 'firstDay', 'lastDay'])
    .execute();
}

async function audit(
  trx: Db,
  input: StandInInput,
  action: string,
  objectId: string,
  at: Temporal.Instant,
): Promise<void> {
  await recordAudit(trx, {
    at,
    actorId: input.actor.id,
    actorName: input.actor.name,
    action,
    objectId,
    schoolId: input.schoolId,
    conversationId: input.conversationId,
    details: {
      staff: input.staffId,
      standIn: input.standInStaffId,
      from: input.firstDay,
      to: input.lastDay,
      schools: input.schoolIds,
    },
  });
}
