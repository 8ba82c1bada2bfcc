import type { Temporal } from 'temporal-polyfill';
import { claimPosting } from '../../../services/posts/delivery-outcome.ts';
import type { PostRow } from '../../../services/posts/post.ts';
import type { Db } from '../../../services/storage/database.ts';
import { empty } from '../../support/dump.ts';
import { addConversations, GRACE_SECONDS, key, POST_TABLES, postOf, START, want } from './delivery.ts';

export type OneOutcome = Awaited<ReturnType<typeof oneOutcome>>;

/** The post of 8A in c1, wanted and not yet sent, whose deliveries end when and how a test says. */
export async function oneOutcome(db: Db) {
  await empty(db, POST_TABLES);
  await addConversations(db, 'c1', 'c2');
  await want(db, key('8A', 'c1'));
  let now: Temporal.Instant = START;
  const told: string[] = [];
  return {
    /** Subjects whose delivery the listener was told of. */
    told,
    now: () => now,
    later: (seconds: number) => {
      now = now.add({ seconds });
    },
    deps: {
      db,
      clock: { now: () => now },
      graceSeconds: GRACE_SECONDS,
      onDelivery: async (_db: Db, post: PostRow) => void told.push(post.subject),
    },
    claim: async () => await claimPosting(db, await postOf(db, '8A'), now, GRACE_SECONDS),
    twins: async (): Promise<readonly string[]> => {
      const rows = await db.selectFrom('postTwin').selectAll().orderBy('activityId').execute();
      return rows.map(({ activityId, deletedAt }) => `${activityId}${deletedAt === null ? '' : ' deleted'}`);
    },
  };
}
