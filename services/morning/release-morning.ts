import type { Temporal } from 'temporal-polyfill';
import { readToday } from '../attendance/today.ts';
import { recordAudit } from '../audit/record-audit.ts';
import type { Clock } from '../clock.ts';
import type { School } from '../config/municipality.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { type ConsequenceDeps, drawConsequences } from './morning-consequences.ts';

export interface ReleaseDeps extends ConsequenceDeps {
  readonly jobs: Pick<Jobs, 'enqueue'>;
  readonly clock: Clock;
}

export interface ReleaseInput {
  readonly actor: { readonly id: string; readonly name: string };
  readonly conversationId: string;
}

/**
 * Lets a held morning out because a person says so: the cards go to the mentors as the data stand. False where it was not
 * held any more.
 */
export async function releaseMorning(
  deps: ReleaseDeps,
  school: School,
  day: Temporal.PlainDate,
  input: ReleaseInput,
): Promise<boolean> {
  const now = deps.clock.now();
  return await deps.db.transaction().execute(async (trx) => {
    const released = await trx
      .updateTable('morning')
      .set({
        state: 'released',
        releasedAt: now,
        releasedById: input.actor.id,
        releasedByName: input.actor.name,
      })
      .where('schoolId', '=', school.id)
      .where('day', '=', day)
      .where('state', '=', 'held')
      .returning('dataAt')
      .executeTakeFirst();
    if (released === undefined) return false;
    await recordAudit(trx, {
      at: now,
      actorId: input.actor.id,
      actorName: input.actor.name,
      action: 'morning.released',
      objectId: `${school.id}/${day}`,
      schoolId: school.id,
      conversationId: input.conversationId,
    });
    const query = { schoolId: school.id, day, now: released.dataAt, longTerm: school.longTerm };
    const today = await readToday({ db: trx }, query);
    await drawConsequences({ ...deps, db: trx }, { school, day, today, state: 'released', now });
    await deps.jobs.enqueue(trx, 'deliver', {});
    return true;
  });
}
