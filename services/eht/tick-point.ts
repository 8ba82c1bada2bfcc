import { readPupilCases } from '../routine/read-cases.ts';
import type { Db } from '../storage/database.ts';
import { auditEht, type Before, type EhtDeps, type EhtInput } from './eht-change.ts';
import { courseStart, isEhtCase } from './eht-levels.ts';
import type { EhtRoom } from './room.ts';
import { atMeeting } from './take-up.ts';

export interface PointInput extends EhtInput {
  /** Key of the point; that the pupil has it, the caller has seen to. */
  readonly key: string;
}

export type PointOutcome =
  | { readonly kind: 'ticked' | 'unticked' | 'notTicked' }
  | ({ readonly kind: 'already' } & Before);

/** A point of a pupil's checklist has been seen to. Said again, nothing changes. */
export async function tickPoint(deps: EhtDeps, room: EhtRoom, input: PointInput): Promise<PointOutcome> {
  return await atMeeting(deps, room, input, async (trx): Promise<PointOutcome> => {
    const row = await lockPoint(trx, room, input);
    const cases = await readPupilCases(trx, input.pupilId);
    const since = courseStart(
      cases.filter((one) => one.schoolId === room.schoolId && isEhtCase(deps.routines, one)),
    );
    if (row.tickedAt !== null && row.tickedAt.epochMilliseconds >= (since ?? 0))
      return { kind: 'already', by: row.tickedByName ?? '', at: row.tickedAt };
    const { actor } = input;
    await point(trx, row.id)
      .set({
        tickedAt: deps.clock.now(),
        tickedById: actor.id,
        tickedByName: actor.name,
        version: row.version + 1,
      })
      .execute();
    await auditEht(deps, trx, room, input, { action: 'eht.pointTicked', objectId: row.id });
    return { kind: 'ticked' };
  });
}

/** A point was ticked in error. */
export async function untickPoint(deps: EhtDeps, room: EhtRoom, input: PointInput): Promise<PointOutcome> {
  return await atMeeting(deps, room, input, async (trx): Promise<PointOutcome> => {
    const row = await lockPoint(trx, room, input);
    if (row.tickedAt === null) return { kind: 'notTicked' };
    await point(trx, row.id)
      .set({ tickedAt: null, tickedById: null, tickedByName: null, version: row.version + 1 })
      .execute();
    await auditEht(deps, trx, room, input, { action: 'eht.pointUnticked', objectId: row.id });
    return { kind: 'unticked' };
  });
}

async function lockPoint(trx: Db, { schoolId }: EhtRoom, { pupilId, key }: PointInput) {
  await trx
    .insertInto('ehtPoint')
    .values({ schoolId, pupilId, key, tickedAt: null, tickedById: null, tickedByName: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return await trx
    .selectFrom('ehtPoint')
    .selectAll()
    .where('schoolId', '=', schoolId)
    .where('pupilId', '=', pupilId)
    .where('key', '=', key)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

function point(trx: Db, id: string) {
  return trx.updateTable('ehtPoint').where('id', '=', id);
}
