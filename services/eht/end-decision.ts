import type { Doer } from '../follow-up/change-follow-up.ts';
import type { Db } from '../storage/database.ts';
import { auditEht, type EhtDeps, showEht } from './eht-change.ts';
import type { DecisionRow } from './read-decisions.ts';
import type { EhtRoom } from './room.ts';

export interface EndDecisionInput extends Doer {
  readonly decisionId: string;
}

export type EndDecisionOutcome =
  | { readonly kind: 'changed'; readonly now: DecisionRow }
  /** Somebody was there before: how it stands. */
  | { readonly kind: 'movedOn'; readonly now: DecisionRow }
  | { readonly kind: 'nothing' };

/** What was decided is done. Said again, nothing changes. */
export async function finishDecision(
  deps: EhtDeps,
  room: EhtRoom,
  input: EndDecisionInput,
): Promise<EndDecisionOutcome> {
  return await change(deps, room, input, { from: 'open', to: 'done', action: 'eht.decisionDone' });
}

/** A decision was made in error, and is gone. */
export async function withdrawDecision(
  deps: EhtDeps,
  room: EhtRoom,
  input: EndDecisionInput,
): Promise<EndDecisionOutcome> {
  return await change(deps, room, input, { from: 'open', to: 'withdrawn', action: 'eht.decisionWithdrawn' });
}

/** A decision was not done after all. */
export async function reopenDecision(
  deps: EhtDeps,
  room: EhtRoom,
  input: EndDecisionInput,
): Promise<EndDecisionOutcome> {
  return await change(deps, room, input, { from: 'done', to: 'open', action: 'eht.decisionReopened' });
}

interface Change {
  readonly from: DecisionRow['state'];
  readonly to: DecisionRow['state'];
  readonly action: string;
}

async function change(
  deps: EhtDeps,
  room: EhtRoom,
  input: EndDecisionInput,
  { from, to, action }: Change,
): Promise<EndDecisionOutcome> {
  return await deps.db.transaction().execute(async (trx): Promise<EndDecisionOutcome> => {
    const found = await trx
      .selectFrom('ehtDecision')
      .selectAll()
      .where('id', '=', input.decisionId)
      .where('schoolId', '=', room.schoolId)
      .forUpdate()
      .executeTakeFirst();
    if (found === undefined) return { kind: 'nothing' };
    if (found.state !== from || (to === 'open' && (await isDecidedAnew(trx, found))))
      return { kind: 'movedOn', now: found };
    const { actor } = input;
    const ended =
      to === 'open'
        ? { endedAt: null, endedById: null, endedByName: null }
        : { endedAt: deps.clock.now(), endedById: actor.id, endedByName: actor.name };
    const now = await trx
      .updateTable('ehtDecision')
      .set({ ...ended, state: to, version: found.version + 1 })
      .where('id', '=', found.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    const about = { ...input, day: found.day, pupilId: found.pupilId };
    await auditEht(deps, trx, room, about, { action, objectId: now.id });
    await showEht(deps, trx, { schoolId: room.schoolId, decisionIds: [now.id] });
    return { kind: 'changed', now };
  });
}

async function isDecidedAnew(trx: Db, { schoolId, pupilId, key }: DecisionRow): Promise<boolean> {
  const other = await trx
    .selectFrom('ehtDecision')
    .select('id')
    .where('schoolId', '=', schoolId)
    .where('pupilId', '=', pupilId)
    .where('key', '=', key)
    .where('state', '=', 'open')
    .executeTakeFirst();
  return other !== undefined;
}
