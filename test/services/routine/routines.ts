import type { WindowSums } from '../../../services/attendance/window-sums.ts';
import { parseRoutines } from '../../../services/config/load-routine.ts';
import type { Routine, RoutineRule } from '../../../services/config/routine.ts';
import type { PupilFacts } from '../../../services/routine/crossings.ts';

/** Two levels of total absence over four weeks, with steps of each kind. */
export const ROUTINE = `routines:
  - validFrom: 2026-08-01
    name: Rutin
    ceasedAfterSchoolDays: 3
    levels:
      - key: notice
        name: Ser över
        when: [{ metric: totalAbsence, window: fourWeeks, over: 0.1 }]
        steps:
          - { key: look, name: Ser över, role: mentor, dueInSchoolDays: 5 }
      - key: investigation
        name: Utredning
        when: [{ metric: totalAbsence, window: fourWeeks, over: 0.2 }]
        steps:
          - { key: letter, name: Brev, role: attendanceCoordinator, dueInSchoolDays: 2 }
          - key: investigate
            name: Enkel utredning
            role: mentor
            dueInSchoolDays: 10
            followUpInDays: 14
            legalWeight: investigationOpened
`;

export function routinesFrom(text = ROUTINE): readonly Routine[] {
  return parseRoutines(text, 'routine.yaml');
}

/** A routine with one level, of one rule. */
export function routineOf(rule: RoutineRule): Routine {
  return {
    validFrom: '2026-08-01',
    name: 'Rutin',
    ceasedAfterSchoolDays: 10,
    levels: [{ key: 'level', name: 'Nivå', when: [rule], steps: [] }],
  };
}

/** Twenty school days of five hours, without absence where not said otherwise. */
export function windowSums(more: Partial<WindowSums> = {}): WindowSums {
  return {
    offeredMinutes: 6_000,
    reportedMinutes: 6_000,
    validMinutes: 0,
    invalidMinutes: 0,
    schoolDays: 20,
    lessonsMissed: 0,
    invalidLessons: 0,
    lateArrivals: 0,
    occasions: 0,
    ...more,
  };
}

export function facts(more: Partial<WindowSums> = {}, daysInRow = 0): PupilFacts {
  const sums = windowSums(more);
  return {
    sums: {
      pupilId: 'p1',
      isProtected: false,
      daysInRow,
      windows: { today: sums, fourWeeks: sums, month: sums, term: sums, schoolYear: sums },
    },
    subjects: {},
  };
}
