import { readBindings } from '../posts/conversations.ts';
import type { Db } from '../storage/database.ts';

/** Whether a school has a coordinator's channel that can be posted to. */
export async function canAskCoordinator(db: Db, schoolId: string): Promise<boolean> {
  const bindings = await readBindings(db, schoolId);
  return bindings.some(({ role, state }) => role === 'coordinator' && state === 'open');
}
