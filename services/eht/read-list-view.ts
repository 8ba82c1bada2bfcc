import { Temporal } from 'temporal-polyfill';
import { readCoveredSums } from '../attendance/covered-sums.ts';
import { type Rate, rate } from '../attendance/rate.ts';
import { windowSpan } from '../attendance/windows.ts';
import { meetingOn } from '../calendar/eht-meetings.ts';
import { type Clock, dayAt } from '../clock.ts';
import type { School } from '../config/municipality.ts';
import type { Routine } from '../config/routine.ts';
import { stepFate } from '../routine/compliance.ts';
import { addCompliance, readCompliance } from '../routine/read-compliance.ts';
import { levelName } from '../routine/routine-names.ts';
import { compareInRoutine, gravity } from '../routine/routine-order.ts';
import type { Db } from '../storage/database.ts';
import { isEhtCase } from './eht-levels.ts';
import type { EhtCompliance, EhtLine, EhtListView, EhtNews, StepCounts } from './list-view.ts';
import { type Identity, readIdentities } from './read-identities.ts';
import { type Member, type Members, readMembers } from './read-members.ts';
import type { EhtRoom } from './room.ts';

export interface EhtReadDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly routines: readonly Routine[];
}

/** A meeting's list, from the facts of this moment; one that a later list has replaced says no more than that. */
export async function readEhtList(
  deps: EhtReadDeps,
  room: EhtRoom,
  school: School,
  day: Temporal.PlainDate,
): Promise<EhtListView> {
  const now = deps.clock.now();
  const today = dayAt(now, school);
  const found = await readMembers(deps.db, room, { routines: deps.routines, day, today });
  const { meeting, previous, members } = found;
  const identities = await readIdentities(
    deps.db,
    room,
    members.map(({ pupilId }) => pupilId),
  );
  const asOf = lastJudgedDay(school, now);
  const ratesOf = await readFourWeeks(deps.db, school, asOf, [...identities.keys()]);
  const shown = members.flatMap((member) => {
    const identity = identities.get(member.pupilId);
    return identity === undefined ? [] : [{ member, identity }];
  });
  const lines = shown.flatMap(({ member, identity }) =>
    identity.isProtected ? [] : [{ member, line: lineOf(deps, member, identity, { found, today, ratesOf }) }],
  );
  return {
    schoolId: school.id,
    schoolName: school.name,
    day,
    startsAt: meetingOn(school, day)?.startsAt ?? meeting?.startsAt,
    state: stateOf(found, meetingOn(school, day) !== undefined),
    closedAt: meeting?.closedAt ?? undefined,
    closedBy: meeting?.closedByName ?? undefined,
    previousDay: previous?.day,
    asOf,
    compliance: await readEhtCompliance(deps.db, school, today, previous?.day),
    pupils: inOrder(deps, lines, school),
    protectedPupils: shown.filter(({ identity }) => identity.isProtected).length,
  };
}

function stateOf({ meeting, isReplaced }: Members, isPlanned: boolean): EhtListView['state'] {
  if (isReplaced) return 'replaced';
  if (meeting === undefined) return isPlanned ? 'preview' : 'notHeld';
  return meeting.closedAt === null ? 'open' : 'closed';
}

/** Before the day is closed, what it has of absence is not whole: the cases were judged without it too. */
function lastJudgedDay(school: School, now: Temporal.Instant): Temporal.PlainDate {
  const wall = now.toZonedDateTimeISO(school.timeZone);
  const isClosed =
    Temporal.PlainTime.compare(wall.toPlainTime(), Temporal.PlainTime.from(school.times.dayClose)) >= 0;
  return isClosed ? wall.toPlainDate() : wall.toPlainDate().subtract({ days: 1 });
}

async function readFourWeeks(
  db: Db,
  school: School,
  day: Temporal.PlainDate,
  pupilIds: readonly string[],
): Promise<ReadonlyMap<string, Rate>> {
  const { id: schoolId, calendar } = school;
  const sums = await readCoveredSums(db, { schoolId, day, calendar, windows: ['fourWeeks'], pupilIds });
  return new Map(
    sums.flatMap(({ pupilId, windows: { fourWeeks } }) =>
      fourWeeks === undefined ? [] : [[pupilId, rate(fourWeeks)] as const],
    ),
  );
}

