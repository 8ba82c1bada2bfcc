import type { Temporal } from 'temporal-polyfill';
import { dayAt } from '../clock.ts';
import type { School } from '../config/municipality.ts';
import { stepName } from '../routine/routine-names.ts';
import type { Db } from '../storage/database.ts';
import { readPeople } from './eht-people.ts';
import type { EhtDecisionLine } from './pupil-view.ts';
import { decisionsAt } from './read-decisions.ts';
import { type Identity, readIdentities } from './read-identities.ts';
import type { EhtReadDeps } from './read-list-view.ts';
import type { ListedRow } from './read-members.ts';
import { decisionLine } from './read-pupil-view.ts';
import type { EhtRoom } from './room.ts';
import type { EhtSummaryPupil, EhtSummaryView } from './summary-view.ts';

/** A meeting's summary; undefined where the meeting is not known. */
export async function readEhtSummary(
  deps: EhtReadDeps,
  room: EhtRoom,
  school: School,
  day: Temporal.PlainDate,
): Promise<EhtSummaryView | undefined> {
  const { db } = deps;
  const meeting = await db
    .selectFrom('ehtMeeting')
    .selectAll()
    .where('schoolId', '=', room.schoolId)
    .where('day', '=', day)
    .executeTakeFirst();
  if (meeting === undefined) return undefined;
  const rows = await readListed(db, room, day);
  const identities = await readIdentities(
    db,
    room,
    rows.map(({ pupilId }) => pupilId),
  );
  const { compare } = new Intl.Collator(school.language, { numeric: true });
  const shown = rows
    .flatMap((row) => {
      const identity = identities.get(row.pupilId);
      return identity === undefined ? [] : [{ row, identity }];
    })
    .toSorted((a, b) => compare(a.identity.name, b.identity.name));
  const named = shown.filter(({ identity }) => !identity.isProtected);
  const pupilOf = await pupilsOf(deps, room, school, day);
  const pupils = named.map(({ row, identity }) => {
    const pupil = pupilOf(identity);
    return { pupil, wasTakenUp: row.takenUpAt !== null || hasOutcome(pupil) };
  });
  return {
    schoolId: school.id,
    schoolName: school.name,
    day,
    closedAt: meeting.closedAt ?? undefined,
    closedBy: meeting.closedByName ?? undefined,
    takenUp: pupils.filter(({ wasTakenUp }) => wasTakenUp).map(({ pupil }) => pupil),
    passedOver: pupils
      .filter(({ wasTakenUp }) => !wasTakenUp)
      .map(({ pupil: { name, groupName } }) => ({ name, groupName })),
    protectedPupils: shown.length - named.length,
  };
}

/** Whoever something came of was taken up, whatever the mark says: nothing decided may be missing. */
function hasOutcome({ steps, decisions }: EhtSummaryPupil): boolean {
  return decisions.length > 0 || steps.some(({ state }) => state !== 'open');
}

async function readListed(
  db: Db,
  { schoolId }: EhtRoom,
  day: Temporal.PlainDate,
): Promise<readonly ListedRow[]> {
  return await db
    .selectFrom('ehtPupil')
    .selectAll()
    .where('schoolId', '=', schoolId)
    .where('day', '=', day)
    .execute();
}

/** What was done at the meeting about each pupil. */
async function pupilsOf(
  { db, clock, routines }: EhtReadDeps,
  { schoolId }: EhtRoom,
  { timeZone }: School,
  day: Temporal.PlainDate,
): Promise<(identity: Identity) => EhtSummaryPupil> {
  const today = dayAt(clock.now(), { timeZone });
  const decisions = await decisionsAt(db, schoolId).where('day', '=', day).execute();
  const people = await readPeople(db, [...new Set(decisions.map(({ ownerAddress }) => ownerAddress))]);
  const lines = new Map<string, readonly EhtDecisionLine[]>();
  for (const row of decisions) {
    const line = decisionLine(routines, row, people, { day, today, timeZone });
    lines.set(row.pupilId, [...(lines.get(row.pupilId) ?? []), line]);
  }
  const steps = await readSteps(db, schoolId, day);
  return ({ pupilId, name, groupName }) => ({
    pupilId,
    name,
    groupName,
    steps: steps
      .filter((step) => step.pupilId === pupilId)
      .map((step) => ({
        name: stepName(routines, step),
        state: step.state === 'done' || step.state === 'notNeeded' ? step.state : 'open',
      })),
    decisions: lines.get(pupilId) ?? [],
  });
}

async function readSteps(db: Db, schoolId: string, day: Temporal.PlainDate) {
  return await db
    .selectFrom('ehtStep')
    .innerJoin('routineStep', 'routineStep.id', 'ehtStep.stepId')
    .select([
      'ehtStep.pupilId',
      'routineStep.key',
      'routineStep.level',
      'routineStep.routineValidFrom',
      'routineStep.state',
    ])
    .where('ehtStep.schoolId', '=', schoolId)
    .where('ehtStep.day', '=', day)
    .orderBy('routineStep.place')
    .orderBy('routineStep.id')
    .execute();
}
