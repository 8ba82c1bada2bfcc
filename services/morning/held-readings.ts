import { Temporal } from 'temporal-polyfill';
import { wantForCoordinators } from '../posts/coordinator-posts.ts';
import { markStale } from '../posts/post-store.ts';
import type { Db } from '../storage/database.ts';
import type { HoldReason } from '../storage/tables/morning.ts';
import type { SchoolDay } from './morning-posts.ts';

/** What asks the coordinator of a reading that is held; its subject is the id of the reading's row. */
export const HELD_READING = 'heldReading';

/**
 * Puts down that a reading is held, and wants the question in the coordinator's channel; what waits already is asked again as
 * it stands now. False where the cards show a later reading by now. To be called in a transaction.
 */
export async function holdReading(
  db: Db,
  { schoolId, day }: SchoolDay,
  reading: { readonly readAt: Temporal.Instant; readonly heldFor: readonly HoldReason[] },
): Promise<boolean> {
  const morning = await db
    .selectFrom('morning')
    .select('dataAt')
    .where('schoolId', '=', schoolId)
    .where('day', '=', day)
    .forUpdate()
    .executeTakeFirst();
  if (morning !== undefined && Temporal.Instant.compare(morning.dataAt, reading.readAt) > 0) return false;
  const heldFor = JSON.stringify(reading.heldFor);
  const { id } = await db
    .insertInto('heldReading')
    .values({ schoolId, day, readAt: reading.readAt, heldFor })
    .onConflict((conflict) =>
      conflict
        .columns(['schoolId', 'day'])
        .where('acceptedAt', 'is', null)
        .where('endedAt', 'is', null)
        .doUpdateSet({ readAt: reading.readAt, heldFor }),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  await wantForCoordinators(db, { purpose: HELD_READING, subject: id, schoolId, day }, reading.readAt);
  return true;
}

/** The cards show a reading again: what was asked before is asked no more. */
export async function endHeldReadings(
  db: Db,
  { schoolId, day }: SchoolDay,
  dataAt: Temporal.Instant,
): Promise<void> {
  const ended = await db
    .updateTable('heldReading')
    .set({ endedAt: dataAt })
    .where('schoolId', '=', schoolId)
    .where('day', '=', day)
    .where('endedAt', 'is', null)
    .returning('id')
    .execute();
  const subjects = ended.map(({ id }) => id);
  await markStale(db, { purpose: HELD_READING, subjects }, { isUrgent: false });
}

/** Why the day's last reading is held; empty where the cards show it. */
export async function readWaiting(db: Db, { schoolId, day }: SchoolDay): Promise<readonly HoldReason[]> {
  const row = await db
    .selectFrom('heldReading')
    .select('heldFor')
    .where('schoolId', '=', schoolId)
    .where('day', '=', day)
    .where('acceptedAt', 'is', null)
    .where('endedAt', 'is', null)
    .executeTakeFirst();
  return row?.heldFor ?? [];
}

/** What somebody has said yes to on the day: of the morning, or of a reading after it. */
export async function readAccepted(
  db: Db,
  { schoolId, day }: SchoolDay,
): Promise<ReadonlySet<HoldReason['kind']>> {
  const morning = await db
    .selectFrom('morning')
    .select('heldFor')
    .where('schoolId', '=', schoolId)
    .where('day', '=', day)
    .where('releasedById', 'is not', null)
    .execute();
  const readings = await db
    .selectFrom('heldReading')
    .select('heldFor')
    .where('schoolId', '=', schoolId)
    .where('day', '=', day)
    .where('acceptedAt', 'is not', null)
    .execute();
  return new Set([...morning, ...readings].flatMap(({ heldFor }) => heldFor.map(({ kind }) => kind)));
}
