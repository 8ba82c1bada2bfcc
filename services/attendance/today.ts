import { Temporal } from 'temporal-polyfill';
import type { LongTermLimits } from '../config/municipality.ts';
import type { Db } from '../storage/database.ts';
import { classifyPupil, type LessonFact, type PupilStatus } from './classify.ts';
import { daysInRow, isLongTerm } from './long-term.ts';
import { NO_MINUTES } from './rate.ts';
import { type History, readHistories } from './read-histories.ts';
import { type Part, readTodayFacts, type TodaysLesson } from './today-facts.ts';

export interface StandingQuery {
  readonly schoolId: string;
  readonly day: Temporal.PlainDate;
  /** Lessons that start after this do not count yet. */
  readonly now: Temporal.Instant;
  /** Only this group's pupils, and those followed up in it on the day, and the lessons that concern them. */
  readonly groupId?: string | undefined;
  /** Only these pupils. */
  readonly pupilIds?: readonly string[] | undefined;
}

export interface TodayQuery extends StandingQuery {
  readonly longTerm: LongTermLimits;
}

/** A school's day as it stands, of pupils who have not left. */
export interface SchoolToday<P extends PupilStanding = PupilToday> {
  readonly pupils: readonly P[];
  /** Lessons that have started and are offered to somebody here. */
  readonly lessonsStarted: number;
  /** Those in which at least one pupil, of whatever group, is reported. */
  readonly lessonsReported: number;
  /** Those in which nobody is, in order of time. */
  readonly unreportedLessons: readonly UnreportedLesson[];
}

export interface UnreportedLesson {
  readonly lessonId: string;
  readonly subject: string;
  readonly startsAt: Temporal.Instant;
}

/** Where a pupil stands. Ids only: names are resolved last, by whoever may show them. */
export interface PupilStanding extends PupilStatus {
  readonly pupilId: string;
  readonly isProtected: boolean;
  /** Something is offered today, now or later. */
  readonly hasLessons: boolean;
}

/** The same with what the days before say. */
export interface PupilToday extends PupilStanding {
  /** School days in a row with absence in every reported lesson; today counts where something is reported. */
  readonly daysInRow: number;
  readonly isLongTerm: boolean;
}

/** Classifies the pupils of a school, or of one of its groups, from what is stored. */
export async function readToday(deps: { readonly db: Db }, query: TodayQuery): Promise<SchoolToday> {
  const today = await readStandings(deps, query);
  const ids = today.pupils.map((pupil) => pupil.pupilId);
  const histories = await readHistories(deps.db, ids, query.day);
  const pupils = today.pupils.map((pupil) => withHistory(pupil, histories.get(pupil.pupilId), query));
  return { ...today, pupils };
}

/** The same without the days before, for whoever only counts. */
export async function readStandings(
  { db }: { readonly db: Db },
  query: StandingQuery,
): Promise<SchoolToday<PupilStanding>> {
  const { pupils, lessons, ...facts } = await readTodayFacts(db, query);
  const started = lessons.filter((lesson) => Temporal.Instant.compare(lesson.startsAt, query.now) <= 0);
  const parts = byPupil(facts.parts);
  const notices = byPupil(facts.notices);
  const lessonById = new Map(started.map((lesson) => [lesson.id, lesson]));
  return {
    pupils: pupils.map(({ id, isProtected }) => {
      const own = parts.get(id) ?? [];
      const status = classifyPupil(lessonFacts(own, lessonById), notices.get(id) ?? [], query.now);
      return { pupilId: id, isProtected, hasLessons: own.length > 0, ...status };
    }),
    lessonsStarted: started.length,
    lessonsReported: started.filter((lesson) => lesson.isReported).length,
    unreportedLessons: started
      .filter((lesson) => !lesson.isReported)
      .map(({ id, subject, startsAt }) => ({ lessonId: id, subject, startsAt })),
  };
}

function withHistory(
  pupil: PupilStanding,
  history: History | undefined,
  { day, longTerm }: TodayQuery,
): PupilToday {
  const today = { day, lessonsReported: pupil.lessonsReported, lessonsMissed: pupil.lessonsMissed };
  const { window = NO_MINUTES, windowDays = 0, absentDays = [] } = history ?? {};
  const inRow = daysInRow([...absentDays, today], day);
  return {
    ...pupil,
    daysInRow: inRow,
    isLongTerm: isLongTerm({ window, windowDays, daysInRow: inRow }, longTerm),
  };
}

function lessonFacts(
  parts: readonly Part[],
  lessons: ReadonlyMap<string, TodaysLesson>,
): readonly LessonFact[] {
  return parts.flatMap((part) => {
    const lesson = lessons.get(part.lessonId);
    return lesson === undefined ? [] : [{ ...part, startsAt: lesson.startsAt, endsAt: lesson.endsAt }];
  });
}

function byPupil<T extends { readonly pupilId: string }>(
  rows: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const grouped = new Map<string, T[]>();
  for (const row of rows) {
    const own = grouped.get(row.pupilId);
    if (own === undefined) grouped.set(row.pupilId, [row]);
    else own.push(row);
  }
  return grouped;
}
