import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../clock.ts';
import type { Db } from '../storage/database.ts';
import type { ChatFailure } from './chat.ts';
import { breakConversation } from './conversations.ts';
import type { DeliveryListener, PostRow } from './post.ts';

interface OutcomeDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly onDelivery: DeliveryListener;
  readonly graceSeconds: number;
}

/** After so many failed tries in a row a post is given up until there is something new to show. */
const MOST_ATTEMPTS = 12;
const MOST_BACK_OFF_SECONDS = 120;

/**
 * Writes down that a first posting begins. False where somebody else has it, or it is there already.
 * Taking over a posting with an unknown outcome means that there may now be a twin: it is counted.
 */
export async function claimPosting(
  db: Db,
  post: Pick<PostRow, 'id'>,
  now: Temporal.Instant,
  graceSeconds: number,
): Promise<boolean> {
  const claimed = await db
    .updateTable('post')
    .set((eb) => ({
      state: 'posting' as const,
      postingSince: now,
      attempts: eb('attempts', '+', 1),
      suspectedTwins: sql<number>`suspected_twins + case when state = 'posting' then 1 else 0 end`,
    }))
    .where('id', '=', post.id)
    .where('activityId', 'is', null)
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
    if (stored === undefined) await addTwin(trx, post.id, sent.activityId, now);
    await deps.onDelivery(trx, post);
  });
}

/** Notes that the conversation shows the post as of the version that was read. */
export async function recordShown(deps: OutcomeDeps, post: PostRow, digest: string | null): Promise<void> {
  await deps.db.transaction().execute(async (trx) => {
    await trx
      .updateTable('post')
      .set({
        ...shown(post, digest),
        state: post.activityId === null ? 'waiting' : 'posted',
        updatedAt: deps.clock.now(),
      })
      .where('id', '=', post.id)
      .execute();
    if (post.errorCode !== null) await deps.onDelivery(trx, post);
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

/** Notes what a failure means for the post: again later, posted anew, or given up until somebody acts. */
export async function recordFailure(deps: OutcomeDeps, post: PostRow, failure: ChatFailure): Promise<void> {
  const now = deps.clock.now();
  await deps.db.transaction().execute(async (trx) => {
    await trx
      .updateTable('post')
      .set({ ...afterFailure(post, failure, now, deps.graceSeconds), errorCode: failure.code })
      .where('id', '=', post.id)
      .execute();
    if (failure.kind === 'messageGone' && post.activityId !== null) {
      await addTwin(trx, post.id, post.activityId, now, now);
    }
    if (failure.kind === 'unreachable') await breakConversation(trx, post.conversationId, failure.code, now);
    await deps.onDelivery(trx, post);
  });
}

function afterFailure(post: PostRow, failure: ChatFailure, now: Temporal.Instant, graceSeconds: number) {
  const calm = post.activityId === null ? ('waiting' as const) : ('posted' as const);
  const attempts = post.attempts + 1;
  const later = now.add({ seconds: backOffSeconds(attempts) });
  switch (failure.kind) {
    case 'notAccepted':
      return given(attempts, {
        state: calm,
        notBefore: now.add({
          milliseconds: Math.ceil((failure.retryAfterSeconds ?? backOffSeconds(attempts)) * 1_000),
        }),
      });
    case 'unknown':
      // Of a first posting nobody knows: it stays in that state until the grace has passed.
      return post.activityId === null
        ? given(attempts, { state: 'posting' as const, notBefore: now.add({ seconds: graceSeconds }) })
        : given(attempts, { state: calm, notBefore: later });
    case 'messageGone':
      return { state: 'waiting' as const, activityId: null, shownDigest: null, attempts, notBefore: null };
    case 'notAuthorised':
      return { state: calm, notBefore: later };
    case 'unreachable':
    case 'refused':
      return { state: 'undelivered' as const, postingSince: null };
  }
}

function given<T extends { readonly state: PostRow['state'] }>(attempts: number, change: T) {
  return attempts >= MOST_ATTEMPTS
    ? { ...change, attempts, state: 'undelivered' as const, postingSince: null }
    : { ...change, attempts };
}

/** 1, 2, 4 … seconds, up to two minutes. */
function backOffSeconds(attempts: number): number {
  return Math.min(2 ** (attempts - 1), MOST_BACK_OFF_SECONDS);
}

/** Remembers a copy that is not the post's message, to be deleted; or that is gone already (`deletedAt`). */
export async function addTwin(
  db: Db,
  postId: string,
  activityId: string,
  foundAt: Temporal.Instant,
  deletedAt: Temporal.Instant | null = null,
): Promise<void> {
  await db
    .insertInto('postTwin')
    .values({ postId, activityId, foundAt, deletedAt })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
