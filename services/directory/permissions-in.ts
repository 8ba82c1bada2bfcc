import { z } from 'zod';

const claims = z.object({ roles: z.array(z.string()).default([]) });

/** The application permissions that a token names; undefined where it cannot be read, as Microsoft reserves itself. */
export function permissionsIn(token: string | undefined): ReadonlySet<string> | undefined {
  const [, payload = ''] = token?.split('.') ?? [];
  try {
    const { data } = claims.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
    return data === undefined ? undefined : new Set(data.roles);
  } catch {
    // No JSON: a token is for whom it is given to, and may look like anything.
    return undefined;
  }
}
