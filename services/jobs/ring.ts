import { sql } from 'kysely';
import { fromKysely, type PgBoss } from 'pg-boss';
import type { Db } from '../storage/database.ts';
import { DELIVER_LATER } from './queues.ts';

/** More would mean that somebody else rings all the time, and then the bell is rung. */
const MOST_TRIES = 10;

/** Rings for `deliver` in the transaction `db`: there will be a delivery that sees what the transaction wrote. */
export async function ring(boss: PgBoss, db: Db): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    if (await holdWaiting(db)) return;
    const id = await boss.send('deliver', {}, { db: fromKysely(db.withoutPlugins()) });
    if (id !== null) return;
  }
}

/**
 * Lets the bell that waits already do for this transaction too, but not before the transaction has ended: a worker passes
 * over a row that is held. Taken earlier, it would not see what was written, and nobody would ring again.
 * False where none waits, or it was taken in the meantime.
 */
async function holdWaiting(db: Db): Promise<boolean> {
  // With a parameter, the embedded database prepares it once: every press rings.
  const waiting = sql`select id from pgboss.job where name = ${'deliver'} and state = 'created' for share`;
  const { rows } = await waiting.execute(db);
  return rows.length > 0;
}

/** Rings after so many seconds; the latest such ring is the one that counts. */
export async function ringLater(boss: PgBoss, db: Db, afterSeconds: number): Promise<void> {
  const inside = { db: fromKysely(db.withoutPlugins()) };
  await boss.upsert(DELIVER_LATER, {}, { ...inside, singletonKey: 'bell', startAfter: afterSeconds });
}
