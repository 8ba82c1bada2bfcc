import type { Temporal } from 'temporal-polyfill';
import type { Doer } from '../follow-up/change-follow-up.ts';
import type { Db } from '../storage/database.ts';
import type { LetterStageTable } from '../storage/tables/routine-steps.ts';

/** How far a letter to guardians can come; only when it has been sent on is the step done. */
export const letterStages = ['chosen', 'approved', 'sent'] as const;
export type LetterStage = LetterStageTable['stage'];

/** Who took a letter how far, in order. */
export interface StageTaken {
  readonly stage: LetterStage;
  readonly by: string;
  readonly at: Temporal.Instant;
}

/** The stages of each of the steps, by the step's id. */
export async function readStages(
  db: Db,
  stepIds: readonly string[],
): Promise<ReadonlyMap<string, readonly StageTaken[]>> {
  const rows = await db
    .selectFrom('letterStage')
    .selectAll()
    .where('stepId', 'in', ['', ...stepIds])
    .execute();
  const taken = new Map<string, readonly StageTaken[]>();
  for (const stage of letterStages) {
    for (const row of rows.filter((one) => one.stage === stage))
      taken.set(row.stepId, [...(taken.get(row.stepId) ?? []), { stage, by: row.byName, at: row.at }]);
  }
  return taken;
}

/** The stage that comes next; undefined where the letter has been sent. */
export function nextStage(taken: readonly Pick<StageTaken, 'stage'>[]): LetterStage | undefined {
  return letterStages.find((stage) => taken.every((one) => one.stage !== stage));
}

/** Keeps who took a letter this far; whoever was first stays. To be called while the step's case is locked. */
export async function writeStage(
  trx: Db,
  stepId: string,
  stage: LetterStage,
  { actor, at }: Pick<Doer, 'actor'> & { readonly at: Temporal.Instant },
): Promise<void> {
  await trx
    .insertInto('letterStage')
    .values({ stepId, stage, at, byId: actor.id, byName: actor.name })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function removeStage(trx: Db, stepId: string, stage: LetterStage): Promise<void> {
  await trx.deleteFrom('letterStage').where('stepId', '=', stepId).where('stage', '=', stage).execute();
}
