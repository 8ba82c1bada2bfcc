import type { TeamsPlace } from '../support/teams-user.ts';

/** Somebody's own chat with Sedd. */
export function personal(name: string): TeamsPlace {
  return { id: `a:29:${name}`, kind: 'personal' };
}
