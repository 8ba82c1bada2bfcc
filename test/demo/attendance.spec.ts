import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { type DemoMark, markOf, noticeOf, reportedAt } from '../../demo/attendance.ts';
import { demoCalendar } from '../../demo/calendar.ts';
import { BANDS } from '../../demo/long-run-absence.ts';
import { type DemoPupil, makeUp } from '../../demo/municipality.ts';
import { type DemoLesson, lessonsOf, TIME_ZONE } from '../../demo/timetable.ts';
import { isSchoolDay, previousSchoolDays } from '../../services/calendar/school-days.ts';

const SEED = 1;
const { schools } = makeUp(SEED);
const TERM_ENDS = Temporal.PlainDate.from('2026-12-19');
const TERM = previousSchoolDays(demoCalendar, TERM_ENDS, 200);
const AFTERWARDS = Temporal.Instant.from('2027-01-01T00:00:00Z');
/** A day of an ordinary week, without the flu. */
const ORDINARY = ['2026-09-15', '2026-10-07', '2026-12-02'].map((day) => Temporal.PlainDate.from(day));

function clockTime(day: Temporal.PlainDate, time: string): Temporal.Instant {
  return day.toZonedDateTime({ timeZone: TIME_ZONE, plainTime: Temporal.PlainTime.from(time) }).toInstant();
}

interface Mark extends DemoMark {
  readonly pupil: DemoPupil;
  readonly lesson: DemoLesson;
  readonly day: Temporal.PlainDate;
}

function taughtOn(day: Temporal.PlainDate): readonly DemoLesson[] {
  return schools
    .flatMap((school) => lessonsOf(SEED, school, day))
    .filter((lesson) => lesson.type === 'Undervisning' && !lesson.isCancelled);
}

function marksOn(day: Temporal.PlainDate, now = AFTERWARDS): readonly Mark[] {
  return taughtOn(day).flatMap((lesson) =>
    lesson.group.pupils.map((pupil) => ({
      ...markOf(SEED, pupil, lesson, { day, now }),
      pupil,
      lesson,
      day,
    })),
  );
}

/** Absent minutes of those offered, valid ones apart. */
class Tally {
  offered = 0;
  absent = 0;
  valid = 0;

  add({ lesson, valid, invalid }: Mark): void {
    this.offered += lesson.minutes;
    this.absent += valid + invalid;
    this.valid += valid;
  }

  get rate(): number {
    return this.absent / this.offered;
  }
}

function tallyBy<K>(marks: Iterable<Mark>, keyOf: (mark: Mark) => K): Map<K, Tally> {
  const tallies = new Map<K, Tally>();
  for (const mark of marks) {
    const key = keyOf(mark);
    const tally = tallies.get(key) ?? new Tally();
    tally.add(mark);
    tallies.set(key, tally);
  }
  return tallies;
}

