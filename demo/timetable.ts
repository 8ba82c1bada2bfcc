import { Temporal } from 'temporal-polyfill';
import type { DemoGroup, DemoSchool } from './municipality.ts';
import { chance, id } from './random.ts';

export const TIME_ZONE = 'Europe/Stockholm';

/** One lesson of one day, or something else that stands in the timetable. */
export interface DemoLesson {
  readonly id: string;
  readonly activity: string;
  readonly subject: string;
  readonly type: 'Undervisning' | 'Övrigt';
  readonly group: DemoGroup;
  readonly startsAt: Temporal.Instant;
  readonly endsAt: Temporal.Instant;
  readonly minutes: number;
  readonly isAfterLunch: boolean;
  readonly isFirst: boolean;
  readonly isCancelled: boolean;
}

interface Slot {
  readonly start: string;
  readonly minutes: number;
}

/** The day of every class; some begin ten minutes later. */
const SLOTS: readonly Slot[] = [
  { start: '08:10', minutes: 60 },
  { start: '09:20', minutes: 50 },
  { start: '10:20', minutes: 50 },
  { start: '11:15', minutes: 40 },
  { start: '12:05', minutes: 60 },
  { start: '13:15', minutes: 50 },
  { start: '14:15', minutes: 60 },
];
const LUNCH = 3;
const LANGUAGES = 2;
const SUBJECTS = [
  'Svenska',
  'Matematik',
  'Engelska',
  'Idrott och hälsa',
  'Samhällskunskap',
  'Historia',
  'Biologi',
  'Fysik',
  'Kemi',
  'Bild',
  'Musik',
  'Slöjd',
  'Hem- och konsumentkunskap',
  'Teknik',
];

/** Everything in a school's timetable on one day. */
export function lessonsOf(seed: number, school: DemoSchool, day: Temporal.PlainDate): readonly DemoLesson[] {
  const classes = school.groups.filter((group) => group.kind === 'Klass');
  const languages = school.groups.filter((group) => group.kind === 'Undervisning' && group.pupils.length > 0);
  const hasLanguages = day.dayOfWeek === 2 || day.dayOfWeek === 4;
  return [
    ...classes.flatMap((group) => dayOfClass(seed, group, day, hasLanguages)),
    ...(hasLanguages
      ? languages.flatMap((group) => lessonIn(seed, group, day, LANGUAGES, group.name.split(' ')[0] ?? ''))
      : []),
  ];
}

function dayOfClass(
  seed: number,
  group: DemoGroup,
  day: Temporal.PlainDate,
  hasLanguages: boolean,
): readonly DemoLesson[] {
  const slots = 5 + Math.floor(chance(seed, group.id, day.dayOfWeek, 'length') * 3);
  return SLOTS.slice(0, slots).flatMap((_, slot) => {
    if (hasLanguages && slot === LANGUAGES) return [];
    const subject =
      SUBJECTS[Math.floor(chance(seed, group.id, day.dayOfWeek, slot) * SUBJECTS.length)] ?? 'Svenska';
    return lessonIn(seed, group, day, slot, slot === LUNCH ? 'Lunch' : subject);
  });
}

function lessonIn(
  seed: number,
  group: DemoGroup,
  day: Temporal.PlainDate,
  slot: number,
  subject: string,
): readonly DemoLesson[] {
  const { start, minutes } = SLOTS[slot] ?? { start: '08:10', minutes: 60 };
  const later = chance(seed, group.id, 'later') < 0.3 ? 10 : 0;
  const startsAt = day
    .toZonedDateTime({ timeZone: TIME_ZONE, plainTime: Temporal.PlainTime.from(start) })
    .add({ minutes: later })
    .toInstant();
  return [
    {
      id: id(seed, group.id, day.toString(), slot),
      activity: id(seed, group.id, subject),
      subject,
      type: slot === LUNCH ? 'Övrigt' : 'Undervisning',
      group,
      startsAt,
      endsAt: startsAt.add({ minutes }),
      minutes,
      isAfterLunch: slot === LUNCH + 1,
      isFirst: slot === 0,
      isCancelled: slot !== LUNCH && chance(seed, group.id, day.toString(), slot, 'cancelled') < 0.015,
    },
  ];
}
