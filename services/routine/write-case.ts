import type { Updateable } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { AuditEntry } from '../audit/record-audit.ts';
import type { Db } from '../storage/database.ts';
import type { RoutineCaseTable, RoutineStepTable } from '../storage/tables/routine.ts';
import type { CaseRow, StepRow } from './routine-case.ts';

/** Writes a change of a locked case, and raises its version. */
export async function writeCase(
  trx: Db,
  found: CaseRow,
  change: Omit<Updateable<RoutineCaseTable>, 'id' | 'version'>,
): Promise<CaseRow> {
  return await trx
    .updateTable('routineCase')
    .set({ ...change, version: found.version + 1 })
    .where('id', '=', found.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Writes a change of a step whose case is locked, and raises its version. */
export async function writeStep(
  trx: Db,
  step: StepRow,
  change: Omit<Updateable<RoutineStepTable>, 'id' | 'version'>,
): Promise<StepRow> {
  return await trx
    .updateTable('routineStep')
    .set({ ...change, version: step.version + 1 })
    .where('id', '=', step.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** What Sedd itself does to a case, for the audit. */
export function caseEntry(found: CaseRow, action: string, at: Temporal.Instant, details: object): AuditEntry {
  const about = { pupil: found.pupilId, level: found.level };
  return {
    at,
    actorId: 'sedd',
    action,
    objectId: found.id,
    schoolId: found.schoolId,
    details: { ...about, ...details },
  };
}
