import { type ExpressionBuilder, sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../clock.ts';
import type { Db } from '../storage/database.ts';
import type { Database } from '../storage/schema.ts';
import { type AfterFailure, afterFailure, type DeliveryFailure } from './after-failure.ts';
import { breakConversation } from './conversations.ts';
import { endHolds, isHeld } from './hold-post.ts';
import type { DeliveryListener, PostRow } from './post.ts';
import { addTwin } from './twins.ts';

interface OutcomeDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly onDelivery: DeliveryListener;
  readonly graceSeconds: number;
}

/** A post as it was read, to be sent as it was made of that. */
type Claimed = Pick<PostRow, 'id' | 'wantedVersion' | 'isUrgent'>;

/**
 * Writes down that a first posting begins. False where somebody else has it, it is there already, or it is wanted anew and
 * nobody waits for it: it may name somebody whom it may not name any more.
 * Taking over a posting with an unknown outcome means that there may now be a twin: it is counted.
 */
export async function claimPosting(
  db: Db,
  post: Claimed,
  now: Temporal.Instant,
  graceSeconds: number,
): Promise<boolean> {
  const claimed = await db
    .updateTable('post')
    .set((eb) => ({
      state: 'posting' as const,
      postingSince: now,
      attempts: eb('attempts', '+', 1),
      suspectedTwins: oneMoreWhereInDoubt,
    }))
    .where('id', '=', post.id)
    .where('activityId', 'is', null)
    .$if(!post.isUrgent, (own) => own.where('wantedVersion', '=', post.wantedVersion))
    .where((eb) =>
      eb.or([
        eb('state', '!=', 'posting'),
        eb('postingSince', '<=', now.subtract({ seconds: graceSeconds })),
      ]),
    )
    .returning('id')
    .executeTakeFirst();
  return claimed !== undefined;
}

/** What was being posted may have arrived, and nobody would ask any more. */
const oneMoreWhereInDoubt = sql<number>`suspected_twins + case when state = 'posting' then 1 else 0 end`;

/**
 * Writes down that an update begins: until it is known to have arrived, nobody knows what the conversation shows, and what
 * was shown before may have to be sent again. False where the message is no longer the post's or is held since it was read;
 * also where the post is wanted anew and nobody waits for it, since it may have been made of what is no longer so.
 */
export async function claimUpdate(
  db: Db,
  post: Claimed & { readonly activityId: string },
  now: Temporal.Instant,
): Promise<boolean> {
  const claimed = await db
    .updateTable('post')
    .set({ shownDigest: null })
    .where('id', '=', post.id)
    .where('activityId', '=', post.activityId)
    .$if(!post.isUrgent, (own) => own.where('wantedVersion', '=', post.wantedVersion))
    .where((eb) => eb.not(isHeld(now)))
    .returning('id')
    .executeTakeFirst();
  return claimed !== undefined;
}

/**
 * Keeps the id that a first posting got. Where a press has meanwhile shown that an earlier try did arrive, this copy is
 * the twin, and goes.
 */
export async function recordPosted(
  deps: OutcomeDeps,
  post: PostRow,
  sent: { readonly activityId: string; readonly digest: string },
): Promise<void> {
  const now = deps.clock.now();
  await deps.db.transaction().execute(async (trx) => {
    const stored = await trx
      .updateTable('post')
      .set({ ...shown(post, sent.digest), activityId: sent.activityId, postedAt: now, updatedAt: now })
      .where('id', '=', post.id)
      .where((eb) => eb.or([eb('activityId', 'is', null), eb('activityId', '=', sent.activityId)]))
      .returning('id')
      .executeTakeFirst();
    if (stored === undefined) await addTwin(trx, post, sent.activityId, now);
    await deps.onDelivery(trx, post);
  });
}

/** Notes that the message was updated. Where another process did the same meanwhile, nobody knows which came last. */
export async function recordUpdated(deps: OutcomeDeps, post: PostRow, digest: string): Promise<void> {
  const now = deps.clock.now();
  await deps.db.transaction().execute(async (trx) => {
    const stored = await trx
      .updateTable('post')
      .set({ ...shown(post, digest), updatedAt: now })
      .where(isAsRead(post))
      .returning('id')
      .executeTakeFirst();
    if (stored === undefined) await sendAgain(trx, post);
    if (post.errorCode !== null) await deps.onDelivery(trx, post);
  });
}

