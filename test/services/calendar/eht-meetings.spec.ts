import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { meetingOn, meetingsBetween, nextMeeting } from '../../../services/calendar/eht-meetings.ts';
import { isSchoolDay } from '../../../services/calendar/school-days.ts';
import { schoolWith } from '../schedule/schools.ts';

const day = (iso: string) => Temporal.PlainDate.from(iso);
const wall = (at: Temporal.Instant) => at.toZonedDateTimeISO('Europe/Stockholm').toString().slice(0, 16);
const EHT = { weekday: 'wednesday', time: '13:00', from: '2026-08-26' };
const school = (eht: object = {}, more: object = {}) => schoolWith({ eht: { ...EHT, ...eht }, ...more });

describe('the meetings of a school’s EHT', () => {
  const table: readonly (readonly [string, ReturnType<typeof school>, string, string, readonly string[]])[] =
    [
      [
        'every week',
        school(),
        '2026-11-01',
        '2026-11-30',
        ['2026-11-04', '2026-11-11', '2026-11-18', '2026-11-25'],
      ],
      [
        'every other week',
        school({ everyWeeks: 2 }),
        '2026-11-01',
        '2026-11-30',
        ['2026-11-04', '2026-11-18'],
      ],
      ['not before the first', school(), '2026-08-01', '2026-08-31', ['2026-08-26']],
      ['not on a closed day', school(), '2026-10-19', '2026-11-01', ['2026-10-21']],
      ['not after the year', school(), '2027-06-01', '2027-07-31', ['2027-06-02', '2027-06-09']],
      [
        'not where it is cancelled',
        school({ exceptions: [{ day: '2026-11-18', cancelled: true }] }),
        '2026-11-09',
        '2026-11-26',
        ['2026-11-11', '2026-11-25'],
      ],
      [
        'where it is moved to, also out of a closed week, and not where it was',
        school({
          exceptions: [
            { day: '2026-10-28', movedTo: { day: '2026-10-23' } },
            { day: '2026-11-11', movedTo: { day: '2026-11-12' } },
          ],
        }),
        '2026-10-19',
        '2026-11-14',
        ['2026-10-21', '2026-10-23', '2026-11-04', '2026-11-12'],
      ],
      [
        'on a day that the school itself opens',
        school({}, { open: [{ from: '2026-10-28', to: '2026-10-28' }] }),
        '2026-10-26',
        '2026-10-30',
        ['2026-10-28'],
      ],
    ];
  for (const [name, at, first, last, expected] of table) {
    it(`are ${name}`, () => {
      const found = meetingsBetween(at, day(first), day(last));

      assert.deepEqual(
        found.map((one) => one.day.toString()),
        expected,
      );
    });
  }

  it('are none where the school has no settings for them', () => {
    assert.deepEqual(meetingsBetween(schoolWith(), day('2026-08-01'), day('2027-06-30')), []);
    assert.equal(nextMeeting(schoolWith(), Temporal.Instant.from('2026-11-23T12:00:00Z')), undefined);
  });

  it('have their list on the school day before, over a weekend and a holiday', () => {
    const monday = school({ weekday: 'monday', from: '2026-08-24', listAt: '15:30' });

    assert.equal(wall(meetingOn(monday, day('2026-11-23'))?.listAt ?? never()), '2026-11-20T15:30');
    assert.equal(wall(meetingOn(monday, day('2026-11-02'))?.listAt ?? never()), '2026-10-23T15:30');
  });

  it('have it in the morning where no school day is before', () => {
    const first = school({ weekday: 'tuesday', from: '2026-08-18' });

    assert.equal(wall(meetingOn(first, day('2026-08-18'))?.listAt ?? never()), '2026-08-18T05:30');
  });

  it('keep their time on the wall when the clocks are changed, and last as long', () => {
    const sunday = { open: [{ from: '2026-10-25', to: '2026-10-25' }] };
    const at = school(
      { time: '02:30', minutes: 90, exceptions: [{ day: '2026-10-21', movedTo: { day: '2026-10-25' } }] },
      sunday,
    );
    const meeting = meetingOn(at, day('2026-10-25')) ?? never();

    assert.equal(wall(meetingOn(school(), day('2026-10-21'))?.startsAt ?? never()), '2026-10-21T13:00');
    assert.equal(wall(meetingOn(school(), day('2026-11-04'))?.startsAt ?? never()), '2026-11-04T13:00');
    assert.equal(meeting.startsAt.toString(), '2026-10-25T00:30:00Z');
    assert.equal(meeting.startsAt.until(meeting.endsAt).total('minutes'), 90);
  });

  it('are followed by the next when they have ended', () => {
    const at = (text: string) => Temporal.Instant.from(text);

    assert.equal(nextMeeting(school(), at('2026-11-25T12:59:59Z'))?.day.toString(), '2026-11-25');
    assert.equal(nextMeeting(school(), at('2026-11-25T13:00:00Z'))?.day.toString(), '2026-12-02');
  });

  it('are on school days, in order, as far apart as is said, and the same however they are asked for', () => {
    const anyDay = fc.integer({ min: 0, max: 300 }).map((days) => day('2026-08-18').add({ days }));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), anyDay, anyDay, (everyWeeks, one, other) => {
        const at = school({ everyWeeks });
        const [first, last] = [one, other].toSorted(Temporal.PlainDate.compare) as [typeof one, typeof one];
        const found = meetingsBetween(at, first, last);

        for (const [index, meeting] of found.entries()) {
          const before = found[index - 1];
          assert.ok(isSchoolDay(at.calendar, meeting.day));
          assert.equal(day('2026-08-26').until(meeting.day).days % (7 * everyWeeks), 0);
          assert.ok(before === undefined || Temporal.PlainDate.compare(before.day, meeting.day) < 0);
          assert.ok(Temporal.Instant.compare(meeting.listAt, meeting.startsAt) < 0);
          assert.deepEqual(meetingOn(at, meeting.day), meeting);
        }
        const whole = meetingsBetween(at, day('2026-08-18'), day('2027-06-30')).filter(
          (meeting) =>
            Temporal.PlainDate.compare(first, meeting.day) <= 0 &&
            Temporal.PlainDate.compare(meeting.day, last) <= 0,
        );
        assert.deepEqual(found, whole);
      }),
    );
  });
});

function never(): never {
  throw new Error('no meeting');
}
