import { Temporal } from 'temporal-polyfill';
import type { LessonFact, NoticeFact } from '../../../services/attendance/classify.ts';
import { lessonMinutes } from '../../../services/attendance/lesson-minutes.ts';

/** `HH:mm` on a Monday in Stockholm. */
export function at(time: string): Temporal.Instant {
  return Temporal.Instant.from(`2026-11-23T${time}+01:00`);
}

const PARTS = {
  here: { presentMinutes: 60 },
  late: { presentMinutes: 45, invalidMinutes: 15 },
  elsewhere: { elsewhereMinutes: 60 },
  leftWithLeave: { presentMinutes: 20, validMinutes: 40 },
  invalid: { invalidMinutes: 60 },
  valid: { validMinutes: 60 },
  mixed: { validMinutes: 30, invalidMinutes: 30 },
  unknown: undefined,
};

export type Part = keyof typeof PARTS | 'cancelled';

/** A lesson of an hour and what the teacher reported of the pupil. */
export function lesson(from: string, part: Part): LessonFact {
  const startsAt = at(from);
  const nothing = { presentMinutes: 0, validMinutes: 0, invalidMinutes: 0, elsewhereMinutes: 0 };
  const reported = part === 'cancelled' ? undefined : PARTS[part];
  const minutes = lessonMinutes(part === 'cancelled' ? 0 : 60, reported && { ...nothing, ...reported });
  return { ...minutes, startsAt, endsAt: startsAt.add({ minutes: 60 }) };
}

export function notice(from: string, to: string, kind: NoticeFact['kind'] = 'reported'): NoticeFact {
  return { kind, startsAt: at(from), endsAt: at(to) };
}
