import type { Temporal } from 'temporal-polyfill';
import type { Routine } from '../config/routine.ts';
import { type PupilName, readPupilNames } from '../people/pupil-names.ts';
import { readNamesByAddress, readStaffNames } from '../people/staff-names.ts';
import type { Db } from '../storage/database.ts';
import { judgedBy } from './compliance.ts';
import { readStages, type StageTaken } from './letter-stage.ts';
import type { StepRow } from './routine-case.ts';
import { levelName, stepName } from './routine-names.ts';

/** Somebody whose step it is. */
export interface OwnerLine {
  readonly staffId: string | undefined;
  readonly address: string | undefined;
  /** Of somebody whom nobody has met the address; undefined where it is nobody's. */
  readonly name: string | undefined;
}

/** A step as cards show it. A protected pupil has a reference and no name: whoever shows it has to see to who reads along. */
export interface StepLine {
  readonly id: string;
  readonly version: number;
  readonly caseId: string;
  readonly schoolId: string;
  readonly pupilId: string;
  readonly pupil: PupilName;
  readonly levelName: string;
  readonly name: string;
  readonly isFollowUp: boolean;
  readonly kind: 'guardianLetter' | 'contactPerson' | undefined;
  readonly hasLegalWeight: boolean;
  readonly state: StepRow['state'];
  readonly owner: OwnerLine;
  readonly dueDay: Temporal.PlainDate;
  /** The day by which it is judged: with legal weight the first it had, whatever time it was given since. */
  readonly judgedBy: Temporal.PlainDate;
  readonly doneDay: Temporal.PlainDate | undefined;
  /** Who said that it was done, or not needed, and when. */
  readonly ended: { readonly by: string; readonly at: Temporal.Instant } | undefined;
  readonly reason: string | undefined;
  /** How far a letter has come. */
  readonly stages: readonly StageTaken[];
}

export interface LineDeps {
  readonly db: Db;
  readonly routines: readonly Routine[];
}

const UNKNOWN: PupilName = { name: '', groupName: '', reference: undefined };

/** The steps with everything that cards say of them; names are resolved here, last. In the order in which they are given. */
export async function stepLines(
  { db, routines }: LineDeps,
  steps: readonly StepRow[],
): Promise<readonly StepLine[]> {
  const pupils = await readPupilNames(
    db,
    steps.map(({ pupilId }) => pupilId),
  );
  const staff = await readStaffNames(
    db,
    steps.map(({ ownerStaffId }) => ownerStaffId),
  );
  const addressed = await readNamesByAddress(
    db,
    steps.map(({ ownerAddress }) => ownerAddress),
  );
  const stages = await readStages(
    db,
    steps.filter(({ kind }) => kind === 'guardianLetter').map(({ id }) => id),
  );
  return steps.map((step) => ({
    ...same(step),
    pupil: pupils.get(step.pupilId) ?? UNKNOWN,
    levelName: levelName(routines, step),
    name: stepName(routines, step),
    owner: ownerLine(step, staff, addressed),
    stages: stages.get(step.id) ?? [],
  }));
}

function same(step: StepRow) {
  const { id, version, caseId, schoolId, pupilId, isFollowUp, state, dueDay } = step;
  const { kind, legalWeight, doneDay, endedAt, endedByName, reason } = step;
  return {
    id,
    version,
    caseId,
    schoolId,
    pupilId,
    isFollowUp,
    state,
    dueDay,
    judgedBy: judgedBy(step),
    kind: kind === 'guardianLetter' || kind === 'contactPerson' ? kind : undefined,
    hasLegalWeight: legalWeight !== null,
    doneDay: doneDay ?? undefined,
    ended: endedAt === null ? undefined : { by: endedByName ?? '', at: endedAt },
    reason: reason ?? undefined,
  } as const;
}

function ownerLine(
  { ownerStaffId, ownerAddress }: StepRow,
  staff: ReadonlyMap<string, string>,
  addressed: ReadonlyMap<string, string>,
): OwnerLine {
  const address = ownerAddress ?? undefined;
  const name =
    ownerStaffId === null
      ? address && (addressed.get(address) ?? address)
      : (staff.get(ownerStaffId) ?? address);
  return { staffId: ownerStaffId ?? undefined, address, name };
}
