import type { Temporal } from 'temporal-polyfill';
import { recordAudit } from '../audit/record-audit.ts';
import type { Clock } from '../clock.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Db } from '../storage/database.ts';
import type { FollowUpRow } from './follow-up.ts';

export interface FollowUpDeps {
  readonly db: Db;
  readonly jobs: Pick<Jobs, 'enqueue'>;
  readonly clock: Clock;
  /** Called in the same transaction, so that whatever shows the follow-up is brought up to date. */
  readonly onChange: (db: Db, followUp: FollowUpRow) => Promise<void>;
}

export interface ContactInput {
  readonly pupilId: string;
  readonly day: Temporal.PlainDate;
  readonly actor: { readonly id: string; readonly name: string };
  readonly conversationId: string;
}

export type ContactOutcome =
  /** It is on record now, by this person. */
  | { readonly kind: 'recorded'; readonly followUp: FollowUpRow }
  /** Somebody was there before: the row says who and when. */
  | { readonly kind: 'already'; readonly followUp: FollowUpRow }
  /** Nobody was to be contacted. */
  | { readonly kind: 'none' };

/**
 * Records that somebody has made contact with a pupil today. The first one counts: a repeat, a twin or two people in
 * the same second give one result. Every card that shows it follows.
 */
export async function recordContact(deps: FollowUpDeps, input: ContactInput): Promise<ContactOutcome> {
  const at = deps.clock.now();
  return await deps.db.transaction().execute(async (trx) => {
    const recorded = await markContacted(trx, input, at);
    if (recorded === undefined) return await alreadyThere(trx, input);
    await recordAudit(trx, {
      at,
      actorId: input.actor.id,
      actorName: input.actor.name,
      action: 'followUp.contacted',
      objectId: recorded.id,
      schoolId: recorded.schoolId,
      conversationId: input.conversationId,
    });
    await deps.onChange(trx, recorded);
    await deps.jobs.enqueue(trx, 'deliver', {});
    return { kind: 'recorded', followUp: recorded };
  });
}

async function markContacted(
  db: Db,
  input: ContactInput,
  at: Temporal.Instant,
): Promise<FollowUpRow | undefined> {
  return await db
    .updateTable('followUp')
    .set((eb) => ({
      state: 'contacted' as const,
      contactedAt: at,
      contactedById: input.actor.id,
      contactedByName: input.actor.name,
      version: eb('version', '+', 1),
    }))
    .where('pupilId', '=', input.pupilId)
    .where('day', '=', input.day)
    // Contact is contact, also where a report has just made it unnecessary: nothing of what a person did is lost.
    .where('state', '!=', 'contacted')
    .returningAll()
    .executeTakeFirst();
}

async function alreadyThere(db: Db, input: ContactInput): Promise<ContactOutcome> {
  const followUp = await db
    .selectFrom('followUp')
    .selectAll()
    .where('pupilId', '=', input.pupilId)
    .where('day', '=', input.day)
    .executeTakeFirst();
  return followUp === undefined ? { kind: 'none' } : { kind: 'already', followUp };
}
