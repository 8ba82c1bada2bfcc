import type { Insertable } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import { schoolDayAfter } from '../calendar/school-days.ts';
import type { School, SchoolCalendar } from '../config/municipality.ts';
import type { Routine, StepRole } from '../config/routine.ts';
import { batches } from '../storage/batches.ts';
import type { Db } from '../storage/database.ts';
import type { RoutineStepTable } from '../storage/tables/routine.ts';
import type { OwnerOf } from './owners.ts';
import type { CaseRow, StepRow } from './routine-case.ts';

type NewStep = Insertable<RoutineStepTable>;

/** What steps are made from, the same for a whole school and day. */
export interface StepMaking {
  readonly routine: Routine;
  readonly day: Temporal.PlainDate;
  readonly school: Pick<School, 'calendar'>;
  readonly ownerOf: OwnerOf;
}

/** The steps of a case that is being proposed, as the routine in force says; nobody is asked for them yet. */
export function proposedSteps(found: CaseRow, making: StepMaking): readonly NewStep[] {
  const level = making.routine.levels.find(({ key }) => key === found.level);
  return (level?.steps ?? []).map((step, place) => ({
    caseId: found.id,
    round: found.round,
    key: step.key,
    place,
    pupilId: found.pupilId,
    schoolId: found.schoolId,
    level: found.level,
    routineValidFrom: found.routineValidFrom,
    role: step.role,
    dueInSchoolDays: step.dueInSchoolDays,
    followUpInDays: step.followUpInDays ?? null,
    legalWeight: step.legalWeight ?? null,
    kind: step.kind ?? null,
    state: 'proposed',
    ...dueFrom(making.school.calendar, making.day, step.dueInSchoolDays),
    ...ownerColumns(making.ownerOf, found.pupilId, step.role),
  }));
}

/** When and by whom a step is to be done, as of the day that its case is accepted. */
export function openedStep(
  step: StepRow,
  making: Pick<StepMaking, 'day' | 'school' | 'ownerOf'>,
): Pick<StepRow, 'dueDay' | 'firstDueDay' | 'ownerStaffId' | 'ownerAddress' | 'ownerRole' | 'givenVersion'> {
  return {
    givenVersion: step.version + 1,
    ...dueFrom(making.school.calendar, making.day, step.dueInSchoolDays),
    ...ownerColumns(making.ownerOf, step.pupilId, step.role as StepRole),
  };
}

/** The look back at a step that is done; undefined where it asks for none. It falls due on a school day. */
export function followUpStep(
  step: StepRow,
  done: { readonly day: Temporal.PlainDate; readonly at: Temporal.Instant },
  calendar: SchoolCalendar,
): NewStep | undefined {
  if (step.followUpInDays === null || step.isFollowUp) return undefined;
  const { id: _id, version: _version, ...same } = step;
  const dueDay = schoolDayAfter(calendar, done.day.add({ days: step.followUpInDays }), 0);
  return {
    ...same,
    isFollowUp: true,
    followUpInDays: null,
    legalWeight: null,
    kind: null,
    givenVersion: 1,
    state: 'open',
    firstDueDay: dueDay,
    dueDay,
    openedAt: done.at,
    doneDay: null,
    endedAt: null,
    endedById: null,
    endedByName: null,
    reason: null,
  };
}

/** Each row takes some twenty-five of the parameters that a statement may have. */
const ROWS_AT_ONCE = 500;

export async function insertSteps(db: Db, steps: readonly NewStep[]): Promise<void> {
  for (const batch of batches(steps, ROWS_AT_ONCE))
    await db.insertInto('routineStep').values(batch).execute();
}

function dueFrom(calendar: SchoolCalendar, day: Temporal.PlainDate, count: number) {
  const dueDay = schoolDayAfter(calendar, day, count);
  return { dueDay, firstDueDay: dueDay };
}

/** Who is to do a step, as its row has it. */
export function ownerColumns(ownerOf: OwnerOf, pupilId: string, role: StepRole) {
  const owner = ownerOf(pupilId, role);
  return {
    ownerStaffId: owner?.staffId ?? null,
    ownerAddress: owner?.address ?? null,
    ownerRole: owner?.role ?? null,
  };
}