/** Notes that nothing had to be sent: the conversation shows the post already, or there is nothing to show. */
export async function recordUnchanged(deps: OutcomeDeps, post: PostRow): Promise<void> {
  const state = post.activityId === null ? ('waiting' as const) : ('posted' as const);
  await deps.db.transaction().execute(async (trx) => {
    await trx
      .updateTable('post')
      .set({ ...shown(post, post.shownDigest), state, suspectedTwins: oneMoreWhereInDoubt })
      .where(isAsRead(post))
      .execute();
    if (post.errorCode !== null || post.shownVersion === 0) await deps.onDelivery(trx, post);
  });
}

function shown(post: PostRow, digest: string | null) {
  return {
    state: 'posted' as const,
    shownVersion: post.wantedVersion,
    shownDigest: digest,
    // A change that came while this one was on its way keeps its urgency.
    isUrgent: sql<boolean>`is_urgent and wanted_version > ${post.wantedVersion}`,
    postingSince: null,
    attempts: 0,
    notBefore: null,
    errorCode: null,
  };
}

/** The row is where it was when it was read: no other delivery, and no press on a twin, has come between. */
function isAsRead(post: PostRow) {
  return (eb: ExpressionBuilder<Database, 'post'>) =>
    eb.and([
      eb('id', '=', post.id),
      eb('shownVersion', '=', post.shownVersion),
      eb('activityId', 'is not distinct from', post.activityId),
    ]);
}

async function sendAgain(db: Db, post: PostRow): Promise<void> {
  await db
    .updateTable('post')
    .set((eb) => ({ wantedVersion: eb('wantedVersion', '+', 1), shownDigest: null }))
    .where('id', '=', post.id)
    .execute();
}

/** Notes what a failure means for the post, and answers it: again later, posted anew, or given up until somebody acts. */
export async function recordFailure(
  deps: OutcomeDeps,
  post: PostRow,
  failure: DeliveryFailure,
): Promise<AfterFailure> {
  const now = deps.clock.now();
  const next = afterFailure(post, failure, deps.graceSeconds);
  await deps.db.transaction().execute(async (trx) => {
    if (next.kind === 'givenUp' && next.breaksConversation)
      await breakConversation(trx, post.conversationId, failure.code, now);
    await trx
      .updateTable('post')
      .set({ ...changeOf(post, next, now, deps.graceSeconds), errorCode: failure.code })
      .where(isAsRead(post))
      .execute();
    if (next.kind === 'anew' && post.activityId !== null) {
      await addTwin(trx, post, post.activityId, now, now);
      // What was opened in its place is gone with it.
      await endHolds(trx, [post.id]);
    }
    if (next.kind === 'again' && next.holdsConversation) await hold(trx, post, later(now, next.afterSeconds));
    await deps.onDelivery(trx, post);
  });
  return next;
}

function changeOf(post: PostRow, next: AfterFailure, now: Temporal.Instant, graceSeconds: number) {
  const calm = post.activityId === null ? ('waiting' as const) : ('posted' as const);
  switch (next.kind) {
    case 'again':
      return {
        ...(next.isInDoubt ? {} : { state: calm, postingSince: null }),
        attempts: next.attempts,
        notBefore: later(now, next.afterSeconds),
      };
    case 'anew':
      return { state: 'waiting' as const, activityId: null, shownDigest: null, notBefore: null };
    case 'givenUp':
      return {
        // What has changed since may well be accepted.
        state: sql<PostRow['state']>`case when wanted_version > ${post.wantedVersion}
          then ${calm} else 'undelivered' end`,
        postingSince: null,
        attempts: 0,
        notBefore: next.isInDoubt ? later(now, graceSeconds) : null,
        suspectedTwins: sql<number>`suspected_twins + ${next.isInDoubt ? 1 : 0}`,
      };
  }
}

/** Teams asked for a pause, or cannot be reached: what waits for the same conversation waits as long. */
async function hold(db: Db, { conversationId }: PostRow, until: Temporal.Instant): Promise<void> {
  await db
    .updateTable('post')
    .set({ notBefore: until })
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('post')
        .select('id')
        .where('conversationId', '=', conversationId)
        .whereRef('shownVersion', '<', 'wantedVersion')
        .where((or) => or.or([or('notBefore', 'is', null), or('notBefore', '<', until)]))
        // Whoever has one of them now is not waited for: nobody should wait for us in turn.
        .forUpdate()
        .skipLocked(),
    )
    .execute();
}

function later(now: Temporal.Instant, seconds: number): Temporal.Instant {
  return now.add({ milliseconds: Math.ceil(seconds * 1_000) });
}
