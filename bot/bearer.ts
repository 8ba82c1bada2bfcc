/** Who signs for what Teams sends to a bot. */
const ISSUER = 'https://api.botframework.com';

/**
 * Whether a token is worth checking: it claims the Bot Framework's issuer and this bot as its audience. Nothing is proven by
 * it. It stands before the SDK's own check because that one remembers every tenant that a token names, forged or not, for as
 * long as the process lives; a token of the Bot Framework names none.
 */
export function mayBeFromTeams(authorization: string | undefined, appId: string): boolean {
  const token = /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(authorization ?? '');
  const claims = parse(token?.[2]);
  return claims !== undefined && claims.iss === ISSUER && claims.aud === appId && !('tid' in claims);
}

function parse(payload: string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (payload === undefined) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return typeof claims === 'object' && claims !== null ? (claims as Record<string, unknown>) : undefined;
  } catch {
    // Not a token at all.
    return undefined;
  }
}