/** How the routine was followed since the day after the last meeting, and this term. */
async function readEhtCompliance(
  db: Db,
  school: School,
  day: Temporal.PlainDate,
  previousDay: Temporal.PlainDate | undefined,
): Promise<EhtCompliance> {
  const from = async (firstDay: Temporal.PlainDate) =>
    addCompliance(
      await readCompliance(db, {
        schoolId: school.id,
        firstDay,
        lastDay: day,
        day,
        timeZone: school.timeZone,
      }),
    );
  const term = windowSpan('term', day, school.calendar);
  return {
    sinceLast: previousDay === undefined ? undefined : await from(previousDay.add({ days: 1 })),
    term: await from(term?.firstDay ?? day),
  };
}

interface About {
  readonly found: Members;
  readonly today: Temporal.PlainDate;
  readonly ratesOf: ReadonlyMap<string, Rate>;
}

function lineOf(
  { routines }: EhtReadDeps,
  member: Member,
  { name, groupName, contactPerson }: Identity,
  { found, today, ratesOf }: About,
): EhtLine {
  const { pupilId, section, row, cases, decisions } = member;
  const gravest = cases.toSorted(compareInRoutine(routines))[0];
  const open = decisions.filter(({ state }) => state === 'open');
  return {
    pupilId,
    name,
    groupName,
    section,
    isTakenUp: (row?.takenUpAt ?? null) !== null,
    level: gravest === undefined ? undefined : levelName(routines, gravest),
    fourWeeks: ratesOf.get(pupilId),
    contactPerson,
    steps: stepCounts(member, today),
    decisions: {
      open: open.length,
      overdue: open.filter(({ dueDay }) => Temporal.PlainDate.compare(today, dueDay) > 0).length,
    },
    news: newsOf(routines, member, found),
  };
}

function stepCounts({ cases }: Member, today: Temporal.PlainDate): StepCounts {
  const steps = cases.flatMap((one) => one.steps);
  const overdue = steps.filter((step) => stepFate(step, today) === 'overdue').length;
  return {
    done: steps.filter(({ state }) => state === 'done').length,
    due: steps.filter(({ state }) => state === 'open').length - overdue,
    overdue,
  };
}

function newsOf(routines: readonly Routine[], { cases }: Member, { previous }: Members): EhtNews {
  const since = previous?.closedAt ?? previous?.endsAt;
  const isSince = (at: Temporal.Instant | null) =>
    since !== undefined && at !== null && Temporal.Instant.compare(at, since) > 0;
  return {
    levels: cases
      .filter((one) => isSince(one.acceptedAt) && isEhtCase(routines, one))
      .map((one) => levelName(routines, one)),
    stepsDone: cases
      .flatMap(({ steps }) => steps)
      .filter(({ state, endedAt }) => state === 'done' && isSince(endedAt)).length,
    asksToClose: cases.some(({ asks }) => asks === 'close'),
  };
}

const SECTIONS: readonly EhtLine['section'][] = ['carried', 'new', 'other'];

/** The gravest first, and of two alike whoever is most absent. */
function inOrder(
  { routines }: EhtReadDeps,
  lines: readonly { readonly member: Member; readonly line: EhtLine }[],
  school: School,
): readonly EhtLine[] {
  const { compare } = new Intl.Collator(school.language, { numeric: true });
  const grave = ({ cases }: Member) => Math.max(-1, ...cases.map(({ level }) => gravity(routines, level)));
  return lines
    .toSorted(
      (a, b) =>
        SECTIONS.indexOf(a.line.section) - SECTIONS.indexOf(b.line.section) ||
        grave(b.member) - grave(a.member) ||
        (b.line.fourWeeks?.absence ?? 0) - (a.line.fourWeeks?.absence ?? 0) ||
        compare(a.line.name, b.line.name) ||
        compare(a.line.pupilId, b.line.pupilId),
    )
    .map(({ line }) => line);
}
