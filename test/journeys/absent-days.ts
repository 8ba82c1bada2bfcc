import { MONDAY, pupilId } from '../support/small-school.ts';

/** Four weeks of a pupil with so much absence, in percent, on every weekday up to the last. */
export function absentDays(percent: number, pupil: number, last = MONDAY) {
  return Array.from({ length: 28 }, (_, index) => last.subtract({ days: index }))
    .filter((day) => day.dayOfWeek < 6)
    .map((day) => ({
      pupilId: pupilId(pupil),
      day,
      schoolId: 'norr',
      offeredMinutes: 100,
      reportedMinutes: 100,
      validMinutes: percent,
      invalidMinutes: 0,
      lessons: 2,
      lessonsReported: 2,
      lessonsMissed: 0,
      lateArrivals: 0,
    }));
}
