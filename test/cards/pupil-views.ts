import type { WindowSums } from '../../services/attendance/window-sums.ts';
import { EVERYBODY } from '../../services/pupils/pupil-filter.ts';
import type { PupilLine, PupilListView } from '../../services/pupils/pupil-list-view.ts';
import type { PupilPageView } from '../../services/pupils/pupil-page-view.ts';
import { clockTime, guid, MONDAY } from '../support/small-school.ts';

export function pupilLine(name: string, more: Partial<PupilLine> = {}): PupilLine {
  return {
    pupilId: guid(1, 1),
    name,
    groupName: '8B',
    grade: 8,
    contactPerson: undefined,
    metrics: ['totalAbsence'],
    level: { key: 'investigation', name: 'Utredning' },
    isProposed: false,
    absence: { window: 'fourWeeks', total: 0.225, reporting: 0.9749 },
    overdue: 0,
    ...more,
  };
}

export function pupilList(pupils: readonly PupilLine[], more: Partial<PupilListView> = {}): PupilListView {
  return {
    schoolId: 'norr',
    schoolName: 'Norrskolan',
    day: MONDAY,
    filter: EVERYBODY,
    levels: [
      { key: 'investigation', name: 'Utredning' },
      { key: 'notice', name: 'Ser över' },
    ],
    grades: [7, 8, 9],
    groups: ['7A', '8B'],
    metrics: ['totalAbsence'],
    pupils,
    protectedPupils: [],
    ...more,
  };
}

const sums: WindowSums = {
  offeredMinutes: 1_000,
  reportedMinutes: 970,
  validMinutes: 120,
  invalidMinutes: 105,
  schoolDays: 20,
  lessonsMissed: 4,
  invalidLessons: 2,
  lateArrivals: 0,
  occasions: 2,
};

export function pupilPage(more: Partial<PupilPageView> = {}): PupilPageView {
  return {
    pupilId: guid(1, 1),
    name: 'Elin Berg',
    groupName: '8B',
    grade: 8,
    schoolName: 'Norrskolan',
    day: MONDAY,
    contactPerson: 'Eva Ek',
    weeks: [
      { monday: MONDAY.subtract({ days: 7 }), ...sums },
      { monday: MONDAY, ...sums, validMinutes: 0, invalidMinutes: 0 },
    ],
    windows: { fourWeeks: sums },
    daysInRow: 2,
    pattern: {
      overall: 0.2,
      places: [
        { weekday: 1, lessonNumber: 1, share: 0.6 },
        { weekday: 2, lessonNumber: 1, share: 0.1 },
        { weekday: 1, lessonNumber: 2, share: 0.25 },
      ],
      strongest: { weekday: 1, lessonNumber: 1, share: 0.6 },
      weekday: undefined,
      transition: { transition: 'afterBreak', share: 0.4 },
    },
    contacts: [
      {
        day: MONDAY,
        at: clockTime('09:12'),
        by: 'Bo Ek',
        outcome: 'reached',
        method: 'phone',
        counterpart: 'guardian',
      },
    ],
    moreContacts: 0,
    cases: [
      {
        levelName: 'Utredning',
        state: 'open',
        crossedDay: MONDAY,
        endedDay: undefined,
        steps: [
          {
            name: 'Enkel utredning',
            isFollowUp: false,
            state: 'open',
            isOverdue: true,
            hasLegalWeight: true,
            dueDay: MONDAY,
            doneDay: undefined,
            by: undefined,
          },
          {
            name: 'Samtal',
            isFollowUp: true,
            state: 'done',
            isOverdue: false,
            hasLegalWeight: false,
            dueDay: MONDAY,
            doneDay: MONDAY,
            by: 'Eva Ek',
          },
        ],
      },
    ],
    ...more,
  };
}
