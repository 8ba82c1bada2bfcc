import { Temporal } from 'temporal-polyfill';
import { dayAt } from '../clock.ts';
import type { School } from '../config/municipality.ts';
import type { Doer } from '../follow-up/change-follow-up.ts';
import type { Db } from '../storage/database.ts';
import { followUpStep, insertSteps } from './case-steps.ts';
import { followDeed, type Unchanged, withStep } from './change-case.ts';
import { writeStage } from './letter-stage.ts';
import type { CaseRow, StepRow } from './routine-case.ts';
import type { RoutineDeps } from './routine-deps.ts';
import { writeStep } from './write-case.ts';

/** Why a step is not needed. */
export const notNeededReasons = [
  'alreadyDone',
  'otherMeasure',
  'absenceCeased',
  'wrongData',
  'handledElsewhere',
] as const;
export type NotNeededReason = (typeof notNeededReasons)[number];

export interface StepInput extends Doer {
  readonly stepId: string;
  /** The version that the card showed, where an older card must not set back what has been done since. */
  readonly version?: number | undefined;
}

export type StepOutcome =
  | { readonly kind: 'changed'; readonly now: StepRow }
  /** The day is no good: done in the future, or more time until a day that is not later. */
  | { readonly kind: 'refused'; readonly now: StepRow }
  | Unchanged<StepRow>;

/**
 * A step is done, today or on the day that is said, which may have been earlier. Where the routine wants it followed up, that
 * is a step of its own. Said again, nothing changes.
 */
export async function finishStep(
  deps: RoutineDeps,
  input: StepInput & { readonly school: School; readonly doneDay?: Temporal.PlainDate | undefined },
): Promise<StepOutcome> {
  return await changeStep(deps, input, async (trx, step) => {
    const at = deps.clock.now();
    const today = dayAt(at, input.school);
    const doneDay = input.doneDay ?? today;
    if (Temporal.PlainDate.compare(doneDay, today) > 0) return 'refused';
    const now = await writeStep(trx, step, { state: 'done', doneDay, ...ended(input, at) });
    if (step.kind === 'guardianLetter') await writeStage(trx, step.id, 'sent', { ...input, at });
    const after = followUpStep(step, { day: doneDay, at }, input.school.calendar);
    if (after !== undefined) await insertSteps(trx, [after]);
    return { now, action: 'routine.stepDone', details: { doneDay: doneDay.toString() } };
  });
}

/** A step is not needed, for a reason from the list. */
export async function skipStep(
  deps: RoutineDeps,
  input: StepInput & { readonly reason: NotNeededReason },
): Promise<StepOutcome> {
  return await changeStep(deps, input, async (trx, step) => {
    const { reason } = input;
    const now = await writeStep(trx, step, { state: 'notNeeded', reason, ...ended(input, deps.clock.now()) });
    return { now, action: 'routine.stepNotNeeded', details: { reason } };
  });
}

/** A step gets more time, until a later day than it has. When it was due first stays known. */
export async function extendStep(
  deps: RoutineDeps,
  input: StepInput & { readonly until: Temporal.PlainDate },
): Promise<StepOutcome> {
  return await changeStep(deps, input, async (trx, step) => {
    if (input.until.equals(step.dueDay)) return 'movedOn';
    if (Temporal.PlainDate.compare(input.until, step.dueDay) < 0) return 'refused';
    const now = await writeStep(trx, step, { dueDay: input.until });
    const details = { from: step.dueDay.toString(), until: input.until.toString() };
    return { now, action: 'routine.stepMoreTime', details };
  });
}

/** A step is handed over to a colleague; that they may have it, the caller has seen to. Its day stays. */
export async function handOverStep(
  deps: RoutineDeps,
  input: StepInput & { readonly toStaffId: string },
): Promise<StepOutcome> {
  return await changeStep(deps, input, async (trx, step) => {
    if (step.ownerStaffId === input.toStaffId) return 'movedOn';
    const now = await writeStep(trx, step, {
      ownerStaffId: input.toStaffId,
      ownerAddress: null,
      ownerRole: 'handedOver',
      givenVersion: step.version + 1,
    });
    return {
      now,
      action: 'routine.stepHandedOver',
      details: { from: step.ownerStaffId ?? step.ownerAddress, to: input.toStaffId },
    };
  });
}

/** How a step has been changed, for the audit. */
export interface Changed {
  readonly now: StepRow;
  readonly action: string;
  readonly details: object;
}

/** Changes an open step as `act` says, once and while nobody else can, with what follows from it. */
export async function changeStep(
  deps: RoutineDeps,
  input: StepInput,
  act: (trx: Db, step: StepRow, found: CaseRow) => Promise<Changed | 'refused' | 'movedOn'>,
): Promise<StepOutcome> {
  const outcome = await withStep(deps, input.stepId, async (trx, step, found): Promise<StepOutcome> => {
    const isOlder = input.version !== undefined && input.version < step.version;
    if (step.state !== 'open' || isOlder) return { kind: 'movedOn', now: step };
    const changed = await act(trx, step, found);
    if (changed === 'refused' || changed === 'movedOn') return { kind: changed, now: step };
    const { now, action, details } = changed;
    await followDeed(deps, trx, found, {
      ...input,
      action,
      at: deps.clock.now(),
      objectId: now.id,
      details: { step: now.key, isFollowUp: now.isFollowUp, ...details },
    });
    return { kind: 'changed', now };
  });
  return outcome ?? { kind: 'nothing' };
}

function ended({ actor }: Doer, at: Temporal.Instant) {
  return { endedAt: at, endedById: actor.id, endedByName: actor.name };
}
