import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { silentLog } from '../../../services/log.ts';
import type { Chat } from '../../../services/posts/chat.ts';
import { type DeliverDeps, deliverStale } from '../../../services/posts/deliver.ts';
import { createPacing } from '../../../services/posts/pacing.ts';
import type { PostKey, PostRow } from '../../../services/posts/post.ts';
import { markStale, wantPosts } from '../../../services/posts/post-store.ts';
import type { Db } from '../../../services/storage/database.ts';
import { type RecordingChat, recordingChat } from '../../support/recording-chat.ts';
import { createWireTime, type WireTime } from '../../support/wire-time.ts';

export const DAY = Temporal.PlainDate.from('2026-11-23');
export const START = Temporal.Instant.from('2026-11-23T07:00:00Z');
export const POST_TABLES = ['post_hold', 'post_twin', 'post', 'binding', 'conversation'] as const;
export const GRACE_SECONDS = 30;
export const REST_SECONDS = 5;

/** A deliverer over a real database, a chat in memory, and time that passes only when it is waited for. */
export interface TestDelivery {
  readonly deps: DeliverDeps;
  readonly far: RecordingChat;
  readonly time: WireTime;
  /** Seconds after which the deliverer asked to be called again. */
  readonly rings: number[];
  /** subject → what its card says; undefined: nothing to show. */
  readonly facts: Map<string, string | undefined>;
  /** What was asked of Teams, in order. */
  ops(): readonly string[];
  deliver(signal?: AbortSignal): Promise<void>;
  /** Delivers, and again whenever that was asked for, until nothing is left to do. */
  settle(): Promise<void>;
}

export function testDelivery(
  db: Db,
  more: Partial<DeliverDeps> & { readonly chat?: Chat } = {},
): TestDelivery {
  const time = createWireTime(() => quiet(db));
  const far = recordingChat();
  const rings: number[] = [];
  const facts = new Map<string, string | undefined>();
  const deps: DeliverDeps = {
    db,
    chat: far.chat,
    clock: time.clock,
    delay: time.delay,
    log: silentLog,
    compose: async ({ subject }) => {
      const text = facts.has(subject) ? facts.get(subject) : subject;
      return text === undefined ? undefined : { summary: text, card: { type: 'AdaptiveCard', text } };
    },
    onDelivery: async () => {},
    pacing: createPacing(),
    jobs: { enqueue: async (_db, _queue, _data, options) => void rings.push(options?.afterSeconds ?? 0) },
    graceSeconds: GRACE_SECONDS,
    mostInFlight: 64,
    lastPurposes: ['summary'],
    restSeconds: REST_SECONDS,
    ...more,
  };
  const deliver = (signal = new AbortController().signal) => deliverStale(deps, signal);
  return {
    deps,
    far,
    time,
    rings,
    facts,
    ops: () => far.calls.map(({ op }) => op),
    deliver,
    settle: async () => {
      await deliver();
      for (let ring = rings.shift(); ring !== undefined; ring = rings.shift()) {
        time.advance(ring);
        await deliver();
      }
    },
  };
}

/** Lets whatever is ready to run do so. */
export function turnOfTheLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** The states that posts are in, each once. */
export async function statesOf(db: Db): Promise<readonly string[]> {
  const rows = await db.selectFrom('post').select('state').distinct().orderBy('state').execute();
  return rows.map((row) => row.state);
}

/** Lets queries and what follows from them come to an end. */
async function quiet(db: Db): Promise<void> {
  for (let round = 0; round < 4; round += 1) {
    await sql`select 1`.execute(db);
    await turnOfTheLoop();
  }
}

export async function addConversations(db: Db, ...ids: readonly string[]): Promise<void> {
  await db
    .insertInto('conversation')
    .values(
      ids.map((id) => ({
        id,
        kind: 'channel' as const,
        tenantId: 'tenant-a',
        serviceUrl: 'http://127.0.0.1:1/',
        teamId: null,
        name: null,
        state: 'open' as const,
        brokenCode: null,
        brokenAt: null,
      })),
    )
    .execute();
}

export function key(subject: string, conversationId: string, purpose = 'card'): PostKey {
  return { purpose, subject, conversationId, schoolId: 'north', day: DAY };
}

export async function want(db: Db, ...keys: readonly PostKey[]): Promise<void> {
  await wantPosts(db, keys, START);
}

/** So many conversations with so many posts each (`c0/0`, `c0/1`, `c1/0` …), in the order of their numbers. */
export async function fill(db: Db, conversations: number, each: number): Promise<void> {
  const ids = Array.from({ length: conversations }, (_, index) => `c${index}`);
  await addConversations(db, ...ids);
  for (let post = 0; post < each; post += 1) {
    await want(db, ...ids.map((id) => key(`${id}/${post}`, id)));
  }
  const rows = await db.selectFrom('post').select('subject').execute();
  for (const { subject } of rows) {
    const [conversation, post] = subject.slice(1).split('/').map(Number);
    const seconds = 1_000 * (post ?? 0) + (conversation ?? 0);
    await setPost(db, subject, { createdAt: START.add({ seconds }) });
  }
}

/** A call takes its time, as over a network. */
export async function slowly({ time }: TestDelivery): Promise<void> {
  for (let part = 0; part < 10; part += 1) await time.delay(50);
}

export async function stale(db: Db, subject: string, isUrgent = false): Promise<void> {
  await markStale(db, { purpose: 'card', subjects: [subject] }, { isUrgent });
}

/** The post of a subject, in whichever conversation. */
export async function postOf(db: Db, subject: string): Promise<PostRow> {
  return await db.selectFrom('post').selectAll().where('subject', '=', subject).executeTakeFirstOrThrow();
}

/** Who holds it, in the order of their ids. */
export async function holdersOf(db: Db, subject: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('postHold')
    .innerJoin('post', 'post.id', 'postHold.postId')
    .select('postHold.actorId')
    .where('post.subject', '=', subject)
    .orderBy('postHold.actorId')
    .execute();
  return rows.map(({ actorId }) => actorId);
}

/** Changes a post behind everybody's back. */
export async function setPost(db: Db, subject: string, change: Partial<PostRow>): Promise<void> {
  await db.updateTable('post').set(change).where('subject', '=', subject).execute();
}
