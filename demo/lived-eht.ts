import type { Temporal } from 'temporal-polyfill';
import type { Meeting } from '../services/calendar/eht-meetings.ts';
import { decide } from '../services/eht/decide.ts';
import type { EhtDeps, EhtInput } from '../services/eht/eht-change.ts';
import { finishDecision } from '../services/eht/end-decision.ts';
import { closeMeeting } from '../services/eht/hold-meeting.ts';
import { followTakenUp } from '../services/eht/meeting-steps.ts';
import { type Member, readMembers } from '../services/eht/read-members.ts';
import { type EhtRoom, ehtRooms } from '../services/eht/room.ts';
import { takeUp } from '../services/eht/take-up.ts';
import { tickPoint } from '../services/eht/tick-point.ts';
import type { RoutineDeps } from '../services/routine/routine-deps.ts';
import { doer, type LivedSchool } from './lived-deeds.ts';
import type { DemoTeacher } from './municipality.ts';
import { chance, pick } from './random.ts';
import { viewerOf } from './world.ts';

/** Of whom there is time for; of those, for whom something is decided; and of that, what is done in time. */
const TAKEN_UP = 0.92;
const DECIDED = 0.2;
const DONE_IN_TIME = 0.85;
/** Points of the checklist that are seen to at each meeting. */
const POINT = 0.3;
/** Nobody ticks that a pupil has a contact person who has none. */
const NOT_TICKED = 'contactPersonThere';
const DECISIONS = ['mapFurther', 'adjustmentPlan', 'meetGuardians', 'talkWithPupil'] as const;

/** What EHT's work changes of the routine is seen by nobody yet. */
type LivedEhtDeps = EhtDeps & Pick<RoutineDeps, 'onCase'>;

/** EHT goes through its list: takes pupils up, ticks what has been seen to, and decides; then the meeting is closed. */
export async function holdMeeting(
  deps: LivedEhtDeps,
  lived: LivedSchool,
  meeting: Meeting,
  time: { at: Temporal.Instant },
): Promise<void> {
  const { school, made } = lived;
  const { day } = meeting;
  const [room] = await ehtRooms(deps.db, school.id);
  if (room === undefined) return;
  time.at = meeting.startsAt;
  const { members } = await readMembers(deps.db, room, { routines: deps.routines, day, today: day });
  for (const member of members.toSorted((a, b) => (a.pupilId < b.pupilId ? -1 : 1))) {
    const pupil = made.pupils.find(({ id }) => id === member.pupilId);
    if (pupil === undefined || pupil.isProtected) continue;
    if (chance(lived.seed, pupil.id, day.toString(), 'takenUp') >= TAKEN_UP) continue;
    time.at = time.at.add({ minutes: 2 });
    await goThrough(deps, room, lived, { member, day });
  }
  time.at = meeting.endsAt.subtract({ minutes: 4 });
  await closeMeeting(deps, room, school, day, {
    ...doer(viewerOf(made)),
    conversationId: room.conversationId,
  });
}

interface AtMeeting {
  readonly member: Member;
  readonly day: Temporal.PlainDate;
}

async function goThrough(
  deps: LivedEhtDeps,
  room: EhtRoom,
  { made, seed, school }: LivedSchool,
  { member, day }: AtMeeting,
): Promise<void> {
  const { pupilId, section } = member;
  const input: EhtInput = {
    ...doer(pick(team(made), seed, pupilId, day.toString(), 'presses')),
    conversationId: room.conversationId,
    school,
    day,
    pupilId,
    section,
  };
  await takeUp(deps, room, input);
  await followTakenUp(deps, room, input);
  const points =
    deps.routines
      .at(-1)
      ?.eht?.checklist.filter(({ key, levels }) => levels === undefined && key !== NOT_TICKED) ?? [];
  for (const { key } of points)
    if (chance(seed, pupilId, day.toString(), key) < POINT) await tickPoint(deps, room, { ...input, key });
  if (member.decisions.length > 0 || chance(seed, pupilId, day.toString(), 'decided') >= DECIDED) return;
  const key = pick(DECISIONS, seed, pupilId, day.toString(), 'decision');
  const { email: ownerAddress } = pick(team(made), seed, pupilId, day.toString(), 'owner');
  await decide(deps, room, { ...input, key, ownerAddress, inSchoolDays: undefined });
}

/** Owners see to what was decided and is due, most of them. */
export async function endDecisions(
  deps: EhtDeps,
  { school, made, seed }: LivedSchool,
  day: Temporal.PlainDate,
): Promise<void> {
  const [room] = await ehtRooms(deps.db, school.id);
  if (room === undefined) return;
  const { members } = await readMembers(deps.db, room, { routines: deps.routines, day, today: day });
  const due = members
    .flatMap(({ decisions }) => decisions)
    .filter(({ state, dueDay }) => state === 'open' && dueDay.equals(day))
    .toSorted((a, b) => (a.pupilId < b.pupilId ? -1 : 1));
  for (const { id: decisionId, pupilId, ownerAddress } of due) {
    if (chance(seed, pupilId, day.toString(), 'decisionDone') >= DONE_IN_TIME) continue;
    const owner = team(made).find(({ email }) => email === ownerAddress) ?? viewerOf(made);
    const input = { ...doer(owner), conversationId: room.conversationId, decisionId };
    await finishDecision(deps, room, input);
  }
}

function team(made: LivedSchool['made']): readonly DemoTeacher[] {
  return [viewerOf(made), ...made.ehtMembers];
}
