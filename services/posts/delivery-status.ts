import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';

export interface DeliveryStatus {
  /** Posts that wait to be brought up to date. */
  readonly waiting: number;
  /** Posts that were given up, by conversation and code: the dead letters. */
  readonly undelivered: readonly {
    readonly conversationId: string;
    readonly code: string;
    readonly posts: number;
  }[];
  readonly broken: readonly {
    readonly conversationId: string;
    readonly code: string;
    readonly at: Temporal.Instant | null;
  }[];
  /** Copies that may exist since a posting stayed in doubt, and those that showed themselves and are not deleted yet. */
  readonly suspectedTwins: number;
  readonly twinsToDelete: number;
}

/** What is shown where, and what is not: the truth about delivery, of every day that is kept. */
export async function readDeliveryStatus(db: Db): Promise<DeliveryStatus> {
  const counts = await db
    .selectFrom('post')
    .select((eb) => [
      eb.fn
        .countAll<number>()
        .filterWhere((where) =>
          where.and([
            where('shownVersion', '<', where.ref('wantedVersion')),
            where('state', '!=', 'undelivered'),
          ]),
        )
        .as('waiting'),
      eb.fn.coalesce(eb.fn.sum<number>('suspectedTwins'), eb.lit(0)).as('suspectedTwins'),
    ])
    .executeTakeFirstOrThrow();
  const undelivered = await db
    .selectFrom('post')
    .select((eb) => ['conversationId', 'errorCode', eb.fn.countAll<number>().as('posts')])
    .where('state', '=', 'undelivered')
    .groupBy(['conversationId', 'errorCode'])
    .orderBy('conversationId')
    .orderBy('errorCode')
    .execute();
  const broken = await db
    .selectFrom('conversation')
    .select(['id', 'brokenCode', 'brokenAt'])
    .where('state', '=', 'broken')
    .orderBy('id')
    .execute();
  const twins = await db
    .selectFrom('postTwin')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('deletedAt', 'is', null)
    .executeTakeFirstOrThrow();
  return {
    waiting: Number(counts.waiting),
    undelivered: undelivered.map(({ conversationId, errorCode, posts }) => ({
      conversationId,
      code: errorCode ?? 'unknown',
      posts: Number(posts),
    })),
    broken: broken.map((row) => ({
      conversationId: row.id,
      code: row.brokenCode ?? 'unknown',
      at: row.brokenAt,
    })),
    suspectedTwins: Number(counts.suspectedTwins),
    twinsToDelete: Number(twins.count),
  };
}
