import type { Selectable } from 'kysely';
import type { PupilToday } from '../attendance/today.ts';
import type { FollowUpTable } from '../storage/tables/follow-up.ts';

export type FollowUpRow = Readonly<Selectable<FollowUpTable>>;

/** Why a follow-up ended without contact. */
export type ClosedReason = 'reported' | 'arrived';

export type FollowUpChange =
  | { readonly kind: 'open'; readonly reason: FollowUpRow['reason'] }
  | { readonly kind: 'reopen' }
  | { readonly kind: 'close'; readonly reason: ClosedReason }
  | { readonly kind: 'none' };

/**
 * What today's facts mean for a pupil's follow-up: whoever is missing without notice is followed up, and every
 * long-term absent pupil, every day, until seen, even where the absence is reported. Contact that was made stays, and with
 * it is kept whether it was needed in the end.
 */
export function followUpChange(existing: FollowUpRow | undefined, pupil: PupilToday): FollowUpChange {
  const needed = reasonToFollowUp(pupil);
  if (existing === undefined)
    return needed === undefined ? { kind: 'none' } : { kind: 'open', reason: needed };
  const isOver = existing.closedReason !== null;
  if (needed !== undefined) return isOver ? { kind: 'reopen' } : { kind: 'none' };
  return isOver ? { kind: 'none' } : closing(pupil);
}

function reasonToFollowUp(pupil: PupilToday): FollowUpRow['reason'] | undefined {
  if (pupil.status === 'missing') return pupil.isLongTerm ? 'longTermAbsence' : 'unreportedAbsence';
  return pupil.isLongTerm && isAwaited(pupil) ? 'longTermAbsence' : undefined;
}

/** Not seen today by anybody, and expected, now or in a lesson that is still to come. */
export function isAwaited(pupil: Pick<PupilToday, 'status' | 'isSeen' | 'hasLessons'>): boolean {
  const isExpected = pupil.status === 'reported' || pupil.status === 'unknown';
  return !pupil.isSeen && (isExpected || (pupil.status === 'noLessons' && pupil.hasLessons));
}

/** Unknown is neither absent nor present: it closes nothing. */
function closing(pupil: PupilToday): FollowUpChange {
  if (pupil.status === 'present') return { kind: 'close', reason: 'arrived' };
  if (pupil.status === 'reported') return { kind: 'close', reason: 'reported' };
  return { kind: 'none' };
}

/** Whether somebody has already tried, and is to be told where it turns out that no contact was needed. */
export function hasBeenTried({ state, attempts }: Pick<FollowUpRow, 'state' | 'attempts'>): boolean {
  return state === 'contacted' || attempts > 0;
}
