import { Temporal } from 'temporal-polyfill';
import type { EhtLine, EhtListView } from '../../services/eht/list-view.ts';
import type { EhtDecisionLine, EhtPupilView } from '../../services/eht/pupil-view.ts';
import type { EhtReminderView } from '../../services/eht/reminder-view.ts';
import type { EhtSummaryView } from '../../services/eht/summary-view.ts';
import { NO_STEPS } from '../../services/routine/compliance.ts';
import { clockTime, pupilId } from '../support/small-school.ts';

export const WEDNESDAY = Temporal.PlainDate.from('2026-11-25');

export function ehtLine(more: Partial<EhtLine> = {}): EhtLine {
  return {
    pupilId: pupilId(1),
    name: 'Elev *1*',
    groupName: '8A',
    section: 'carried',
    isTakenUp: false,
    level: 'Enkel utredning',
    fourWeeks: { absence: 0.225, valid: 0.2, invalid: 0.025, reporting: 0.97 },
    contactPerson: 'Anna Berg',
    steps: { done: 1, due: 2, overdue: 1 },
    decisions: { open: 2, overdue: 1 },
    news: { levels: ['Fördjupad utredning'], stepsDone: 1, asksToClose: true },
    ...more,
  };
}

export function ehtList(more: Partial<EhtListView> = {}): EhtListView {
  return {
    schoolId: 'norr',
    schoolName: 'Norrskolan',
    day: WEDNESDAY,
    startsAt: clockTime('13:00', WEDNESDAY),
    state: 'open',
    closedAt: undefined,
    closedBy: undefined,
    previousDay: WEDNESDAY.subtract({ days: 7 }),
    asOf: WEDNESDAY.subtract({ days: 1 }),
    compliance: {
      sinceLast: { ...NO_STEPS, steps: 15, onTime: 12, late: 1, overdue: 1, open: 1 },
      term: { ...NO_STEPS, steps: 40, onTime: 30, late: 10 },
    },
    pupils: [ehtLine()],
    protectedPupils: 1,
    ...more,
  };
}

export function ehtDecision(more: Partial<EhtDecisionLine> = {}): EhtDecisionLine {
  return {
    id: pupilId(90),
    version: 1,
    name: 'Handlingsplan',
    owner: 'Rut Rektor',
    day: WEDNESDAY,
    dueDay: WEDNESDAY.add({ days: 5 }),
    state: 'open',
    doneBy: undefined,
    doneDay: undefined,
    isEarlier: false,
    ...more,
  };
}

export function ehtPupil(more: Partial<EhtPupilView> = {}): EhtPupilView {
  return {
    line: ehtLine(),
    list: ehtList(),
    place: { number: 2, of: 12 },
    previousId: pupilId(0),
    nextId: pupilId(2),
    levels: [{ name: 'Enkel utredning', since: WEDNESDAY.subtract({ days: 13 }) }],
    term: { absence: 0.18, valid: 0.18, invalid: 0, reporting: 1 },
    steps: [
      {
        id: pupilId(50),
        version: 3,
        name: 'Brev hem',
        isFollowUp: false,
        state: 'overdue',
        dueDay: WEDNESDAY.subtract({ days: 2 }),
        doneDay: undefined,
        owner: 'Karin Koord',
        hasLegalWeight: true,
        waitsFor: undefined,
      },
      {
        id: pupilId(51),
        version: 2,
        name: 'Samtal',
        isFollowUp: true,
        state: 'done',
        dueDay: WEDNESDAY,
        doneDay: WEDNESDAY.subtract({ days: 3 }),
        owner: undefined,
        hasLegalWeight: false,
        waitsFor: undefined,
      },
    ],
    points: [
      { key: 'heard', name: 'Eleven har fått berätta', ticked: { by: 'Siv Kurator', day: WEDNESDAY } },
      { key: 'mapped', name: 'Kartläggning gjord', ticked: undefined },
    ],
    decisions: [ehtDecision()],
    offered: [{ key: 'meet', name: 'Möte med vårdnadshavare' }],
    people: [{ address: 'rut.rektor@skola.example', name: 'Rut Rektor', teamsId: undefined }],
    ...more,
  };
}

export function ehtSummary(more: Partial<EhtSummaryView> = {}): EhtSummaryView {
  return {
    schoolId: 'norr',
    schoolName: 'Norrskolan',
    day: WEDNESDAY,
    closedAt: clockTime('13:55', WEDNESDAY),
    closedBy: 'Siv Kurator',
    takenUp: [
      {
        pupilId: pupilId(1),
        name: 'Elev *1*',
        groupName: '8A',
        steps: [{ name: 'Brev hem', state: 'done' }],
        decisions: [ehtDecision(), ehtDecision({ state: 'done', doneBy: 'Rut Rektor', doneDay: WEDNESDAY })],
      },
    ],
    passedOver: [{ name: 'Elev 2', groupName: '' }],
    protectedPupils: 2,
    ...more,
  };
}

export function ehtReminder(more: Partial<EhtReminderView> = {}): EhtReminderView {
  return {
    schoolId: 'norr',
    schoolName: 'Norrskolan',
    day: WEDNESDAY,
    owner: { address: 'rut.rektor@skola.example', name: 'Rut Rektor', teamsId: '29:rut' },
    lines: [{ pupilName: 'Elev *1*', groupName: '8A', decision: ehtDecision() }],
    ...more,
  };
}

/** As long as a name may be, with what a card would take for formatting. */
export const LONG =
  'Åsa-Märta Öberg Ängström af Långnamn till Ännu Längre *_[]_* och Så Vidare i All Evighet Amen';
export const LONG_NAME = LONG.slice(0, 80);

export function closedList(): EhtListView {
  return ehtList({ state: 'closed', closedAt: clockTime('13:55', WEDNESDAY), closedBy: 'Siv Kurator' });
}

/** The first step of `ehtPupil`. */
export function ehtStep(): EhtPupilView['steps'][number] {
  const [step] = ehtPupil().steps;
  if (step === undefined) throw new Error('no step');
  return step;
}
