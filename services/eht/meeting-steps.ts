import { reopenStep } from '../routine/reopen-step.ts';
import type { RoutineDeps } from '../routine/routine-deps.ts';
import type { EhtDeps, EhtInput } from './eht-change.ts';
import { handleEhtStep } from './handle-step.ts';
import type { EhtRoom } from './room.ts';

/**
 * The steps that ask EHT to take a pupil up are done when it has: nobody has to say the same thing twice. Where the pupil is
 * not taken up after all, those that were done so at the meeting are to be done again. To be called after the change has been
 * put down; called again it changes nothing.
 */
export async function followTakenUp(
  deps: EhtDeps & Pick<RoutineDeps, 'onCase'>,
  room: EhtRoom,
  input: EhtInput,
): Promise<void> {
  const isTakenUp = await readTakenUp(deps, room, input);
  for (const { id, state, version } of await readMeetingSteps(deps, input)) {
    const step = { ...input, stepId: id, version };
    if (isTakenUp && state === 'open') await handleEhtStep(deps, room, { ...step, how: { kind: 'done' } });
    if (!isTakenUp && state === 'done') await reopenStep(deps, step);
  }
}

async function readTakenUp({ db }: EhtDeps, { schoolId }: EhtRoom, input: EhtInput): Promise<boolean> {
  const row = await db
    .selectFrom('ehtPupil')
    .select('takenUpAt')
    .where('schoolId', '=', schoolId)
    .where('day', '=', input.day)
    .where('pupilId', '=', input.pupilId)
    .executeTakeFirst();
  return row !== undefined && row.takenUpAt !== null;
}

/** Open ones, and those that were done at this very meeting. */
async function readMeetingSteps({ db }: EhtDeps, { pupilId, day }: EhtInput) {
  return await db
    .selectFrom('routineStep')
    .leftJoin('ehtStep', (join) =>
      join.onRef('ehtStep.stepId', '=', 'routineStep.id').on('ehtStep.day', '=', day),
    )
    .select(['routineStep.id', 'routineStep.state', 'routineStep.version'])
    .where('routineStep.pupilId', '=', pupilId)
    .where('routineStep.kind', '=', 'ehtMeeting')
    .where((eb) =>
      eb.or([
        eb('routineStep.state', '=', 'open'),
        eb.and([eb('routineStep.state', '=', 'done'), eb('ehtStep.stepId', 'is not', null)]),
      ]),
    )
    .orderBy('routineStep.id')
    .execute();
}
