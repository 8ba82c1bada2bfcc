import type { Temporal } from 'temporal-polyfill';
import { recordAudit } from '../audit/record-audit.ts';
import type { Clock } from '../clock.ts';
import type { Db } from '../storage/database.ts';

export interface StandInDeps {
  readonly db: Db;
  readonly clock: Clock;
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
  readonly schoolId: string;
}

/** Says who answers for somebody's pupils while they are away; what was said before of the same days no longer holds. */
export async function appointStandIn(deps: StandInDeps, input: StandInInput): Promise<void> {
  const at = deps.clock.now();
  await deps.db.transaction().execute(async (trx) => {
    await endWithin(trx, input, at);
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
  });
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
      .returning('id')
      .execute();
    for (const { id } of ended) await audit(trx, input, 'standIn.ended', id, at);
    return ended.length;
  });
}

async function endWithin(trx: Db, input: StandInInput, at: Temporal.Instant): Promise<void> {
  await trx
    .updateTable('standIn')
    .set({ endedAt: at })
    .where('staffId', '=', input.staffId)
    .where('firstDay', '<=', input.lastDay)
    .where('lastDay', '>=', input.firstDay)
    .where('endedAt', 'is', null)
    .execute();
}

async function audit(
  trx: Db,
  input: Pick<StandInInput, 'actor' | 'conversationId' | 'schoolId' | 'staffId'> &
    Partial<Pick<StandInInput, 'standInStaffId'>>,
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
    details: { staff: input.staffId, standIn: input.standInStaffId },
  });
}
