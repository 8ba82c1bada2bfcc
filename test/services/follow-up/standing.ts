import type { PupilToday } from '../../../services/attendance/today.ts';
import { clockTime, pupilId } from '../../support/small-school.ts';

/** Where a pupil stands after the day's first lesson. */
export function standing(
  number: number,
  status: PupilToday['status'],
  more: Partial<PupilToday> = {},
): PupilToday {
  return {
    pupilId: pupilId(number),
    isProtected: false,
    hasLessons: true,
    status,
    notice: status === 'reported' ? 'reported' : undefined,
    lessonsMissed: status === 'missing' ? 1 : 0,
    firstMissedAt: status === 'missing' ? clockTime('08:10') : undefined,
    lateArrivals: 0,
    lessonsStarted: status === 'noLessons' ? 0 : 1,
    lessonsReported: status === 'unknown' || status === 'noLessons' ? 0 : 1,
    isSeen: status === 'present',
    daysInRow: 0,
    isLongTerm: false,
    ...more,
  };
}
