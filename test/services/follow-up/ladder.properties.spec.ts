import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { type LadderItem, remindersDue } from '../../../services/follow-up/ladder.ts';
import { schoolWith } from '../schedule/schools.ts';
import { at, itemOf } from './ladder-items.ts';

const timeZone = 'Europe/Stockholm';
/** The days when the clocks change, and the one after each: open, so that the ladder runs on them. */
const DAYS = ['2026-10-25', '2026-10-26', '2027-03-28', '2027-03-29', '2026-11-25'];
const school = schoolWith({ open: DAYS.slice(0, 4).map((day) => ({ from: day, to: day })) });

const minutesUp = fc
  .uniqueArray(fc.integer({ min: 0, max: 25 * 60 - 1 }), { minLength: 1, maxLength: 30 })
  .map((minutes) => minutes.toSorted((a, b) => a - b));

const items = fc.array(
  fc.record({
    isLongTerm: fc.boolean(),
    isUnreported: fc.boolean(),
    firstDue: fc.integer({ min: 8 * 60, max: 15 * 60 }),
    attempts: fc.integer({ min: 0, max: 3 }),
    wait: fc.integer({ min: 0, max: 90 }),
    hasResponsible: fc.boolean(),
  }),
  { minLength: 1, maxLength: 5 },
);

interface Taken {
  readonly followUpId: string;
  readonly rung: string;
  readonly at: Temporal.ZonedDateTime;
}

/** Ticks in those minutes of a day, keeping what is taken as the rows do. */
function tickIn(
  day: Temporal.PlainDate,
  minutes: readonly number[],
  open: readonly LadderItem[],
): readonly Taken[] {
  const midnight = day.toZonedDateTime(timeZone);
  const taken = new Map(open.map(({ id }) => [id, new Set<string>()]));
  return minutes.flatMap((minute) => {
    const now = midnight.add({ minutes: minute });
    const due = remindersDue(
      school,
      open.map((item) => ({ ...item, taken: taken.get(item.id) ?? new Set() })),
      now.toInstant(),
    );
    for (const { followUpId, rung } of due) taken.get(followUpId)?.add(rung);
    return due.map(({ followUpId, rung }) => ({ followUpId, rung, at: now }));
  });
}

/** When a rung is reached, in wall minutes, as a person would say it. */
function expectedOf(item: LadderItem): ReadonlyMap<string, number> {
  const isLongTerm = item.reason === 'longTermAbsence';
  const first = wall(item.firstDueAt ?? item.dueAt);
  const own =
    item.attempts === 0
      ? (['due', first] as const)
      : ([`again:${item.dueAt.epochMilliseconds}`, wall(item.dueAt)] as const);
  const last: readonly (readonly [string, number])[] =
    isLongTerm && !item.isUnreported ? [] : [['lastCheck', 15 * 60]];
  return new Map([own, ['escalated', Math.max(first, (isLongTerm ? 15 : 12) * 60)], ...last]);
}

function wall(instant: Temporal.Instant): number {
  const { hour, minute } = instant.toZonedDateTimeISO(timeZone);
  return hour * 60 + minute;
}

function made(
  day: Temporal.PlainDate,
  drawn: Parameters<Parameters<typeof items.map>[0]>[0],
): readonly LadderItem[] {
  return drawn.map(({ isLongTerm, isUnreported, firstDue, attempts, wait, hasResponsible }, index) => {
    const time = (minutes: number) =>
      at(new Temporal.PlainTime(Math.floor(minutes / 60), minutes % 60).toString(), day);
    return itemOf({
      id: `follow-up ${index}`,
      reason: isLongTerm ? 'longTermAbsence' : 'unreportedAbsence',
      firstDueAt: time(firstDue),
      dueAt: time(attempts === 0 ? firstDue : firstDue + wait),
      attempts,
      isUnreported,
      ...(hasResponsible ? {} : { responsibleStaffId: null }),
    });
  });
}

describe('the ladder of reminders, whatever minutes Sedd is down', () => {
  for (const date of DAYS) {
    const day = Temporal.PlainDate.from(date);

    it(`takes each rung at most once, at the first minute it is up, and loses none (${date})`, () => {
      fc.assert(
        fc.property(minutesUp, items, (minutes, drawn) => {
          const open = made(day, drawn);

          const taken = tickIn(day, minutes, open);

          const isAwake = (minute: number) => minute >= 7 * 60 + 30 && minute < 16 * 60 + 30;
          const ups = minutes.map((minute) =>
            wall(day.toZonedDateTime(timeZone).add({ minutes: minute }).toInstant()),
          );
          const expected = open.flatMap((item) =>
            [...expectedOf(item)].flatMap(([rung, reachedAt]) => {
              const first = ups.find((minute) => isAwake(minute) && minute >= reachedAt);
              return first === undefined ? [] : [`${item.id} ${rung} ${first}`];
            }),
          );
          const got = taken.map((one) => `${one.followUpId} ${one.rung} ${wall(one.at.toInstant())}`);
          assert.deepEqual(got.toSorted(), expected.toSorted());
        }),
      );
    });
  }
});
