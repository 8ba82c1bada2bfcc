import { Temporal } from 'temporal-polyfill';
import type { DemoPupil } from './municipality.ts';
import { chance, id } from './random.ts';
import { type DemoLesson, TIME_ZONE } from './timetable.ts';

/** What the teacher wrote of one pupil, in minutes. */
export interface DemoMark {
  readonly present: number;
  readonly valid: number;
  readonly invalid: number;
}

/** A guardian's report or a granted leave of a whole day, and when it was made. */
export interface DemoNotice {
  readonly id: string;
  readonly pupil: DemoPupil;
  readonly type: 'Anmäld frånvaro' | 'Beviljad ledighet';
  readonly startsAt: Temporal.Instant;
  readonly endsAt: Temporal.Instant;
  readonly madeAt: Temporal.Instant;
}

/** Weeks in which half as many again are away. */
const FLU_WEEKS: ReadonlySet<number> = new Set([6, 7, 46, 47]);
/** Most of a pupil's absence comes in whole days; the rest is single lessons. */
const WHOLE_DAYS = 0.75;

/** When a lesson is reported; undefined where it never is. About one in eight is not by the time of the morning card. */
export function reportedAt(seed: number, lesson: DemoLesson): Temporal.Instant | undefined {
  const luck = chance(seed, lesson.id, 'reported');
  const spread = chance(seed, lesson.id, 'spread');
  if (luck < 0.03) return undefined;
  if (luck < 0.12) return lesson.endsAt.add({ minutes: 20 + Math.round(spread * 160) });
  return lesson.startsAt.add({ minutes: 4 + Math.round(spread * 14) });
}

/** What a pupil was in a lesson, once it is reported. */
export function markOf(
  seed: number,
  pupil: DemoPupil,
  lesson: DemoLesson,
  day: Temporal.PlainDate,
): DemoMark {
  const { minutes } = lesson;
  if (isAwayAllDay(seed, pupil, day)) {
    const isExcused = isReported(seed, pupil, day);
    return isExcused
      ? { present: 0, valid: minutes, invalid: 0 }
      : { present: 0, valid: 0, invalid: minutes };
  }
  if (chance(seed, pupil.id, lesson.id, 'skipped') < skipChance(pupil, lesson, day)) {
    const isExcused = chance(seed, pupil.id, lesson.id, 'excused') < pupil.validShare * 0.5;
    return isExcused
      ? { present: 0, valid: minutes, invalid: 0 }
      : { present: 0, valid: 0, invalid: minutes };
  }
  const late = lateMinutes(seed, pupil, lesson);
  return { present: minutes - late, valid: 0, invalid: late };
}

/** The notice of a day, if there is one; a report may come after the morning card. */
export function noticeOf(seed: number, pupil: DemoPupil, day: Temporal.PlainDate): DemoNotice | undefined {
  if (!isAwayAllDay(seed, pupil, day) || !isReported(seed, pupil, day)) return undefined;
  const isLeave = chance(seed, pupil.id, day.toString(), 'leave') < 0.06;
  const startsAt = day.toZonedDateTime(TIME_ZONE);
  return {
    id: id(seed, pupil.id, day.toString(), 'notice'),
    pupil,
    type: isLeave ? 'Beviljad ledighet' : 'Anmäld frånvaro',
    startsAt: startsAt.toInstant(),
    endsAt: startsAt.add({ days: 1 }).subtract({ seconds: 1 }).toInstant(),
    madeAt: isLeave ? startsAt.subtract({ days: 6 }).toInstant() : madeAt(seed, pupil, startsAt),
  };
}

/** Seven of ten before eight o'clock, as they should; the others while the morning goes on. */
function madeAt(seed: number, pupil: DemoPupil, midnight: Temporal.ZonedDateTime): Temporal.Instant {
  const day = midnight.toPlainDate().toString();
  const luck = chance(seed, pupil.id, day, 'when');
  const spread = chance(seed, pupil.id, day, 'minute');
  const [hour, from, length] = luck < 0.7 ? [6, 15, 100] : luck < 0.88 ? [8, 50, 65] : [11, 5, 30];
  return midnight.add({ hours: hour, minutes: from + Math.round(spread * length) }).toInstant();
}

/** Absence comes in spells: the more of it, the longer they are. */
function isAwayAllDay(seed: number, pupil: DemoPupil, day: Temporal.PlainDate): boolean {
  const length = spellLength(pupil.absence);
  const dayNumber = Math.floor(Temporal.PlainDate.from('2026-08-17').until(day).days);
  const offset = Math.floor(chance(seed, pupil.id, 'offset') * length);
  const spell = Math.floor((dayNumber + offset) / length);
  return chance(seed, pupil.id, spell, 'away') < pupil.absence * WHOLE_DAYS * dayFactor(day);
}

function spellLength(absence: number): number {
  if (absence > 0.5) return 21;
  if (absence > 0.3) return 7;
  return absence > 0.15 ? 3 : 1;
}

function dayFactor(day: Temporal.PlainDate): number {
  const flu = FLU_WEEKS.has(day.weekOfYear ?? 0) ? 1.5 : 1;
  return flu * (day.dayOfWeek === 1 || day.dayOfWeek === 5 ? 1.15 : 0.9);
}

function isReported(seed: number, pupil: DemoPupil, day: Temporal.PlainDate): boolean {
  return chance(seed, pupil.id, day.toString(), 'told') < pupil.validShare;
}

/** Some lessons are left more often than others. */
function skipChance(pupil: DemoPupil, lesson: DemoLesson, day: Temporal.PlainDate): number {
  const isHard = lesson.isAfterLunch || lesson.subject === 'Idrott och hälsa';
  return pupil.absence * (1 - WHOLE_DAYS) * dayFactor(day) * (isHard ? 1.8 : 0.8);
}

function lateMinutes(seed: number, pupil: DemoPupil, lesson: DemoLesson): number {
  const often = (lesson.isFirst ? 0.03 : 0.01) + pupil.absence * 0.1;
  if (chance(seed, pupil.id, lesson.id, 'late') >= often) return 0;
  return 5 + Math.floor(chance(seed, pupil.id, lesson.id, 'minutes') * 16);
}
