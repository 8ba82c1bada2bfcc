import type { Temporal } from 'temporal-polyfill';
import { recordAudit } from '../audit/record-audit.ts';
import type { School } from '../config/municipality.ts';
import { markEhtLists } from '../posts/eht-purposes.ts';
import type { Db } from '../storage/database.ts';
import type { EhtDeps } from './eht-change.ts';

/**
 * Forgets a meeting that the settings have moved or cancelled after its list was posted: otherwise it would be summed up as one
 * at which nobody was taken up, and be the last meeting to the next one. Its card then says that it is not held. False where
 * something has been done at it already: then it was a meeting, and ends as one.
 */
export async function dropMeeting(deps: EhtDeps, school: School, day: Temporal.PlainDate): Promise<boolean> {
  return await deps.db.transaction().execute(async (trx) => {
    const meeting = await trx
      .selectFrom('ehtMeeting')
      .select('closedAt')
      .where('schoolId', '=', school.id)
      .where('day', '=', day)
      .forUpdate()
      .executeTakeFirst();
    if (meeting === undefined || meeting.closedAt !== null) return true;
    if (await isWorkedWith(trx, school.id, day)) return false;
    for (const table of ['ehtPupil', 'ehtMeeting'] as const)
      await trx.deleteFrom(table).where('schoolId', '=', school.id).where('day', '=', day).execute();
    await recordAudit(trx, {
      at: deps.clock.now(),
      actorId: 'sedd',
      action: 'eht.dropped',
      objectId: `${school.id}/${day}`,
      schoolId: school.id,
      details: { meeting: day.toString() },
    });
    await markEhtLists(trx, school.id, { first: day, last: day }, { isUrgent: true });
    await deps.jobs.enqueue(trx, 'deliver', {});
    return true;
  });
}

async function isWorkedWith(trx: Db, schoolId: string, day: Temporal.PlainDate): Promise<boolean> {
  const taken = trx
    .selectFrom('ehtPupil')
    .select('pupilId')
    .where('schoolId', '=', schoolId)
    .where('day', '=', day)
    .where('takenUpAt', 'is not', null);
  const steps = trx
    .selectFrom('ehtStep')
    .select('pupilId')
    .where('schoolId', '=', schoolId)
    .where('day', '=', day);
  const decisions = trx
    .selectFrom('ehtDecision')
    .select('pupilId')
    .where('schoolId', '=', schoolId)
    .where('day', '=', day);
  return (await taken.unionAll(steps).unionAll(decisions).limit(1).executeTakeFirst()) !== undefined;
}
