import { Temporal } from 'temporal-polyfill';
import type { LadderItem } from '../../../services/follow-up/ladder.ts';
import { clockTime } from '../../support/small-school.ts';
import { ANNA } from '../../support/small-staff.ts';

export const WEDNESDAY = Temporal.PlainDate.from('2026-11-25');

export function at(time: string, day = WEDNESDAY): Temporal.Instant {
  return clockTime(time, day);
}

/** A pupil missed without notice, due at ten, of whom nobody has been reminded. */
export function itemOf(more: Partial<LadderItem> = {}): LadderItem {
  return {
    id: 'follow-up',
    reason: 'unreportedAbsence',
    dueAt: at('10:00'),
    firstDueAt: at('10:00'),
    attempts: 0,
    responsibleStaffId: ANNA,
    isUnreported: true,
    taken: new Set(),
    ...more,
  };
}
