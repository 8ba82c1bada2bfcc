import type { PgBoss } from 'pg-boss';
import type { Storage } from '../storage/database.ts';
import { queues } from './queues.ts';

/**
 * Gives back the jobs that a killed process left as running, to be tried again at once; one that has been tried often enough
 * is given up. Only for the database in the process: no other process can own them.
 */
export async function releaseOrphans(boss: PgBoss, { raw }: Storage): Promise<void> {
  if (!('pglite' in raw)) return;
  for (const { name } of queues) {
    const { rows } = await raw.pglite.query<{ id: string }>(
      "select id from pgboss.job where state = 'active' and name = $1",
      [name],
    );
    if (rows.length === 0) continue;
    await boss.fail(
      name,
      rows.map(({ id }) => id),
      { message: 'the process ended' },
    );
  }
  await raw.pglite.exec("update pgboss.job set start_after = now() where state = 'retry'");
}
