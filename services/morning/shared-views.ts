import type { Temporal } from 'temporal-polyfill';
import type { School } from '../config/municipality.ts';
import { type Moment, thisMoment } from '../posts/moments.ts';
import type { WantedPost } from '../posts/post.ts';
import type { Db } from '../storage/database.ts';
import type { MorningView } from './morning-view.ts';
import { readMorningView, readMorningViews } from './read-morning-view.ts';

/** Fewer waiting cards than these are read each by itself: for them a whole school is too much. */
const LEAST_ALIKE = 6;
/** Cards come school by school; more than these are not at work at once. */
const MOST_SCHOOLS = 4;

interface Reading {
  readonly day: Temporal.PlainDate;
  readonly beganAt: Moment;
  readonly views: Promise<(groupId: string) => MorningView | undefined>;
}

export type ReadMorning = (
  school: School,
  groupId: string,
  day: Temporal.PlainDate,
  wanted: Pick<WantedPost, 'seenAt' | 'alike'>,
) => Promise<MorningView | undefined>;

/**
 * Reads what groups' cards show, a whole school at once where many of its cards wait. What was read so serves the posts that
 * had been seen before the reading began: everything that they are wanted for is in it.
 */
export function shareMorningViews(db: Db): ReadMorning {
  const readings = new Map<string, Reading>();

  function begin(school: School, day: Temporal.PlainDate): Reading {
    const beganAt = thisMoment();
    // As one: on the database of this process each statement would have to wait for its turn.
    const views = db.transaction().execute((trx) => readMorningViews({ db: trx }, school, day));
    const reading = { day, beganAt, views };
    readings.delete(school.id);
    readings.set(school.id, reading);
    for (const [id] of [...readings].slice(0, -MOST_SCHOOLS)) readings.delete(id);
    // Whoever waits for it is told; the next card is read anew.
    reading.views.catch(() => readings.delete(school.id));
    return reading;
  }

  return async (school, groupId, day, { seenAt, alike }) => {
    const known = readings.get(school.id);
    // The last of them: nothing of the school is kept.
    if (alike === 0) readings.delete(school.id);
    if (known !== undefined && known.beganAt > seenAt && known.day.equals(day))
      return (await known.views)(groupId);
    if (alike < LEAST_ALIKE) return await readMorningView({ db }, school, groupId, day);
    return (await begin(school, day).views)(groupId);
  };
}
