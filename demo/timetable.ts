import { Temporal } from 'temporal-polyfill';
import { isSchoolDay } from '../services/calendar/school-days.ts';
import { demoCalendar } from './calendar.ts';
import type { DemoGroup, DemoSchool } from './municipality.ts';
import { chance, id, pick } from './random.ts';
import { stagedReport } from './staged.ts';

export const TIME_ZONE = 'Europe/Stockholm';

/** One lesson of one day, or something else that stands in the timetable. */
export interface DemoLesson {
  readonly id: string;
  readonly activity: string;
  readonly subject: string;
  readonly room: DemoRoom;
  readonly type: 'Undervisning' | 'Övrigt';
  readonly group: DemoGroup;
  readonly startsAt: Temporal.Instant;
  readonly endsAt: Temporal.Instant;
  readonly minutes: number;
  readonly isAfterLunch: boolean;
  /** Whether it is in another building than the class's lesson before it. */
  readonly isElsewhere: boolean;
  /** Which of the day's places it has, from 0. */
  readonly slot: number;
  readonly isCancelled: boolean;
  /** After how many minutes it is reported, where that is set. */
  readonly reportedAfter: number | undefined;
}

export interface DemoRoom {
  readonly id: string;
  readonly name: string;
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

/** Rooms with what a subject needs; everything else is where the class has its own. */
const SPECIAL_ROOMS: Readonly<Record<string, string>> = {
  'Idrott och hälsa': 'Idrottshallen',
  Slöjd: 'B104 slöjd',
  'Hem- och konsumentkunskap': 'B101 kök',
  Bild: 'B202 bild',
  Musik: 'B203 musik',
  Teknik: 'B105 teknik',
  Lunch: 'Matsalen',
};
const CLASSROOMS = 12;

/** Every room of a school. */
export function roomsOf(seed: number, school: DemoSchool): readonly DemoRoom[] {
  const rooms = school.groups.flatMap((group) =>
    ['', ...Object.keys(SPECIAL_ROOMS)].map((subject) => roomOf(seed, school, { group, subject })),
  );
  return [...new Map(rooms.map((room) => [room.id, room])).values()];
}

function roomOf(
  seed: number,
  school: DemoSchool,
  { group, subject }: { readonly group: DemoGroup; readonly subject: string },
): DemoRoom {
  const number = Math.floor(chance(seed, group.id, 'room') * CLASSROOMS);
  const name = SPECIAL_ROOMS[subject] ?? `A${201 + number}`;
  return { id: id(seed, school.id, 'room', name), name };
}

/** Everything in a school's timetable on one day; nothing on a day when the school is closed. */
export function lessonsOf(seed: number, school: DemoSchool, day: Temporal.PlainDate): readonly DemoLesson[] {
  if (!isSchoolDay(demoCalendar, day)) return [];
  const classes = school.groups.filter((group) => group.kind === 'Klass');
  const languages = school.groups.filter((group) => group.kind === 'Undervisning' && group.pupils.length > 0);
  return [
    ...classes.flatMap((group) => dayOfClass(seed, school, group, day)),
    ...(hasLanguages(day)
      ? languages.flatMap((group) =>
          lessonIn(seed, school, group, { day, slot: LANGUAGES, subject: group.name.split(' ')[0] ?? '' }),
        )
      : []),
  ];
}

function dayOfClass(
  seed: number,
  school: DemoSchool,
  group: DemoGroup,
  day: Temporal.PlainDate,
): readonly DemoLesson[] {
  const slots = 5 + Math.floor(chance(seed, group.id, day.dayOfWeek, 'length') * 3);
  return SLOTS.slice(0, slots).flatMap((_, slot) => {
    if (slot === LANGUAGES && hasLanguages(day)) return [];
    const subject = slot === LUNCH ? 'Lunch' : subjectIn(seed, group, day, slot);
    const reportedAfter = slot === 0 ? stagedReport(school.id, group.name, day) : undefined;
    const before = slot === LUNCH + 1 ? LUNCH - 1 : slot - 1;
    const isElsewhere =
      before >= 0 && buildingFor(subject) !== buildingFor(subjectIn(seed, group, day, before));
    return lessonIn(seed, school, group, { day, slot, subject, reportedAfter, isElsewhere });
  });
}

/** Languages are read in the class's own building. */
function subjectIn(seed: number, group: DemoGroup, day: Temporal.PlainDate, slot: number): string {
  if (slot === LANGUAGES && hasLanguages(day)) return '';
  return pick(SUBJECTS, seed, group.id, day.dayOfWeek, slot);
}

function buildingFor(subject: string): string {
  return SPECIAL_ROOMS[subject]?.charAt(0) ?? 'A';
}

function hasLanguages(day: Temporal.PlainDate): boolean {
  return day.dayOfWeek === 2 || day.dayOfWeek === 4;
}

interface Placed {
  readonly day: Temporal.PlainDate;
  readonly slot: number;
  readonly subject: string;
  readonly reportedAfter?: number | undefined;
  readonly isElsewhere?: boolean;
}

/** A place without a slot has no lesson. */
function lessonIn(seed: number, school: DemoSchool, group: DemoGroup, placed: Placed): readonly DemoLesson[] {
  const { day, slot, subject } = placed;
  const place = SLOTS[slot];
  if (place === undefined) return [];
  // Languages wait for the last class, and are over when the first goes to lunch.
  const later = group.kind === 'Klass' && chance(seed, group.id, 'later') < 0.3 ? 10 : 0;
  const plainTime = Temporal.PlainTime.from(place.start).add({ minutes: later });
  const startsAt = day.toZonedDateTime({ timeZone: TIME_ZONE, plainTime }).toInstant();
  return [
    {
      id: id(seed, group.id, day.toString(), slot),
      activity: id(seed, group.id, subject),
      subject,
      room: roomOf(seed, school, { group, subject }),
      type: slot === LUNCH ? 'Övrigt' : 'Undervisning',
      group,
      startsAt,
      endsAt: startsAt.add({ minutes: place.minutes }),
      minutes: place.minutes,
      isAfterLunch: slot === LUNCH + 1,
      isElsewhere: placed.isElsewhere === true,
      slot,
      isCancelled: slot !== LUNCH && chance(seed, group.id, day.toString(), slot, 'cancelled') < 0.015,
      reportedAfter: placed.reportedAfter,
    },
  ];
}
