import type { Storage } from '../storage/database.ts';

/**
 * Gives back the jobs that a killed process left as running. Only for the database in the process: no other process can own
 * them. A doorbell goes for good where another one waits already.
 */
export async function releaseOrphans({ raw }: Storage): Promise<void> {
  if (!('pglite' in raw)) return;
  await raw.pglite.exec(`
    update pgboss.job as orphan set state = 'failed', completed_on = now()
      where state = 'active' and policy = 'stately'
        and exists (select from pgboss.job as other
          where other.name = orphan.name and other.id <> orphan.id and other.state in ('created', 'retry'));
    update pgboss.job set state = 'retry', start_after = now() where state = 'active';
    update pgboss.job set start_after = now() where state = 'retry'`);
}
