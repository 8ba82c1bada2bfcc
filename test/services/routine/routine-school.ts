import { Temporal } from 'temporal-polyfill';
import type { School } from '../../../services/config/municipality.ts';
import type { Routine } from '../../../services/config/routine.ts';
import { importRoster } from '../../../services/people/import-roster.ts';
import { type OpenedCases, openCases } from '../../../services/routine/open-cases.ts';
import type { CaseRow, StepRow } from '../../../services/routine/routine-case.ts';
import type { RoutineDeps } from '../../../services/routine/routine-deps.ts';
import type { Storage } from '../../../services/storage/database.ts';
import type { TestEngine } from '../../support/databases.ts';
import { absentDays, writeDaySums } from '../../support/day-sums.ts';
import { ANNA, BO, EVA, emailOf, KARIN, rosterStaff } from '../../support/small-staff.ts';
import { group, protectedPupil, pupil, roster } from '../people/roster-data.ts';
import { municipalityWith } from '../schedule/schools.ts';
import { routinesFrom } from './routines.ts';

export const MONDAY = Temporal.PlainDate.from('2026-11-23');

export const karin = {
  actor: { id: 'entra-karin', name: 'Karin Koord', staffId: KARIN },
  conversationId: '19:coordinator',
};

/** A school with pupils p1, p2 and the protected p3; Anna is their mentor, Karin the coordinator. */
export interface RoutineSchool {
  readonly storage: Storage;
  readonly deps: RoutineDeps;
  readonly school: School;
  routines: readonly Routine[];
  /** Cases that whatever shows them was told of. */
  readonly told: string[];
  /** Gives a pupil this percentage of absence on each weekday of the four weeks, or of so many days, up to `lastDay`. */
  absent(pupilId: string, percent: number, lastDay?: Temporal.PlainDate, days?: number): Promise<void>;
  /** Closes the day, at half past five. */
  evaluate(day?: Temporal.PlainDate): Promise<OpenedCases>;
  at(day: Temporal.PlainDate): void;
  cases(): Promise<readonly CaseRow[]>;
  caseOf(pupilId: string, level: string): Promise<CaseRow>;
  steps(): Promise<readonly StepRow[]>;
  stepOf(key: string, isFollowUp?: boolean): Promise<StepRow>;
  audited(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export async function openRoutineSchool(engine: TestEngine): Promise<RoutineSchool> {
  const storage = await engine.open();
  const { db } = storage;
  const staff = [
    { id: ANNA, name: 'Anna Berg', groups: [] },
    { id: BO, name: 'Bo Ek', groups: [] },
    { id: EVA, name: 'Eva Ek', groups: [] },
    { id: KARIN, name: 'Karin Koord', groups: [] },
  ].map(rosterStaff);
  await importRoster(
    { db },
    'hub',
    roster({
      pupils: [pupil('p1', 'norr'), pupil('p2', 'norr'), protectedPupil('p3', 'norr')],
      staff,
      groups: [group('8A', ['p1', 'p2', 'p3'], { schoolId: 'norr', mentorIds: [ANNA] })],
    }),
  );
  const municipality = municipalityWith({
    schools: [
      {
        id: 'norr',
        name: 'Norrskolan',
        organisation: '00000000-0000-4000-8000-000000000001',
        roles: { attendanceCoordinators: [emailOf('Karin Koord')] },
      },
    ],
  });
  const [school] = municipality.schools;
  if (school === undefined) throw new Error('no school');
  const told: string[] = [];
  let now = Temporal.Instant.from('2026-11-23T16:30:00Z');
  const deps = {
    db,
    clock: { now: () => now },
    municipality,
    routines: routinesFrom(),
    onCase: async (_db: unknown, found: CaseRow) => void told.push(found.id),
  };
  const own: RoutineSchool = {
    storage,
    deps,
    school,
    told,
    get routines() {
      return deps.routines;
    },
    set routines(routines) {
      deps.routines = routines;
    },
    absent: async (pupilId, percent, lastDay = MONDAY, count = 28) =>
      await writeDaySums(db, absentDays(pupilId, percent, lastDay, count)),
    at: (day) => {
      now = Temporal.Instant.from(`${day}T16:30:00Z`);
    },
    evaluate: async (day = MONDAY) => {
      own.at(day);
      return await openCases(deps, school, day);
    },
    cases: () => db.selectFrom('routineCase').selectAll().orderBy('pupilId').orderBy('proposedAt').execute(),
    caseOf: (pupilId, level) =>
      db
        .selectFrom('routineCase')
        .selectAll()
        .where('pupilId', '=', pupilId)
        .where('level', '=', level)
        .executeTakeFirstOrThrow(),
    steps: () => db.selectFrom('routineStep').selectAll().orderBy('round').orderBy('key').execute(),
    stepOf: async (key, isFollowUp = false) =>
      await db
        .selectFrom('routineStep')
        .selectAll()
        .where('key', '=', key)
        .where('isFollowUp', '=', isFollowUp)
        .orderBy('round', 'desc')
        .limit(1)
        .executeTakeFirstOrThrow(),
    audited: async () => {
      const rows = await db.selectFrom('audit').select(['action', 'actorId']).orderBy('id').execute();
      return rows.map((row) => `${row.action} ${row.actorId}`);
    },
    close: () => storage.close(),
  };
  return own;
}
