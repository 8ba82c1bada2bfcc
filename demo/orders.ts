import { Temporal } from 'temporal-polyfill';
import { nextSchoolDay } from '../services/calendar/school-days.ts';
import type { SchoolCalendar } from '../services/config/municipality.ts';
import type { DemoClock } from './clock.ts';
import type { EhtMoment } from './eht-moments.ts';
import { TIME_ZONE } from './timetable.ts';

/** What the clock is stepped by. */
export interface SchoolTimes {
  readonly calendar: SchoolCalendar;
  /** What comes next around EHT's meetings; undefined where nothing does. */
  readonly nextEht: (now: Temporal.Instant) => EhtMoment | undefined;
}

/** Something that the demo's clock can be told, on its page or with a key. */
export interface Order {
  /** Its address on the page. */
  readonly path: string;
  /** Its key, as the terminal names it. */
  readonly key: string;
  readonly title: { readonly sv: string; readonly en: string };
  readonly act: (clock: DemoClock, times: SchoolTimes) => void;
}

/** When a school morning is joined: just before its card. */
export const MORNING_BEGINS = '08:40';

export const holdOrResume: Order = {
  path: 'hold-or-resume',
  key: 'space',
  title: { sv: 'Stanna klockan, eller låt den gå', en: 'Hold the clock, or let it go' },
  act: (clock) => (clock.isHeld ? clock.resume() : clock.hold()),
};

export const tillEht: Order = {
  path: 'eht',
  key: 'e',
  title: { sv: 'Till EHT: listan, mötet, efter mötet', en: 'To EHT: the list, the meeting, after it' },
  act: (clock, { nextEht }) => {
    const now = clock.now();
    const next = nextEht(now);
    if (next !== undefined) clock.step(now.until(next.at));
  },
};

/** Every order, in the order in which they are shown. */
export const orders: readonly Order[] = [
  holdOrResume,
  {
    path: 'five-minutes',
    key: 'n',
    title: { sv: 'Fem minuter framåt', en: 'Five minutes on' },
    act: (clock) => clock.step({ minutes: 5 }),
  },
  {
    path: 'an-hour',
    key: 't',
    title: { sv: 'En timme framåt', en: 'An hour on' },
    act: (clock) => clock.step({ hours: 1 }),
  },
  {
    path: 'next-morning',
    key: 'd',
    title: { sv: `Nästa skolmorgon ${MORNING_BEGINS}`, en: `Next school morning ${MORNING_BEGINS}` },
    act: stepToNextMorning,
  },
  tillEht,
];

/** Moves the clock to the next school morning; where the school year has ended, nowhere. */
function stepToNextMorning(clock: DemoClock, { calendar }: SchoolTimes): void {
  const now = clock.now();
  const today = now.toZonedDateTimeISO(TIME_ZONE).toPlainDate();
  // The day before counts from its end: before school has begun, the next morning is today's.
  const days = [nextSchoolDay(calendar, today.subtract({ days: 1 })), nextSchoolDay(calendar, today)];
  const next = days
    .flatMap((day) => (day === undefined ? [] : morningOf(day)))
    .find((morning) => Temporal.Instant.compare(morning, now) > 0);
  if (next !== undefined) clock.step(now.until(next));
}

function morningOf(day: Temporal.PlainDate): Temporal.Instant {
  return day
    .toZonedDateTime({ timeZone: TIME_ZONE, plainTime: Temporal.PlainTime.from(MORNING_BEGINS) })
    .toInstant();
}
