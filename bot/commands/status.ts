import { readEnvironment } from '../../services/config/environment.ts';
import { readDeliveryStatus } from '../../services/posts/delivery-status.ts';
import type { Db } from '../../services/storage/database.ts';
import { openConfigured, type Variables } from './open.ts';

/** `sedd status`: the last runs, and the truth about delivery. Codes and ids, no names. */
export async function status(env: Variables): Promise<void> {
  const storage = await openConfigured(readEnvironment(env));
  try {
    console.log(await runsText(storage.db));
    console.log(await deliveryText(storage.db));
    console.log(await deadText(storage.db));
  } finally {
    await storage.close();
  }
}

async function runsText(db: Db): Promise<string> {
  const runs = await db
    .selectFrom('jobRun')
    .selectAll()
    .orderBy('startedAt', 'desc')
    .orderBy('schoolId')
    .limit(40)
    .execute();
  if (runs.length === 0) return 'Nothing has run yet.';
  const lines = runs.map(({ day, schoolId, job, state, finishedAt, note }) =>
    [day, schoolId.padEnd(24), job.padEnd(9), state.padEnd(8), finishedAt ?? '', note ?? ''].join('  '),
  );
  return ['Last runs', ...lines].join('\n');
}

async function deliveryText(db: Db): Promise<string> {
  const delivery = await readDeliveryStatus(db);
  const given = delivery.undelivered.map(
    ({ conversationId, code, posts }) => `  ${conversationId}  ${code}  ${posts}`,
  );
  const broken = delivery.broken.map(
    ({ conversationId, code, at }) => `  ${conversationId}  ${code}  since ${at ?? '?'}`,
  );
  return [
    `Cards that wait: ${delivery.waiting}`,
    `Cards that were given up: ${delivery.undelivered.reduce((sum, { posts }) => sum + posts, 0)}`,
    ...given,
    `Conversations that cannot be posted to: ${broken.length}`,
    ...broken,
    `Copies that may exist after a posting in doubt: ${delivery.suspectedTwins}; found and not deleted yet: ${delivery.twinsToDelete}`,
  ].join('\n');
}

/** Read from the table itself: the job engine is not started for a look. */
async function deadText(db: Db): Promise<string> {
  const failed = await db
    .selectFrom('jobRun')
    .select(['day', 'schoolId', 'job', 'note'])
    .where('state', '=', 'failed')
    .orderBy('day', 'desc')
    .limit(20)
    .execute();
  const lines = failed.map(({ day, schoolId, job, note }) => `  ${day}  ${schoolId}  ${job}  ${note ?? ''}`);
  return [`Runs that failed: ${failed.length}`, ...lines].join('\n');
}