describe('the made-up attendance', () => {
  let marks: readonly Mark[];

  before(() => {
    marks = TERM.flatMap((day) => marksOn(day));
  });
  after(() => {
    marks = [];
  });

  it('is the same each time it is asked for', () => {
    const [day] = ORDINARY as [Temporal.PlainDate];

    assert.deepEqual(marksOn(day), marksOn(day));
  });

  it('fills each lesson, no more and no less', () => {
    assert.ok(marks.every((mark) => mark.present + mark.valid + mark.invalid === mark.lesson.minutes));
  });

  it('comes over a term to what each band is in the long run, and to eleven percent in all', () => {
    const rates = [...tallyBy(marks, ({ pupil }) => pupil).values()].map((tally) => tally.rate);

    for (const { share, from, to } of BANDS) {
      const actual = rates.filter((rate) => rate >= from && rate < to).length / rates.length;
      assert.ok(Math.abs(actual - share) < 0.025, `${from}-${to}: ${actual}`);
    }
    const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
    assert.ok(Math.abs(mean - 0.11) < 0.01, `${mean}`);
  });

  it('rises from the seventh grade to the ninth', () => {
    const grades = tallyBy(marks, ({ pupil }) => pupil.grade);

    const [seven = 0, eight = 0, nine = 0] = [7, 8, 9].map((grade) => grades.get(grade)?.rate);
    assert.ok(seven < eight && eight < nine, `${seven} ${eight} ${nine}`);
  });

  it('is valid to three quarters and more below a fifth of absence, and to half and more above', () => {
    const halves = tallyBy(marks, ({ pupil }) => pupil.absence < 0.2);

    const [below = new Tally(), above = new Tally()] = [halves.get(true), halves.get(false)];
    assert.ok(below.valid / below.absent > 0.75 && below.valid / below.absent < 0.8);
    assert.ok(above.valid / above.absent > 0.5 && above.valid / above.absent < 0.6);
  });

  it('gathers on Mondays and Fridays, after lunch and in sports', () => {
    const days = tallyBy(marks, ({ day }) => day.dayOfWeek);
    const kinds = tallyBy(marks, ({ lesson }) =>
      lesson.subject === 'Idrott och hälsa' ? 'sports' : lesson.isAfterLunch ? 'afterLunch' : 'other',
    );

    const rate = (day: number) => days.get(day)?.rate ?? 0;
    assert.ok(Math.min(rate(1), rate(5)) > 1.15 * Math.max(rate(2), rate(3), rate(4)));
    const other = kinds.get('other')?.rate ?? 1;
    assert.ok((kinds.get('sports')?.rate ?? 0) > 1.05 * other);
    assert.ok((kinds.get('afterLunch')?.rate ?? 0) > 1.05 * other);
  });

  it('follows a change of building for some pupils, and not for most', () => {
    const ofDay = ({ pupil, day }: Mark) => `${pupil.id} ${day}`;
    const here = new Set(marks.filter(({ present }) => present > 0).map(ofDay));
    const skipping = marks.filter((mark) => mark.pupil.absence > 0.15 && here.has(ofDay(mark)));
    const tallies = tallyBy(skipping, ({ pupil, lesson }) => `${pupil.id} ${lesson.isElsewhere}`);

    const rate = (id: string, isElsewhere: boolean) => tallies.get(`${id} ${isElsewhere}`)?.rate ?? 0;
    const shareLost = (isLost: boolean) => {
      const pupils = new Set(
        skipping.filter(({ pupil }) => pupil.isLostOnTheWay === isLost).map(({ pupil }) => pupil.id),
      );
      return [...pupils].filter((id) => rate(id, true) > 2 * rate(id, false)).length / pupils.size;
    };
    assert.ok(shareLost(true) > 0.9 && shareLost(false) < 0.15, `${shareLost(true)} ${shareLost(false)}`);
  });

  it('is half as much again in the weeks of the flu', () => {
    const weeks = tallyBy(marks, ({ day }) =>
      day.weekOfYear === 46 || day.weekOfYear === 47 ? 'flu' : 'other',
    );

    const ratio = (weeks.get('flu')?.rate ?? 0) / (weeks.get('other')?.rate ?? 1);
    assert.ok(ratio > 1.3 && ratio < 1.6, `${ratio}`);
  });

  it('has pupils come five to twenty minutes late, one or two in a class and day', () => {
    const late = marks.filter((mark) => mark.present > 0 && mark.invalid > 0).map((mark) => mark.invalid);
    const classDays =
      TERM.length * schools.flatMap((one) => one.groups).filter((one) => one.kind === 'Klass').length;

    assert.ok(late.every((minutes) => minutes >= 5 && minutes <= 20));
    assert.ok(late.length / classDays > 1 && late.length / classDays < 5, `${late.length / classDays}`);
  });

  it('has two to four away of 25 in the first lesson of an ordinary day', () => {
    const first = ORDINARY.flatMap((day) => marksOn(day)).filter((mark) => mark.lesson.slot === 0);

    const away = (25 * first.filter((mark) => mark.present === 0).length) / first.length;

    assert.ok(away > 2 && away < 4, `${away}`);
  });

  it('is reported of most lessons by the morning card, and of nearly all in the end', () => {
    const shareOf = (time: string) => {
      const begun = TERM.flatMap((day) =>
        taughtOn(day)
          .filter(({ startsAt }) => Temporal.Instant.compare(startsAt, clockTime(day, time)) <= 0)
          .map((lesson) => ({ at: reportedAt(SEED, lesson), now: clockTime(day, time) })),
      );
      return (
        begun.filter(({ at, now }) => at === undefined || Temporal.Instant.compare(at, now) > 0).length /
        begun.length
      );
    };

    const [morning, evening] = [shareOf('08:45'), shareOf('18:00')];
    assert.ok(morning > 0.05 && morning < 0.15, `${morning}`);
    assert.ok(evening > 0.02 && evening < 0.04, `${evening}`);
  });

  it('is told of before eight as a rule, and else while the card is out or near noon', () => {
    const times = TERM.flatMap((day) =>
      schools.flatMap(({ pupils }) => pupils.map((pupil) => noticeOf(SEED, pupil, day))),
    )
      .filter((notice) => notice?.type === 'Anmäld frånvaro')
      .map((notice) => notice?.madeAt.toZonedDateTimeISO(TIME_ZONE).toPlainTime().toString() ?? '');

    const within = (from: string, to: string) =>
      times.filter((time) => from <= time && time <= to).length / times.length;
    const shares = [within('06:00', '08:00'), within('08:50', '09:55'), within('11:05', '11:35')];
    for (const [index, wanted] of [0.7, 0.18, 0.12].entries()) {
      assert.ok(Math.abs((shares[index] ?? 0) - wanted) < 0.02, `${shares}`);
    }
  });

  it('is invalid until the school is told, and valid from then on', () => {
    const [day] = ORDINARY as [Temporal.PlainDate];
    const away = schools.flatMap((one) => one.pupils).flatMap((pupil) => noticeOf(SEED, pupil, day) ?? []);
    const later = away.filter(({ madeAt }) => Temporal.Instant.compare(madeAt, clockTime(day, '08:45')) > 0);
    assert.ok(later.length > 5);

    for (const { pupil, madeAt } of later) {
      const validAt = (now: Temporal.Instant) =>
        marksOn(day, now).filter((mark) => mark.pupil === pupil && mark.valid > 0).length;
      assert.equal(validAt(madeAt.subtract({ seconds: 1 })), 0);
      assert.ok(validAt(madeAt) > 0);
    }
  });

  it('says nothing of days when the school is closed', () => {
    assert.ok(marks.every(({ day }) => isSchoolDay(demoCalendar, day)));
  });
});
