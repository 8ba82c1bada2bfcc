import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { type DemoPupil, type DemoSchool, makeUp } from '../../demo/municipality.ts';
import { type DemoLesson, lessonsOf, TIME_ZONE } from '../../demo/timetable.ts';

const { schools } = makeUp(1);
const WEEK = [0, 1, 2, 3, 4].map((days) => Temporal.PlainDate.from('2026-11-16').add({ days }));

function ofPupil(lessons: readonly DemoLesson[], pupil: DemoPupil): readonly DemoLesson[] {
  return lessons.filter(({ group }) => group.pupils.includes(pupil));
}

function timeOf(lesson: DemoLesson | undefined): string | undefined {
  return lesson?.startsAt.toZonedDateTimeISO(TIME_ZONE).toPlainTime().toString({ smallestUnit: 'minute' });
}

describe('the made-up timetable', () => {
  const [school] = schools as readonly [DemoSchool];

  it('is the same each time it is asked for', () => {
    const [day] = WEEK as [Temporal.PlainDate];

    assert.deepEqual(lessonsOf(1, school, day), lessonsOf(1, school, day));
    assert.notDeepEqual(lessonsOf(1, school, day), lessonsOf(2, school, day));
  });

  it('gives a pupil four to six lessons a day of 40 to 80 minutes, one at a time', () => {
    for (const day of WEEK) {
      const lessons = lessonsOf(1, school, day);
      for (const pupil of school.pupils) {
        const own = [...ofPupil(lessons, pupil)].sort((a, b) =>
          Temporal.Instant.compare(a.startsAt, b.startsAt),
        );
        const taught = own.filter(({ type }) => type === 'Undervisning');
        assert.ok(taught.length >= 4 && taught.length <= 6, `${taught.length}`);
        assert.ok(taught.every(({ minutes }) => minutes >= 40 && minutes <= 80));
        assert.ok(own.every((one, index) => isAfter(own[index + 1], one)));
      }
    }
  });

  it('gives lessons their own ids, the same subject the same activity', () => {
    const lessons = WEEK.flatMap((day) => schools.flatMap((one) => lessonsOf(1, one, day)));

    assert.equal(new Set(lessons.map(({ id }) => id)).size, lessons.length);
    const activities = new Set(lessons.map(({ activity }) => activity)).size;
    assert.equal(activities, new Set(lessons.map(({ group, subject }) => `${group.id} ${subject}`)).size);
  });

  const closed = [
    '2026-08-17',
    '2026-10-26',
    '2026-10-30',
    '2026-11-21',
    '2026-11-22',
    '2026-12-21',
    '2027-02-17',
  ];
  for (const day of closed) {
    it(`has no lessons on ${day}, when the school is closed`, () => {
      assert.deepEqual(lessonsOf(1, school, Temporal.PlainDate.from(day)), []);
    });
  }

  it('begins at the same time on the wall when the clocks have changed', () => {
    const times = ['2026-10-23', '2026-11-06'].map((day) =>
      lessonsOf(1, school, Temporal.PlainDate.from(day)).map(timeOf),
    );

    assert.deepEqual(times[0], times[1]);
    assert.ok(times[0]?.includes('08:10') && times[0].includes('08:20'), `${times[0]}`);
  });

  it('cancels a few lessons', () => {
    const lessons = WEEK.flatMap((day) => schools.flatMap((one) => lessonsOf(1, one, day)));

    const share = lessons.filter(({ isCancelled }) => isCancelled).length / lessons.length;

    assert.ok(share > 0.005 && share < 0.03, `${share}`);
  });

  it('has lunch in it, which is no lesson', () => {
    const lunches = lessonsOf(1, school, WEEK[0] as Temporal.PlainDate).filter(
      (one) => one.subject === 'Lunch',
    );

    assert.ok(lunches.length > 0 && lunches.every(({ type }) => type === 'Övrigt'));
  });
});

function isAfter(later: DemoLesson | undefined, earlier: DemoLesson): boolean {
  return later === undefined || Temporal.Instant.compare(later.startsAt, earlier.endsAt) >= 0;
}
