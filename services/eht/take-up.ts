import type { Db } from '../storage/database.ts';
import { auditEht, type Before, type EhtDeps, type EhtInput, showEht } from './eht-change.ts';
import type { ListedRow } from './read-members.ts';
import type { EhtRoom } from './room.ts';

export type TakeUpOutcome =
  | { readonly kind: 'takenUp' | 'putBack' | 'notTakenUp' }
  | ({ readonly kind: 'already' } & Before);

/** A pupil has been taken up at the meeting. Said again, nothing changes. */
export async function takeUp(deps: EhtDeps, room: EhtRoom, input: EhtInput): Promise<TakeUpOutcome> {
  return await deps.db.transaction().execute(async (trx): Promise<TakeUpOutcome> => {
    const row = await lockListed(trx, room, input);
    if (row.takenUpAt !== null) return { kind: 'already', by: row.takenUpByName ?? '', at: row.takenUpAt };
    await writeTakenUp(deps, trx, room, input);
    await showEht(deps, trx, room);
    return { kind: 'takenUp' };
  });
}

/** The pupil has not been taken up after all: the next meeting's list begins with them. */
export async function putBack(deps: EhtDeps, room: EhtRoom, input: EhtInput): Promise<TakeUpOutcome> {
  return await deps.db.transaction().execute(async (trx): Promise<TakeUpOutcome> => {
    const row = await lockListed(trx, room, input);
    if (row.takenUpAt === null) return { kind: 'notTakenUp' };
    await listed(trx, room, input).set({ takenUpAt: null, takenUpById: null, takenUpByName: null }).execute();
    await auditEht(deps, trx, room, input, { action: 'eht.putBack', objectId: input.pupilId });
    await showEht(deps, trx, room);
    return { kind: 'putBack' };
  });
}

/** Does something about a pupil at a meeting, which says as well that they have been taken up. */
export async function atMeeting<T>(
  deps: EhtDeps,
  room: EhtRoom,
  input: EhtInput,
  act: (trx: Db) => Promise<T>,
): Promise<T> {
  return await deps.db.transaction().execute(async (trx) => {
    await noteTakenUp(deps, trx, room, input);
    const outcome = await act(trx);
    await showEht(deps, trx, room);
    return outcome;
  });
}

/** The same in a transaction of somebody else's, who has what shows it follow. */
export async function noteTakenUp(deps: EhtDeps, trx: Db, room: EhtRoom, input: EhtInput): Promise<void> {
  const row = await lockListed(trx, room, input);
  if (row.takenUpAt === null) await writeTakenUp(deps, trx, room, input);
}

async function writeTakenUp(deps: EhtDeps, trx: Db, room: EhtRoom, input: EhtInput): Promise<void> {
  const { actor, pupilId } = input;
  await listed(trx, room, input)
    .set({ takenUpAt: deps.clock.now(), takenUpById: actor.id, takenUpByName: actor.name })
    .execute();
  await auditEht(deps, trx, room, input, { action: 'eht.takenUp', objectId: pupilId });
}

/** The pupil's place on the list, made where there is none, and locked until the transaction ends. */
async function lockListed(trx: Db, { schoolId }: EhtRoom, input: EhtInput): Promise<ListedRow> {
  const { day, pupilId, section } = input;
  await trx
    .insertInto('ehtPupil')
    .values({ schoolId, day, pupilId, section, takenUpAt: null, takenUpById: null, takenUpByName: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return await trx
    .selectFrom('ehtPupil')
    .selectAll()
    .where('schoolId', '=', schoolId)
    .where('day', '=', day)
    .where('pupilId', '=', pupilId)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

function listed(trx: Db, { schoolId }: EhtRoom, { day, pupilId }: EhtInput) {
  return trx
    .updateTable('ehtPupil')
    .where('schoolId', '=', schoolId)
    .where('day', '=', day)
    .where('pupilId', '=', pupilId);
}
