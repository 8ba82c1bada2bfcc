import { recordAudit } from '../audit/record-audit.ts';
import type { Clock } from '../clock.ts';
import type { School } from '../config/municipality.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { markStale } from '../posts/post-store.ts';
import { putDown } from '../schedule/ledger.ts';
import { askedReading } from '../schedule/reread.ts';
import type { Db } from '../storage/database.ts';
import { HELD_READING } from './held-readings.ts';
import type { ReleaseInput } from './release-morning.ts';

/**
 * Says that what a reading was held for is so: the day is read again, and the cards follow. False where it was answered
 * already, or the cards show a later reading.
 */
export async function acceptReading(
  deps: { readonly db: Db; readonly jobs: Pick<Jobs, 'enqueue'>; readonly clock: Clock },
  school: School,
  readingId: string,
  input: ReleaseInput,
): Promise<boolean> {
  const now = deps.clock.now();
  return await deps.db.transaction().execute(async (trx) => {
    const accepted = await trx
      .updateTable('heldReading')
      .set({ acceptedAt: now, acceptedById: input.actor.id, acceptedByName: input.actor.name })
      .where('id', '=', readingId)
      .where('schoolId', '=', school.id)
      .where('acceptedAt', 'is', null)
      .where('endedAt', 'is', null)
      .returning(['day', 'heldFor'])
      .executeTakeFirst();
    if (accepted === undefined) return false;
    const { day } = accepted;
    await recordAudit(trx, {
      at: now,
      actorId: input.actor.id,
      actorName: input.actor.name,
      action: 'morning.readingAccepted',
      objectId: `${school.id}/${day}`,
      schoolId: school.id,
      conversationId: input.conversationId,
      details: { heldFor: accepted.heldFor.map(({ kind }) => kind) },
    });
    await markStale(trx, { purpose: HELD_READING, subjects: [readingId] }, { isUrgent: true });
    const run = askedReading(school, day, now);
    await putDown(trx, run, now);
    await deps.jobs.enqueue(trx, 'run', { job: run.job, schoolId: school.id, day: day.toString() });
    await deps.jobs.enqueue(trx, 'deliver', {});
    return true;
  });
}
