import type { Doer } from '../follow-up/change-follow-up.ts';
import type { Db } from '../storage/database.ts';
import { followDeed, type Unchanged, withCase } from './change-case.ts';
import { type CaseRow, type ClosingReason, isActive } from './routine-case.ts';
import type { RoutineDeps } from './routine-deps.ts';
import { writeCase } from './write-case.ts';

/** Why a proposed case is not taken up. */
export const declineReasons = ['knownCause', 'alreadyHandled', 'wrongData', 'otherPlan'] as const;
export type DeclineReason = (typeof declineReasons)[number];

export interface EndInput extends Doer {
  readonly caseId: string;
}

export type EndOutcome =
  | { readonly kind: 'closed' | 'withdrawn' | 'declined' | 'kept'; readonly now: CaseRow }
  | Unchanged<CaseRow>;

/** Confirms that the absence has ceased or the pupil has left, as the case asks: it is closed, with what was still to be done. */
export async function closeCase(deps: RoutineDeps, input: EndInput): Promise<EndOutcome> {
  return await change(deps, input, async (trx, found) => {
    if (found.asks !== 'close') return { kind: 'movedOn', now: found };
    const reason = await closingReason(trx, found);
    const ending = { state: 'closed', reason, action: 'routine.closed' } as const;
    return { kind: 'closed', now: await end(deps, trx, found, { ...input, ...ending }) };
  });
}

/** Confirms that a case arose from data that have been corrected since; what was done stays, what was not is dropped. */
export async function withdrawCase(deps: RoutineDeps, input: EndInput): Promise<EndOutcome> {
  return await change(deps, input, async (trx, found) => {
    if (found.asks !== 'withdraw') return { kind: 'movedOn', now: found };
    const ending = { state: 'withdrawn', reason: 'dataCorrected', action: 'routine.withdrawn' } as const;
    return { kind: 'withdrawn', now: await end(deps, trx, found, { ...input, ...ending }) };
  });
}

/** Says no to a proposal. It is proposed again only when the pupil has been below the limit and passes it anew. */
export async function declineCase(
  deps: RoutineDeps,
  input: EndInput & { readonly reason: DeclineReason },
): Promise<EndOutcome> {
  return await change(deps, input, async (trx, found) => {
    if (found.state !== 'proposed') return { kind: 'movedOn', now: found };
    const ending = { state: 'withdrawn', reason: input.reason, action: 'routine.declined' } as const;
    return { kind: 'declined', now: await end(deps, trx, found, { ...input, ...ending }) };
  });
}

/**
 * Says that a case goes on although it asks to be closed or withdrawn. It asks to be closed again after as many days below
 * as the first time, and to be withdrawn never again.
 */
export async function keepCase(deps: RoutineDeps, input: EndInput): Promise<EndOutcome> {
  return await change(deps, input, async (trx, found) => {
    if (found.asks === null) return { kind: 'movedOn', now: found };
    const now = await writeCase(trx, found, {
      asks: null,
      askedDay: null,
      belowSince: null,
      ...(found.asks === 'withdraw'
        ? { crossing: JSON.stringify({ ...(found.crossing as object), isKept: true }) }
        : {}),
    });
    const details = { asked: found.asks };
    const at = deps.clock.now();
    await followDeed(deps, trx, now, { ...input, action: 'routine.kept', at, objectId: now.id, details });
    return { kind: 'kept', now };
  });
}

/** That a case is closed says nothing of why a step was not done: it may have been overdue for long. */
async function closingReason(trx: Db, { pupilId }: CaseRow): Promise<ClosingReason> {
  const present = await trx
    .selectFrom('pupil')
    .select('id')
    .where('id', '=', pupilId)
    .where('removedAt', 'is', null)
    .executeTakeFirst();
  return present === undefined ? 'leftSchool' : 'caseClosed';
}

async function change(
  deps: RoutineDeps,
  input: EndInput,
  act: (trx: Db, found: CaseRow) => Promise<EndOutcome>,
): Promise<EndOutcome> {
  const outcome = await withCase(deps, input.caseId, async (trx, found): Promise<EndOutcome> => {
    return isActive(found) ? await act(trx, found) : { kind: 'movedOn', now: found };
  });
  return outcome ?? { kind: 'nothing' };
}

interface Ending extends Doer {
  readonly state: 'closed' | 'withdrawn';
  readonly reason: string;
  readonly action: string;
}

async function end(deps: RoutineDeps, trx: Db, found: CaseRow, ending: Ending): Promise<CaseRow> {
  const at = deps.clock.now();
  const { state, reason, actor } = ending;
  const ended = { endedAt: at, endedById: actor.id, endedByName: actor.name };
  const steps = await trx
    .updateTable('routineStep')
    .set((eb) => ({
      ...ended,
      // Whatever nobody was ever asked to do counts for nothing.
      state: eb
        .case()
        .when('state', '=', 'open')
        .then(state === 'closed' ? ('notNeeded' as const) : ('dropped' as const))
        .else('dropped' as const)
        .end(),
      reason,
      version: eb('version', '+', 1),
    }))
    .where('caseId', '=', found.id)
    .where('state', 'in', ['proposed', 'open'])
    .returning('key')
    .execute();
  const now = await writeCase(trx, found, {
    ...ended,
    state,
    asks: null,
    askedDay: null,
    endedReason: reason,
  });
  await followDeed(deps, trx, now, {
    ...ending,
    at,
    objectId: now.id,
    details: { reason, steps: steps.map(({ key }) => key) },
  });
  return now;
}
