import { Temporal } from 'temporal-polyfill';
import type { School } from '../../services/config/municipality.ts';
import { acceptAll } from '../../services/routine/accept-case.ts';
import { openCases } from '../../services/routine/open-cases.ts';
import { routinesFrom } from '../services/routine/routines.ts';
import { startTestApp, type TestApp, type TestAppOptions } from '../support/app.ts';
import { absentDays, writeDaySums } from '../support/day-sums.ts';
import { COORDINATOR_CHANNEL, channelId, groupName, guid, pupilId } from '../support/small-school.ts';
import { emailOf, KARIN } from '../support/small-staff.ts';
import type { TeamsPlace } from '../support/teams-user.ts';

export const EHT_CHAT = '19:eht@thread.v2';
export const ehtChat: TeamsPlace = { id: EHT_CHAT, kind: 'groupChat' };
export const TUESDAY = '2026-11-24';
/** The meeting, at one. */
export const WEDNESDAY = '2026-11-25';
export const NEXT_TUESDAY = '2026-12-01';
export const NEXT_WEDNESDAY = '2026-12-02';

/** Two levels, of which the graver is EHT's, with what EHT ticks and decides. */
export const EHT_ROUTINE = `routines:
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
        eht: true
        when: [{ metric: totalAbsence, window: fourWeeks, over: 0.2 }]
        steps:
          - { key: letter, name: Brev hem, role: attendanceCoordinator, dueInSchoolDays: 0 }
          - { key: investigate, name: Enkel utredning, role: mentor, dueInSchoolDays: 10, legalWeight: investigationOpened }
    eht:
      checklist:
        - { key: heard, name: Eleven har fått berätta }
        - { key: mapped, name: Kartläggning gjord, levels: [investigation] }
      decisions:
        - { key: plan, name: Handlingsplan, dueInSchoolDays: 3 }
        - { key: meet, name: Möte med vårdnadshavare, dueInSchoolDays: 1 }
`;

export interface EhtApp extends TestApp {
  readonly config: School;
  /** Gives pupils these percentages of absence over four weeks up to a day, closes it, and accepts what is proposed. */
  absent(percents: Readonly<Record<number, number>>, day?: string): Promise<void>;
  /** Until the first meeting has begun, with its list from the day before. */
  untilMeeting(): Promise<void>;
}

export type EhtAppOptions = TestAppOptions & { readonly school?: Readonly<Record<string, unknown>> };

/** One school whose EHT meets on Wednesdays at one; Siv is in it, Rut is the principal, Karin the coordinator. */
export async function startEhtApp(options: EhtAppOptions = {}): Promise<EhtApp> {
  const { groups = 2, school: more = {}, ...rest } = options;
  const names = Array.from({ length: groups }, (_, index) => [groupName(index), channelId(index)]);
  const app = await startTestApp({
    ...rest,
    groups,
    municipality: {
      schools: [
        {
          id: 'norr',
          name: 'Norrskolan',
          organisation: guid(9, 1),
          roles: {
            attendanceCoordinators: [emailOf('Karin Koord')],
            principals: [emailOf('Rut Rektor')],
            ehtMembers: [emailOf('Siv Kurator')],
          },
          channels: {
            coordinator: COORDINATOR_CHANNEL,
            eht: EHT_CHAT,
            mentorGroups: Object.fromEntries(names),
          },
          eht: { weekday: 'wednesday', time: '13:00', from: '2026-08-26' },
          ...more,
        },
      ],
      ...options.municipality,
    },
    parts: { routines: routinesFrom(EHT_ROUTINE), ...options.parts },
  });
  const [config] = app.sedd.runs.schools.values();
  if (config === undefined) throw new Error('no school');
  app.clock.set('05:30');
  await app.run('roster');
  return Object.assign(app, {
    config,
    absent: async (percents: Readonly<Record<number, number>>, iso = '2026-11-23') => {
      const day = Temporal.PlainDate.from(iso);
      const sums = Object.entries(percents).flatMap(([pupil, percent]) =>
        absentDays(pupilId(Number(pupil)), percent, day),
      );
      await writeDaySums(app.storage.db, sums);
      app.clock.set('17:30', iso);
      const { runs } = app.sedd;
      if (runs.routine === undefined) throw new Error('no routine');
      const deps = { ...runs, ...runs.routine };
      await openCases(deps, config, day);
      const actor = { id: 'entra-Karin Koord', name: 'Karin Koord', staffId: KARIN };
      await acceptAll(deps, { school: config, actor, conversationId: COORDINATOR_CHANNEL });
      await app.settled();
    },
    untilMeeting: async () => {
      await app.until('14:00', TUESDAY);
      app.clock.set('13:05', WEDNESDAY);
    },
  });
}

/** What EHT’s services work with. */
export function ehtDeps({ sedd: { runs } }: TestApp) {
  if (runs.eht === undefined) throw new Error('no EHT');
  return { ...runs, ...runs.eht };
}
