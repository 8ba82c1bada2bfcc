import type { Temporal } from 'temporal-polyfill';
import { dayAt } from '../clock.ts';
import type { School } from '../config/municipality.ts';
import { type EhtPerson, readPeople } from './eht-people.ts';
import type { EhtDecisionLine } from './pupil-view.ts';
import { readIdentities } from './read-identities.ts';
import type { EhtReadDeps } from './read-list-view.ts';
import { decisionLine } from './read-pupil-view.ts';
import type { EhtRoom } from './room.ts';

/** What somebody has been reminded of in EHT's conversation. Without protected pupils. */
export interface EhtReminderView {
  readonly schoolId: string;
  readonly schoolName: string;
  readonly day: Temporal.PlainDate;
  readonly owner: EhtPerson;
  readonly lines: readonly EhtReminderLine[];
}

export interface EhtReminderLine {
  readonly pupilName: string;
  readonly groupName: string;
  readonly decision: EhtDecisionLine;
}

/** The reminder of one owner on a day; undefined where there is none. */
export async function readEhtReminder(
  { db, clock, routines }: EhtReadDeps,
  room: EhtRoom,
  school: School,
  { day, ownerAddress }: { readonly day: Temporal.PlainDate; readonly ownerAddress: string },
): Promise<EhtReminderView | undefined> {
  const rows = await db
    .selectFrom('ehtReminder')
    .innerJoin('ehtDecision', 'ehtDecision.id', 'ehtReminder.decisionId')
    .selectAll('ehtDecision')
    .where('ehtReminder.schoolId', '=', room.schoolId)
    .where('ehtReminder.day', '=', day)
    .where('ehtReminder.ownerAddress', '=', ownerAddress)
    .where('ehtDecision.state', '!=', 'withdrawn')
    .orderBy('ehtDecision.dueDay')
    .orderBy('ehtDecision.id')
    .execute();
  const people = await readPeople(db, [ownerAddress]);
  const [owner] = people;
  if (owner === undefined) return undefined;
  const identities = await readIdentities(
    db,
    room,
    rows.map(({ pupilId }) => pupilId),
  );
  const today = dayAt(clock.now(), school);
  const lines = rows.flatMap((row): readonly EhtReminderLine[] => {
    const pupil = identities.get(row.pupilId);
    if (pupil === undefined || pupil.isProtected) return [];
    const decision = decisionLine(routines, row, people, { day: row.day, today, timeZone: school.timeZone });
    return [{ pupilName: pupil.name, groupName: pupil.groupName, decision }];
  });
  return { schoolId: school.id, schoolName: school.name, day, owner, lines };
}
