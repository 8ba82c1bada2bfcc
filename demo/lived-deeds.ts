import type { Temporal } from 'temporal-polyfill';
import type { School } from '../services/config/municipality.ts';
import { appointContactPerson } from '../services/follow-up/appoint.ts';
import type { Doer } from '../services/follow-up/change-follow-up.ts';
import { extendStep, finishStep, skipStep } from '../services/routine/finish-step.ts';
import type { StepRow } from '../services/routine/routine-case.ts';
import type { RoutineDeps } from '../services/routine/routine-deps.ts';
import { takeLetterOn } from '../services/routine/take-letter-on.ts';
import type { Deed } from './lived-steps.ts';
import type { DemoSchool, DemoTeacher } from './municipality.ts';
import { chance, id, pick } from './random.ts';
import { OWN_GROUP, viewerOf } from './world.ts';

export interface LivedSchool {
  readonly seed: number;
  readonly made: DemoSchool;
  readonly school: School;
}

/** The step by which somebody becomes a pupil's contact person. */
const APPOINTING = 'appointContactPerson';

/** Has the step's owner do what is to become of it, as they would in Teams. */
export async function doDeed(
  deps: RoutineDeps,
  { made, seed, school }: LivedSchool,
  step: StepRow,
  deed: Deed,
): Promise<void> {
  const input = { ...doer(ownerOf(made, step)), stepId: step.id, school };
  switch (deed.kind) {
    case 'done':
      if (step.key === APPOINTING && !step.isFollowUp) await appoint(deps, { made, seed, school }, step);
      if (step.kind === 'guardianLetter')
        for (const stage of ['chosen', 'approved'] as const) await takeLetterOn(deps, { ...input, stage });
      await finishStep(deps, input);
      return;
    case 'notNeeded':
      await skipStep(deps, { ...input, reason: deed.reason });
      return;
    case 'moreTime':
      await extendStep(deps, { ...input, until: deed.until });
  }
}

export function doer(teacher: DemoTeacher): Doer {
  const name = `${teacher.givenName} ${teacher.familyName}`;
  return {
    actor: { id: id('entra', teacher.id), name, staffId: teacher.id },
    conversationId: `a:${teacher.id}`,
  };
}

function ownerOf(made: DemoSchool, { ownerStaffId, ownerAddress }: StepRow): DemoTeacher {
  const owner = made.teachers.find(
    ({ id: staffId, email }) => staffId === ownerStaffId || email === ownerAddress,
  );
  return owner ?? viewerOf(made);
}

/** One of the pupil's mentors; whoever sits at the local Teams for every other one of their own class. */
async function appoint(deps: RoutineDeps, { made, seed, school }: LivedSchool, step: StepRow): Promise<void> {
  const pupil = made.pupils.find(({ id: pupilId }) => pupilId === step.pupilId);
  if (pupil === undefined || pupil.isProtected) return;
  const isViewers = pupil.className === OWN_GROUP && chance(seed, pupil.id, 'viewer') < 0.5;
  const mentors = made.groups.find(
    ({ kind, name }) => kind === 'Mentor' && name === pupil.className,
  )?.mentors;
  const { id: staffId } = isViewers ? viewerOf(made) : pick(mentors ?? [], seed, pupil.id, 'contactPerson');
  await appointContactPerson(
    // There is nothing to deliver yet, and no day's follow-up to hand on.
    { db: deps.db, clock: deps.clock, jobs: { enqueue: async () => {} }, onChange: async () => {} },
    school,
    { ...doer(viewerOf(made)), pupilId: pupil.id, staffId },
  );
}

/** A time in a working day, as an instant. */
export function timeOn(day: Temporal.PlainDate, time: string, { timeZone }: School): Temporal.Instant {
  return day.toZonedDateTime({ timeZone, plainTime: time }).toInstant();
}

/** The day that an instant is of, at the school. */
export function dayOf(at: Temporal.Instant, { timeZone }: School): Temporal.PlainDate {
  return at.toZonedDateTimeISO(timeZone).toPlainDate();
}
