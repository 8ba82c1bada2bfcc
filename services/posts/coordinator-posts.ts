import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';
import { readBindings } from './conversations.ts';
import type { PostKey } from './post.ts';
import { wantPosts } from './post-store.ts';

/** Wants a post in each of a school's coordinators' channels, and brings it up to date. */
export async function wantForCoordinators(
  db: Db,
  post: Pick<PostKey, 'purpose' | 'subject' | 'schoolId' | 'day'>,
  at: Temporal.Instant,
): Promise<void> {
  const bindings = await readBindings(db, post.schoolId);
  const coordinators = bindings.filter(({ role }) => role === 'coordinator');
  await wantPosts(
    db,
    coordinators.map(({ conversationId }) => ({ ...post, conversationId })),
    at,
  );
}

/** Whether a school has a coordinator's channel that can be posted to. */
export async function canAskCoordinator(db: Db, schoolId: string): Promise<boolean> {
  const bindings = await readBindings(db, schoolId);
  return bindings.some(({ role, state }) => role === 'coordinator' && state === 'open');
}
