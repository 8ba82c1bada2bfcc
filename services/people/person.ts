import type { TeamsUser } from './teams-users.ts';

/** Somebody in Teams, as what the school knows them. */
export interface Person {
  readonly entraId: string;
  readonly name: string;
  readonly isGuest: boolean;
  /** Undefined where the roster knows nobody like that. */
  readonly staffId: string | undefined;
  /** E-mail address and sign-in name, in lower case: what the municipality file names roles by. */
  readonly addresses: readonly string[];
}

export function personOf(user: TeamsUser): Person {
  return {
    entraId: user.entraId,
    name: user.name,
    isGuest: user.isGuest,
    staffId: user.staffId ?? undefined,
    addresses: [user.email, user.principalName].flatMap((address) => address ?? []),
  };
}
