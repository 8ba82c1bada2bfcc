/** One pupil's part of one lesson, in whole minutes. Never more accounted for than what was offered. */
export interface LessonMinutes {
  readonly offeredMinutes: number;
  /** While false the other minutes are 0 and mean nothing: unknown, neither absent nor present. */
  readonly isReported: boolean;
  readonly presentMinutes: number;
  readonly validMinutes: number;
  readonly invalidMinutes: number;
  readonly elsewhereMinutes: number;
}

export type ReportedMinutes = Omit<LessonMinutes, 'offeredMinutes' | 'isReported'>;

/**
 * `notOffered`: cancelled, or the pupil does not take part. `unknown`: nothing is reported. `missed`: absent with no minute
 * of presence, valid or not. `late`: here, with some minutes invalid. `present`: here, whatever else was valid.
 */
export type LessonOutcome = 'notOffered' | 'unknown' | 'missed' | 'late' | 'present';

/**
 * Fits what a teacher reported into what was offered. Where it is too much, absence stays and presence gives way, and of
 * absence the invalid part stays: a pupil who is missed must not be lost in an inconsistent record. A record with no
 * minutes at all says nothing, and is unknown.
 */
export function lessonMinutes(offered: number, reported: ReportedMinutes | undefined): LessonMinutes {
  const offeredMinutes = whole(offered);
  const invalidMinutes = Math.min(whole(reported?.invalidMinutes), offeredMinutes);
  const validMinutes = Math.min(whole(reported?.validMinutes), offeredMinutes - invalidMinutes);
  const rest = offeredMinutes - invalidMinutes - validMinutes;
  const presentMinutes = Math.min(whole(reported?.presentMinutes), rest);
  const elsewhereMinutes = Math.min(whole(reported?.elsewhereMinutes), rest - presentMinutes);
  const isReported = invalidMinutes + validMinutes + presentMinutes + elsewhereMinutes > 0;
  return { offeredMinutes, isReported, presentMinutes, validMinutes, invalidMinutes, elsewhereMinutes };
}

/** What a pupil's part of a lesson came to. Presence elsewhere is presence. */
export function lessonOutcome(minutes: LessonMinutes): LessonOutcome {
  if (minutes.offeredMinutes <= 0) return 'notOffered';
  if (!minutes.isReported) return 'unknown';
  if (minutes.presentMinutes + minutes.elsewhereMinutes > 0)
    return minutes.invalidMinutes > 0 ? 'late' : 'present';
  return minutes.validMinutes + minutes.invalidMinutes > 0 ? 'missed' : 'unknown';
}

function whole(minutes: number | undefined): number {
  return Math.max(0, Math.round(minutes ?? 0));
}
