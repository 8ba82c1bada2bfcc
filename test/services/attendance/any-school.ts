import fc from 'fast-check';
import type {
  AttendanceDay,
  SourceLesson,
  SourceNotice,
} from '../../../services/attendance/attendance-source.ts';
import { at, attendance, lesson, MONDAY } from './day-data.ts';

export const DAYS = [MONDAY, MONDAY.add({ days: 1 })];
export const PUPILS = ['p1', 'p2', 'p3', 'p4'];
export const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  '8A': ['p1', 'p2'],
  '8B': ['p2', 'p3'],
};

const minutes = fc.integer({ min: 0, max: 90 });
const onceEach = { selector: (record: { readonly pupilId: string }) => record.pupilId, maxLength: 3 };

/** What a lesson can be like, more reported than offered among it. */
const lessonArbitrary: fc.Arbitrary<Partial<SourceLesson>> = fc.record({
  isCancelled: fc.oneof(
    { weight: 5, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  ),
  offeredMinutes: minutes,
  groupIds: fc.subarray(['8A', '8B']),
  exceptions: fc.uniqueArray(
    fc.record({ pupilId: fc.constantFrom(...PUPILS), offeredMinutes: minutes }),
    onceEach,
  ),
  attendances: fc.uniqueArray(
    fc.record({
      pupilId: fc.constantFrom(...PUPILS),
      presentMinutes: minutes,
      validMinutes: minutes,
      invalidMinutes: minutes,
      elsewhereMinutes: fc.constantFrom(0, 0, 30),
    }),
    onceEach,
  ),
});

/** A school's two days as a source has them at one time: each lesson on one day, a notice on each day that it is over. */
export type School = readonly AttendanceDay[];

export const schoolArbitrary: fc.Arbitrary<School> = fc
  .record({
    lessons: fc.array(fc.tuple(fc.constantFrom(0, 1, undefined), lessonArbitrary), { maxLength: 5 }),
    notices: fc.array(fc.tuple(fc.constantFrom(...PUPILS), fc.nat(45), fc.integer({ min: 1, max: 30 })), {
      maxLength: 3,
    }),
  })
  .map(({ lessons, notices }) =>
    DAYS.map((day, index) => {
      const ofDay = lessons.flatMap(([on, more], number) =>
        on === index ? [lesson(`l${number}`, `${String(8 + number).padStart(2, '0')}:00`, more, day)] : [],
      );
      return attendance(ofDay, noticesOf(index, notices));
    }),
  );

function noticesOf(
  index: number,
  notices: readonly (readonly [string, number, number])[],
): readonly SourceNotice[] {
  const midnight = at('00:00');
  return notices
    .map(([pupilId, from, hours], number) => ({
      id: `n${number}`,
      pupilId,
      kind: 'reported' as const,
      startsAt: midnight.add({ hours: from }),
      endsAt: midnight.add({ hours: from + hours }),
    }))
    .filter(({ startsAt, endsAt }) => {
      const hours = (instant: typeof midnight) => midnight.until(instant).total('hours');
      return hours(startsAt) < 24 * (index + 1) && hours(endsAt) > 24 * index;
    });
}

/** A day's sums worked out by hand from what the source gave, lesson by lesson. */
export function sumsByHand(lessons: readonly SourceLesson[], pupilId: string) {
  const sums = {
    offered: 0,
    known: 0,
    valid: 0,
    invalid: 0,
    lessons: 0,
    reported: 0,
    missed: 0,
    late: 0,
    unexcused: 0,
  };
  for (const each of lessons) {
    const exception = each.exceptions.find((one) => one.pupilId === pupilId);
    const given = each.attendances.find((one) => one.pupilId === pupilId);
    const isMember = each.groupIds.some((id) => MEMBERS[id]?.includes(pupilId));
    const offered = each.isCancelled ? 0 : (exception?.offeredMinutes ?? each.offeredMinutes);
    if (offered === 0 || (!isMember && exception === undefined && given === undefined)) continue;
    const invalid = Math.min(given?.invalidMinutes ?? 0, offered);
    const valid = Math.min(given?.validMinutes ?? 0, offered - invalid);
    const presence = (given?.presentMinutes ?? 0) + (given?.elsewhereMinutes ?? 0);
    const here = Math.min(presence, offered - invalid - valid);
    sums.offered += offered;
    sums.known += here + invalid + valid;
    sums.valid += valid;
    sums.invalid += invalid;
    sums.lessons += 1;
    sums.reported += here + invalid + valid > 0 ? 1 : 0;
    sums.missed += here === 0 && invalid + valid > 0 ? 1 : 0;
    sums.unexcused += here === 0 && invalid > 0 ? 1 : 0;
    sums.late += here > 0 && invalid > 0 ? 1 : 0;
  }
  return sums;
}
