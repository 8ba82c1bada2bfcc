import type { Temporal } from 'temporal-polyfill';
import type { FollowUpRow } from '../../../services/follow-up/follow-up.ts';
import type { ContactRow } from '../../../services/follow-up/standing.ts';
import { clockTime, MONDAY, pupilId } from '../../support/small-school.ts';

/** A follow-up that has just been opened. */
export function followUpRow(more: Partial<FollowUpRow> = {}): FollowUpRow {
  return {
    id: 'f1',
    pupilId: pupilId(0),
    schoolId: 'norr',
    groupId: null,
    day: MONDAY,
    reason: 'unreportedAbsence',
    state: 'open',
    responsibleStaffId: null,
    responsibleRole: null,
    responsibleVersion: 0,
    openedAt: clockTime('08:45'),
    dueAt: clockTime('10:00'),
    firstDueAt: clockTime('10:00'),
    firstMissedAt: clockTime('08:10'),
    contactedAt: null,
    contactedById: null,
    contactedByName: null,
    contactId: null,
    method: null,
    counterpart: null,
    attempts: 0,
    lastAttemptAt: null,
    lastAttemptByName: null,
    closedAt: null,
    closedReason: null,
    correctedAt: null,
    correctedReason: null,
    version: 1,
    ...more,
  };
}

/** A try of Anna's at that time; `notReached` is due again in an hour. */
export function contactRow(
  id: string,
  time: string,
  outcome: 'reached' | 'notReached',
  more: Partial<ContactRow> = {},
): ContactRow {
  const at: Temporal.Instant = clockTime(time);
  return {
    id,
    followUpId: 'f1',
    pupilId: pupilId(0),
    schoolId: 'norr',
    day: MONDAY,
    outcome,
    method: null,
    counterpart: null,
    actorId: 'anna',
    actorName: 'Anna Berg',
    staffId: null,
    at,
    dueAgainAt: outcome === 'notReached' ? at.add({ hours: 1 }) : null,
    conversationId: 'c1',
    baseVersion: 1,
    undoneAt: null,
    undoneById: null,
    undoneByName: null,
    ...more,
  };
}
