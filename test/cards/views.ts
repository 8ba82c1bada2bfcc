import type { FollowUpLine } from '../../services/follow-up/follow-up-line.ts';
import type { MorningView, PupilLine } from '../../services/morning/morning-view.ts';
import type { SchoolMorningView } from '../../services/morning/school-morning-view.ts';
import { clockTime, groupId, guid, MONDAY, pupilId } from '../support/small-school.ts';

const followUp = { id: guid(6, 0), version: 0 } as const;

export const OPEN: FollowUpLine = {
  ...followUp,
  state: 'open',
  dueAt: clockTime('12:00'),
  tried: undefined,
};
export const CLOSED: FollowUpLine = { ...followUp, state: 'closed' };

export function contacted(
  by: string,
  time: string,
  more: Partial<Extract<FollowUpLine, { state: 'contacted' }>> = {},
): FollowUpLine {
  const at = clockTime(time);
  return {
    ...followUp,
    version: 1,
    state: 'contacted',
    by,
    at,
    on: undefined,
    method: undefined,
    counterpart: undefined,
    ...more,
  };
}

/** Somebody has tried and reached nobody. */
export function tried(by: string, time: string, again: string): FollowUpLine {
  return {
    ...followUp,
    version: 1,
    state: 'open',
    dueAt: clockTime(again),
    tried: { by, at: clockTime(time) },
  };
}

/** A pupil of whom there is nothing to say but the name. */
export function pupil(name: string, more: Partial<PupilLine> = {}): PupilLine {
  return {
    pupilId: pupilId(0),
    name,
    notice: undefined,
    lessonsMissed: 0,
    lateArrivals: 0,
    daysInRow: 0,
    isLongTerm: false,
    followUp: undefined,
    ...more,
  };
}

/** Somebody who missed the first lesson and is to be contacted. */
export function missing(name: string, more: Partial<PupilLine> = {}): PupilLine {
  return pupil(name, { lessonsMissed: 1, daysInRow: 1, followUp: OPEN, ...more });
}

export function reported(name: string, more: Partial<PupilLine> = {}): PupilLine {
  return pupil(name, { notice: 'reported', ...more });
}

export function lesson(subject: string, time: string): MorningView['unreportedLessons'][number] {
  return { subject, startsAt: clockTime(time) };
}

/** A group of which everyone is here, every lesson reported. */
export function morningView(more: Partial<MorningView> = {}): MorningView {
  return {
    schoolId: 'norr',
    schoolName: 'Norrskolan',
    groupId: groupId(1),
    groupName: '8C',
    day: MONDAY,
    timeZone: 'Europe/Stockholm',
    dataAt: clockTime('08:45'),
    missing: [],
    notSeenYet: [],
    reported: [],
    unreportedLessons: [],
    quality: { lessonsStarted: 2, lessonsReported: 2, lateArrivals: 0 },
    ...more,
  };
}

/** A school whose cards are out and have arrived. */
export function schoolView(more: Partial<SchoolMorningView> = {}): SchoolMorningView {
  return {
    schoolId: 'norr',
    schoolName: 'Norrskolan',
    day: MONDAY,
    timeZone: 'Europe/Stockholm',
    dataAt: clockTime('08:45'),
    state: 'released',
    heldFor: [],
    releasedBy: undefined,
    missing: 12,
    reported: 15,
    toContact: 9,
    contacted: 4,
    lessonsStarted: 30,
    lessonsReported: 28,
    protectedFollowUps: 0,
    delivery: { groups: 9, delivered: 9, failed: [] },
    ...more,
  };
}
