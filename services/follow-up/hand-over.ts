import type { Db } from '../storage/database.ts';
import {
  type Doer,
  type FollowUpDeps,
  type FollowUpKey,
  followChange,
  withFollowUp,
  writeFollowUp,
} from './change-follow-up.ts';
import type { FollowUpRow } from './follow-up.ts';
import { tellOnce } from './notices.ts';

export interface HandOverInput extends FollowUpKey, Doer {
  /** The colleague who answers for it from now on; that they may, the caller has seen to. */
  readonly toStaffId: string;
  /** The version of the follow-up that the card showed. */
  readonly version: number;
}

export type HandOverOutcome =
  /** It is theirs; also where the same press comes a second time. */
  | { readonly kind: 'handedOver'; readonly followUp: FollowUpRow }
  /** Somebody has handed it over since the card was drawn. */
  | { readonly kind: 'movedOn'; readonly followUp: FollowUpRow }
  /** Nobody has to make contact any more. */
  | { readonly kind: 'over'; readonly followUp: FollowUpRow }
  | { readonly kind: 'nothing' };

/** Hands a pupil of today over to a colleague, who is told once. The day's due times stay. */
export async function handOver(deps: FollowUpDeps, input: HandOverInput): Promise<HandOverOutcome> {
  const outcome = await withFollowUp(deps, input, async (trx, followUp): Promise<HandOverOutcome> => {
    if (followUp.state !== 'open') return { kind: 'over', followUp };
    if (followUp.responsibleStaffId === input.toStaffId) return { kind: 'handedOver', followUp };
    if (input.version < followUp.responsibleVersion) return { kind: 'movedOn', followUp };
    return { kind: 'handedOver', followUp: await move(deps, trx, followUp, input) };
  });
  return outcome ?? { kind: 'nothing' };
}

async function move(
  deps: FollowUpDeps,
  trx: Db,
  followUp: FollowUpRow,
  input: HandOverInput,
): Promise<FollowUpRow> {
  const { toStaffId, actor } = input;
  const at = deps.clock.now();
  const changed = await writeFollowUp(trx, followUp, {
    responsibleStaffId: toStaffId,
    responsibleRole: 'handedOver',
    responsibleVersion: followUp.version + 1,
  });
  const details = { from: followUp.responsibleStaffId, to: toStaffId };
  await followChange(deps, trx, changed, { ...input, action: 'followUp.handedOver', at, details });
  // Whoever takes it over themselves knows.
  if (toStaffId === actor.staffId) return changed;
  await tellOnce(trx, {
    kind: 'handedOver',
    subject: `${followUp.id}/${changed.version}`,
    staffId: toStaffId,
    schoolId: followUp.schoolId,
    day: followUp.day,
    details: { followUp: followUp.id, pupil: followUp.pupilId, by: actor.staffId },
    at,
  });
  return changed;
}
