import type { Temporal } from 'temporal-polyfill';
import { recordAudit } from '../audit/record-audit.ts';
import { readStandIns } from '../people/responsible.ts';
import { wantPosts } from '../posts/post-store.ts';
import type { Db } from '../storage/database.ts';
import type { StepRow } from './routine-case.ts';
import { type DueStepRung, type RungKind, rungKind } from './step-ladder.ts';
import { STEPS } from './step-posts.ts';
import { type StepTarget, targetOfChannel, targetOfOwner } from './step-targets.ts';

/** A step with what decides who is told of it. */
export interface ToldStep extends Pick<StepRow, 'id' | 'caseId' | 'ownerStaffId' | 'ownerAddress'> {
  readonly isProtected: boolean;
}

export interface StepSending {
  readonly schoolId: string;
  readonly day: Temporal.PlainDate;
  readonly at: Temporal.Instant;
  readonly stepOf: ReadonlyMap<string, ToldStep>;
}

interface Batch {
  readonly target: StepTarget;
  readonly rungs: { readonly step: ToldStep; readonly rung: string }[];
}

/**
 * Writes down who is told of which step, and has the messages posted: one to each person, and one to the coordinators. To be
 * called in a transaction that holds the school's lock. Answers how many messages there are.
 */
export async function sendSteps(
  db: Db,
  sending: StepSending,
  due: readonly DueStepRung[],
): Promise<{ readonly sent: number; readonly unreached: number }> {
  const standIns = await readStandIns(db, sending.day);
  const batches = new Map<string, Batch>();
  let unreached = 0;
  for (const { stepId, rung, to } of due) {
    const step = sending.stepOf.get(stepId);
    if (step === undefined) continue;
    const target = await targetOf(db, sending.schoolId, step, to, standIns);
    if (target === undefined) {
      unreached += 1;
      continue;
    }
    const key = JSON.stringify([target.conversationId, target.staffId, target.address]);
    const batch = batches.get(key) ?? { target, rungs: [] };
    batches.set(key, batch);
    batch.rungs.push({ step, rung });
  }
  for (const batch of batches.values()) await send(db, sending, batch);
  return { sent: batches.size, unreached };
}

/**
 * Of a protected pupil nobody but the coordinators is told, whoever has the step. Somebody who accepts a case, or takes a step
 * over, and so has it themselves is told all the same: the message is where the step is handled.
 */
async function targetOf(
  db: Db,
  schoolId: string,
  step: ToldStep,
  to: DueStepRung['to'],
  standIns: ReadonlyMap<string, string>,
): Promise<StepTarget | undefined> {
  if (to === 'coordinator' || step.isProtected) return await targetOfChannel(db, schoolId);
  const owner = { staffId: step.ownerStaffId, address: step.ownerAddress };
  return await targetOfOwner(db, schoolId, owner, standIns);
}

const ORDER: readonly RungKind[] = ['given', 'due', 'late', 'escalated'];

/** What the message speaks of, where it tells of several: the gravest. */
function headRung(rungs: Batch['rungs']): RungKind {
  const kinds = new Set(rungs.map(({ rung }) => rungKind(rung)));
  return ORDER.findLast((kind) => kinds.has(kind)) ?? 'given';
}

async function send(db: Db, { schoolId, day, at }: StepSending, { target, rungs }: Batch): Promise<void> {
  const { id } = await db
    .insertInto('stepBatch')
    .values({ schoolId, day, rung: headRung(rungs), ...target, fallbackOf: null, at })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('stepRung')
    .values(
      rungs.map(({ step, rung }) => ({
        stepId: step.id,
        rung,
        caseId: step.caseId,
        owner: step.ownerStaffId ?? step.ownerAddress,
        batchId: id,
        at,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { conversationId, staffId, address } = target;
  await wantPosts(db, [{ purpose: STEPS, subject: id, conversationId, schoolId, day }], at);
  await recordAudit(db, {
    at,
    actorId: 'sedd',
    action: 'routine.stepsTold',
    objectId: id,
    schoolId,
    conversationId,
    details: { to: staffId ?? address, steps: rungs.map(({ step, rung }) => ({ step: step.id, rung })) },
  });
}
