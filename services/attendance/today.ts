import type { Temporal } from 'temporal-polyfill';
import type { LongTermLimits } from '../config/municipality.ts';
import type { Db } from '../storage/database.ts';
import { byPupil } from './by-pupil.ts';
import { classifyPupil, type PupilStatus } from './classify.ts';
import { daysInRow, isLongTerm } from './long-term.ts';
import { NO_MINUTES } from './rate.ts';
import { type History, readHistories } from './read-histories.ts';
import { readTodayFacts, type Scope, type TodayFacts } from './today-facts.ts';

export interface TodayQuery extends Scope {
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
export async function readToday({ db }: { readonly db: Db }, query: TodayQuery): Promise<SchoolToday> {
  const facts = await readTodayFacts(db, query);
  const ids = facts.pupils.map((pupil) => pupil.id);
  return todayOf(facts, await readHistories(db, ids, query.day), query);
}

/** The same from what has been read. */
export function todayOf(
  facts: TodayFacts,
  histories: ReadonlyMap<string, History>,
  query: Pick<TodayQuery, 'day' | 'now' | 'longTerm'>,
): SchoolToday {
  const today = standingsOf(facts, query.now);
  const pupils = today.pupils.map((pupil) => withHistory(pupil, histories.get(pupil.pupilId), query));
  return { ...today, pupils };
}

/** The same without the days before, for whoever only counts. */
export async function readStandings(
  { db }: { readonly db: Db },
  query: Scope,
): Promise<SchoolToday<PupilStanding>> {
  return standingsOf(await readTodayFacts(db, query), query.now);
}

function standingsOf(
  { pupils, lessons, ...facts }: TodayFacts,
  now: Temporal.Instant,
): SchoolToday<PupilStanding> {
  const parts = byPupil(facts.parts);
  const notices = byPupil(facts.notices);
  return {
    pupils: pupils.map(({ id, isProtected, hours }) => {
      const status = classifyPupil(parts.get(id) ?? [], notices.get(id) ?? [], now);
      return { pupilId: id, isProtected, hasLessons: hours !== undefined, ...status };
    }),
    lessonsStarted: lessons.length,
    lessonsReported: lessons.filter((lesson) => lesson.isReported).length,
    unreportedLessons: lessons
      .filter((lesson) => !lesson.isReported)
      .map(({ id, subject, startsAt }) => ({ lessonId: id, subject, startsAt })),
  };
}

function withHistory(
  pupil: PupilStanding,
  history: History | undefined,
  { day, longTerm }: Pick<TodayQuery, 'day' | 'longTerm'>,
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
