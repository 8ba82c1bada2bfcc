import * as oauth from 'oauth4webapi';
import type { Clock } from '../../clock.ts';
import type { SourceConfig } from '../../config/municipality.ts';
import { SourceError } from '../source-error.ts';

export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Gives a bearer token, and forgets it when told that it is not taken any more. */
export interface TokenSource {
  /** The token; undefined where the source asks for none. */
  token(): Promise<string | undefined>;
  forget(): void;
}

/** A token is renewed this long before it ends. */
const EARLY_SECONDS = 60;
const DEFAULT_LIFE_SECONDS = 300;

/** OAuth 2.0 with client_credentials; calls at the same time share one request. */
export function tokenSource(deps: {
  readonly config: SourceConfig;
  readonly credentials: ClientCredentials | undefined;
  readonly clock: Clock;
}): TokenSource {
  const { config, clock } = deps;
  if (config.tokenUrl === undefined) return { token: async () => undefined, forget: () => {} };
  let current: { readonly value: string; readonly renewAt: number } | undefined;
  let asking: Promise<string> | undefined;
  const ask = async () => {
    const { access_token: value, expires_in: life } = await requestToken(
      config,
      config.tokenUrl ?? '',
      deps.credentials,
    );
    const seconds = (life ?? DEFAULT_LIFE_SECONDS) - EARLY_SECONDS;
    current = { value, renewAt: clock.now().epochMilliseconds + seconds * 1_000 };
    return value;
  };
  return {
    token: async () => {
      if (current !== undefined && clock.now().epochMilliseconds < current.renewAt) return current.value;
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return await asking;
    },
    forget: () => {
      current = undefined;
    },
  };
}

async function requestToken(
  config: SourceConfig,
  tokenUrl: string,
  credentials: ClientCredentials | undefined,
) {
  if (credentials === undefined) {
    const remedy = `Set SS12000_CLIENT_ID and SS12000_CLIENT_SECRET for the source "${config.id}"`;
    throw new SourceError('auth', remedy, { source: config.id });
  }
  const server = { issuer: new URL(tokenUrl).origin, token_endpoint: tokenUrl };
  const client = { client_id: credentials.clientId };
  const scope = config.scope === undefined ? {} : { scope: config.scope };
  try {
    const response = await oauth.clientCredentialsGrantRequest(
      server,
      client,
      oauth.ClientSecretPost(credentials.clientSecret),
      scope,
      {
        signal: AbortSignal.timeout(config.timeoutSeconds * 1_000),
        // The configuration allows http towards this machine alone.
        [oauth.allowInsecureRequests]: true,
      },
    );
    return await oauth.processClientCredentialsResponse(server, client, response);
  } catch (cause) {
    const message = `The source "${config.id}" gave no token; check SS12000_CLIENT_ID, SS12000_CLIENT_SECRET and tokenUrl`;
    throw new SourceError('auth', message, { source: config.id, host: new URL(tokenUrl).host }, cause);
  }
}
