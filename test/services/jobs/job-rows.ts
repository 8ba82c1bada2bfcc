import { sql } from 'kysely';
import type { JobPayloads, QueueName } from '../../../services/jobs/queues.ts';
import type { Storage } from '../../../services/storage/database.ts';

export function runOf(schoolId: string): JobPayloads['run'] {
  return { job: 'morning', schoolId, day: '2026-11-23' };
}

/** The jobs of a queue as the engine has them, oldest first. */
export async function jobRows(
  { db }: Storage,
  queue: QueueName | 'deliverLater',
): Promise<readonly { readonly state: string; readonly retryCount: number }[]> {
  const { rows } = await sql<{ state: string; retryCount: number }>`
    select state::text as state, retry_count from pgboss.job where name = ${queue} order by created_on`.execute(
    db,
  );
  return rows;
}

/** Seconds until the next try of the one run there is, as soon as so many tries have failed. */
export async function waitOfNextTry({ db }: Storage, failedTries: number): Promise<number> {
  for (;;) {
    const { rows } = await sql<{ seconds: number }>`
      select extract(epoch from start_after - now())::float8 as seconds from pgboss.job
      where name = 'run' and state = 'retry' and retry_count = ${failedTries - 1}`.execute(db);
    if (rows[0] !== undefined) return rows[0].seconds;
  }
}

/** Lets a run that waits for its next try have it now, as if so many tries had been made. */
export async function hurry({ db }: Storage, triesMade?: number): Promise<void> {
  await sql`update pgboss.job
    set start_after = now(), retry_count = coalesce(${triesMade ?? null}::integer - 1, retry_count)
    where name = 'run' and state = 'retry'`.execute(db);
}
