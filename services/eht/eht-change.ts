import type { Temporal } from 'temporal-polyfill';
import { recordAudit } from '../audit/record-audit.ts';
import type { Clock } from '../clock.ts';
import type { Municipality, School } from '../config/municipality.ts';
import type { Routine } from '../config/routine.ts';
import type { Doer } from '../follow-up/change-follow-up.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Db } from '../storage/database.ts';
import { type Changed, markEhtStale } from './eht-posts.ts';
import type { Section } from './list-section.ts';
import type { EhtRoom } from './room.ts';

export interface EhtDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly jobs: Pick<Jobs, 'enqueue'>;
  readonly municipality: Pick<Municipality, 'roles'>;
  readonly routines: readonly Routine[];
}

/** Something that somebody does about a pupil on a meeting's list; that the pupil is on it, the caller has seen to. */
export interface EhtInput extends Doer {
  readonly school: School;
  /** The meeting's. */
  readonly day: Temporal.PlainDate;
  readonly pupilId: string;
  /** Where on the list the pupil stands. */
  readonly section: Section;
}

/** Who was there before, and when. */
export interface Before {
  readonly by: string;
  readonly at: Temporal.Instant;
}

/**
 * A row in the audit for everything that is done in EHT. It names what was changed by its id, and says nothing of what that
 * says: the audit is read by others than EHT.
 */
export async function auditEht(
  { clock }: Pick<EhtDeps, 'clock'>,
  trx: Db,
  { schoolId }: EhtRoom,
  input: Pick<EhtInput, 'actor' | 'conversationId' | 'day' | 'pupilId'>,
  { action, objectId }: { readonly action: string; readonly objectId: string },
): Promise<void> {
  await recordAudit(trx, {
    at: clock.now(),
    actorId: input.actor.id,
    actorName: input.actor.name,
    action,
    objectId,
    schoolId,
    conversationId: input.conversationId,
    details: { pupil: input.pupilId, meeting: input.day.toString() },
  });
}

/** Whatever shows EHT's work follows a change; last in its transaction, so that two who change it never wait in a circle. */
export async function showEht({ jobs }: Pick<EhtDeps, 'jobs'>, trx: Db, changed: Changed): Promise<void> {
  if (await markEhtStale(trx, changed)) await jobs.enqueue(trx, 'deliver', {});
}
