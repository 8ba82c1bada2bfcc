import { Temporal } from 'temporal-polyfill';
import { dayFactor, dayPlan, EXCUSED_LESSONS, type NoticeType, sharesOf } from './day-plan.ts';
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
  readonly type: NoticeType;
  readonly startsAt: Temporal.Instant;
  readonly endsAt: Temporal.Instant;
  readonly madeAt: Temporal.Instant;
}

/** What a late minute is of a lesson, on average. */
const LATE_SHARE = 0.23;

/** When a lesson is reported; undefined where it never is. About one in eight is not by the time of the morning card. */
export function reportedAt(seed: number, lesson: DemoLesson): Temporal.Instant | undefined {
  if (lesson.reportedAfter !== undefined) return lesson.startsAt.add({ minutes: lesson.reportedAfter });
  const luck = chance(seed, lesson.id, 'reported');
  const spread = chance(seed, lesson.id, 'spread');
  if (luck < 0.03) return undefined;
  if (luck < 0.12) return lesson.endsAt.add({ minutes: 20 + Math.round(spread * 160) });
  return lesson.startsAt.add({ minutes: 4 + Math.round(spread * 14) });
}

/**
 * What a pupil was in a lesson, once it is reported, as the student system has it `now`: absence is valid from when the school
 * is told of it.
 */
export function markOf(
  seed: number,
  pupil: DemoPupil,
  lesson: DemoLesson,
  at: { readonly day: Temporal.PlainDate; readonly now: Temporal.Instant },
): DemoMark {
  const { misses, notice, late, set } = dayPlan(seed, pupil, at.day);
  if (lesson.slot < misses) {
    return absent(lesson, notice !== undefined && Temporal.Instant.compare(notice.madeAt, at.now) <= 0);
  }
  if (lesson.slot < set) return present(lesson, lesson.slot === 0 ? late : 0);
  if (chance(seed, pupil.id, lesson.id, 'skipped') < skipChance(pupil, lesson, at.day)) {
    return absent(lesson, chance(seed, pupil.id, lesson.id, 'excused') < pupil.validShare * EXCUSED_LESSONS);
  }
  return present(lesson, lateMinutes(seed, pupil, lesson));
}

/** The notice of a day, if there is one; a report may come after the morning card. */
export function noticeOf(seed: number, pupil: DemoPupil, day: Temporal.PlainDate): DemoNotice | undefined {
  const { notice } = dayPlan(seed, pupil, day);
  if (notice === undefined) return undefined;
  const startsAt = day.toZonedDateTime(TIME_ZONE);
  return {
    ...notice,
    id: id(seed, pupil.id, day.toString(), 'notice'),
    pupil,
    startsAt: startsAt.toInstant(),
    endsAt: startsAt.add({ days: 1 }).subtract({ seconds: 1 }).toInstant(),
  };
}

function absent({ minutes }: DemoLesson, isValid: boolean): DemoMark {
  return { present: 0, valid: isValid ? minutes : 0, invalid: isValid ? 0 : minutes };
}

function present({ minutes }: DemoLesson, late: number): DemoMark {
  return { present: minutes - late, valid: 0, invalid: late };
}

/** Of whoever is here that day. */
function skipChance(pupil: DemoPupil, lesson: DemoLesson, day: Temporal.PlainDate): number {
  const { days, lessons } = sharesOf(pupil);
  const often = (pupil.absence * lessons) / (1 - pupil.absence * days);
  return often * dayFactor(day) * leaving(pupil, lesson);
}

/** Some lessons are left more often than others. About one over a week. */
function leaving({ isLostOnTheWay }: DemoPupil, lesson: DemoLesson): number {
  if (isLostOnTheWay) return lesson.isElsewhere ? 2.1 : 0.1;
  return lesson.isAfterLunch || lesson.subject === 'Idrott och hälsa' ? 1.8 : 0.75;
}

function lateMinutes(seed: number, pupil: DemoPupil, lesson: DemoLesson): number {
  const { days, late } = sharesOf(pupil);
  const often = (pupil.absence * late) / (1 - pupil.absence * days) / LATE_SHARE;
  if (chance(seed, pupil.id, lesson.id, 'late') >= often * (lesson.slot === 0 ? 2 : 0.7)) return 0;
  return 5 + Math.floor(chance(seed, pupil.id, lesson.id, 'minutes') * 16);
}
