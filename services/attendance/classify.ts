import { Temporal } from 'temporal-polyfill';
import { type LessonMinutes, type LessonOutcome, lessonOutcome } from './lesson-minutes.ts';

/** One of a pupil's lessons today. */
export interface LessonFact extends LessonMinutes {
  readonly startsAt: Temporal.Instant;
  readonly endsAt: Temporal.Instant;
}

/** A guardian's report or granted leave; `endsAt` is exclusive. */
export interface NoticeFact {
  readonly kind: 'reported' | 'leave';
  readonly startsAt: Temporal.Instant;
  readonly endsAt: Temporal.Instant;
}

/** What explains an absence; `valid` where the teacher marked all of it as valid. */
export type Excuse = NoticeFact['kind'] | 'valid';

export interface PupilStatus {
  /**
   * `missing`: absent without notice. `reported`: absent, or said to be, and the school was told. `present`: here now.
   * `unknown`: lessons have started and nothing is reported. `noLessons`: none has started.
   */
  readonly status: 'missing' | 'reported' | 'present' | 'unknown' | 'noLessons';
  /** What explains it, where `reported`. */
  readonly notice: Excuse | undefined;
  /** Lessons started and reported in which the pupil was absent throughout, explained or not. */
  readonly lessonsMissed: number;
  /** Lessons the pupil came late to; whoever is here now after missing lessons without notice came late once more. */
  readonly lateArrivals: number;
  readonly lessonsStarted: number;
  readonly lessonsReported: number;
  /** Present in some reported lesson today. */
  readonly isSeen: boolean;
  /** When the first lesson began that was missed without any excuse; undefined where none was. */
  readonly firstMissedAt: Temporal.Instant | undefined;
}

interface Judged {
  readonly lesson: LessonFact;
  readonly outcome: LessonOutcome;
}

/**
 * Where a pupil stands at `now`. Only lessons that have started count, and the last one that is reported decides. Unknown
 * is neither absent nor present; a notice speaks where no teacher has.
 */
export function classifyPupil(
  lessons: readonly LessonFact[],
  notices: readonly NoticeFact[],
  now: Temporal.Instant,
): PupilStatus {
  const started = lessons
    .map((lesson): Judged => ({ lesson, outcome: lessonOutcome(lesson) }))
    .filter(({ lesson, outcome }) => outcome !== 'notOffered' && !isAfter(lesson.startsAt, now));
  const reported = started.filter(({ outcome }) => outcome !== 'unknown');
  const standing = reported.length > 0 ? lastReported(reported, notices) : toldOf(started, notices, now);
  const missed = reported.filter(({ outcome }) => outcome === 'missed');
  const unexcused = missed.filter(({ lesson }) => excuseOf(lesson, notices) === undefined);
  const cameAfterMissing = standing.status === 'present' && unexcused.length > 0;
  return {
    ...standing,
    lessonsMissed: missed.length,
    lateArrivals: reported.filter(({ outcome }) => outcome === 'late').length + (cameAfterMissing ? 1 : 0),
    lessonsStarted: started.length,
    lessonsReported: reported.length,
    isSeen: missed.length < reported.length,
    firstMissedAt: earliest(unexcused.map(({ lesson }) => lesson.startsAt)),
  };
}

type Standing = Pick<PupilStatus, 'status' | 'notice'>;

/** Of lessons that start together, presence in one is presence; and all that were missed have to be explained. */
function lastReported(reported: readonly Judged[], notices: readonly NoticeFact[]): Standing {
  const last = latest(reported);
  if (last.some(({ outcome }) => outcome !== 'missed')) return { status: 'present', notice: undefined };
  const excuses = last.map(({ lesson }) => excuseOf(lesson, notices));
  if (excuses.includes(undefined)) return { status: 'missing', notice: undefined };
  return { status: 'reported', notice: excuses[0] };
}

/** With nothing reported, a notice that covers now, or the lesson that started last, is what the school was told. */
function toldOf(started: readonly Judged[], notices: readonly NoticeFact[], now: Temporal.Instant): Standing {
  if (started.length === 0) return { status: 'noLessons', notice: undefined };
  const last = latest(started);
  const told = notices.find(
    (notice) => covers(notice, now) || last.some(({ lesson }) => overlaps(notice, lesson)),
  );
  return told === undefined
    ? { status: 'unknown', notice: undefined }
    : { status: 'reported', notice: told.kind };
}

function excuseOf(lesson: LessonFact, notices: readonly NoticeFact[]): Excuse | undefined {
  const notice = notices.find((each) => overlaps(each, lesson));
  if (notice !== undefined) return notice.kind;
  return lesson.invalidMinutes === 0 ? 'valid' : undefined;
}

function latest(lessons: readonly Judged[]): readonly Judged[] {
  const last = lessons.map(({ lesson }) => lesson.startsAt).reduce((a, b) => (isAfter(a, b) ? a : b));
  return lessons.filter(({ lesson }) => lesson.startsAt.equals(last));
}

function earliest(instants: readonly Temporal.Instant[]): Temporal.Instant | undefined {
  return instants.toSorted(Temporal.Instant.compare)[0];
}

function overlaps(notice: NoticeFact, lesson: LessonFact): boolean {
  return isAfter(lesson.endsAt, notice.startsAt) && isAfter(notice.endsAt, lesson.startsAt);
}

function covers(notice: NoticeFact, now: Temporal.Instant): boolean {
  return !isAfter(notice.startsAt, now) && isAfter(notice.endsAt, now);
}

function isAfter(a: Temporal.Instant, b: Temporal.Instant): boolean {
  return Temporal.Instant.compare(a, b) > 0;
}
