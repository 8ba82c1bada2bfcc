import { Temporal } from 'temporal-polyfill';
import { dayAt } from '../clock.ts';
import type { School } from '../config/municipality.ts';
import { wallClock } from './due-times.ts';
import type { FollowUpRow } from './follow-up.ts';
import { isQuietAt } from './quiet-hours.ts';

/**
 * A step of the ladder of reminders, each taken at most once for a follow-up: `due`, and `again:t` where a try reached nobody
 * and the next was due at `t`, in milliseconds, go to whoever answers for it; `escalated` and `lastCheck` to the coordinator's channel.
 */
export type Rung = 'due' | `again:${number}` | 'escalated' | 'lastCheck';

/** What the ladder has to know of an open follow-up of today. */
export interface LadderItem
  extends Pick<FollowUpRow, 'id' | 'reason' | 'dueAt' | 'firstDueAt' | 'attempts' | 'responsibleStaffId'> {
  /** Rungs that have been taken. */
  readonly taken: ReadonlySet<string>;
}

export interface DueReminder {
  readonly followUpId: string;
  readonly rung: Rung;
  /** The person on the staff who is reminded; undefined where it is the coordinator's channel. */
  readonly staffId: string | undefined;
}

/**
 * Which rungs are to be taken now. From facts alone: after downtime every rung that was missed is taken once, late, and at
 * night, or on a day that the school is closed, none is. Time passing over a rung never takes another one back.
 */
export function remindersDue(
  school: School,
  items: readonly LadderItem[],
  now: Temporal.Instant,
): readonly DueReminder[] {
  if (isQuietAt(school, now)) return [];
  const day = dayAt(now, school);
  const times: LaterRungs = {
    escalate: wallClock(school, day, school.times.escalate),
    longTermEscalate: wallClock(school, day, school.ladder.longTermEscalate),
    lastCheck: wallClock(school, day, school.times.lastCheck),
  };
  return items.flatMap((item) =>
    rungsReached(times, item, now)
      .filter(({ rung }) => !item.taken.has(rung))
      .map(({ rung, staffId }) => ({ followUpId: item.id, rung, staffId })),
  );
}

/** When the rungs are reached that come at the school's own times, the same for every pupil. */
interface LaterRungs {
  readonly escalate: Temporal.Instant;
  readonly longTermEscalate: Temporal.Instant;
  readonly lastCheck: Temporal.Instant;
}

function rungsReached(
  { escalate, longTermEscalate, lastCheck }: LaterRungs,
  item: LadderItem,
  now: Temporal.Instant,
): readonly Omit<DueReminder, 'followUpId'>[] {
  const staffId = item.responsibleStaffId ?? undefined;
  const isLongTerm = item.reason === 'longTermAbsence';
  const rungs: Omit<DueReminder, 'followUpId'>[] = [];
  if (isReached(item.firstDueAt ?? item.dueAt, now)) {
    if (item.attempts === 0) rungs.push({ rung: 'due', staffId });
    else if (isReached(item.dueAt, now))
      rungs.push({ rung: `again:${item.dueAt.epochMilliseconds}`, staffId });
    if (isReached(isLongTerm ? longTermEscalate : escalate, now))
      rungs.push({ rung: 'escalated', staffId: undefined });
  }
  // Absence without a valid reason has to be told to guardians the same day (skollagen 7:17), however late it came to light.
  if (!isLongTerm && isReached(lastCheck, now)) {
    rungs.push({ rung: 'lastCheck', staffId: undefined });
  }
  return rungs;
}

function isReached(at: Temporal.Instant, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(now, at) >= 0;
}
