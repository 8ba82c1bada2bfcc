import * as oauth from 'oauth4webapi';
import type { Clock } from '../../clock.ts';
import type { SourceConfig } from '../../config/municipality.ts';
import { timeLimit } from '../../time-limit.ts';
import { SourceError } from '../source-error.ts';
import { isPassing, thrownFailure } from './failures.ts';
import { type Budget, fetchWhole } from './fetch-whole.ts';

export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Gives a bearer token, and forgets it when told that it is not taken any more. */
export interface TokenSource {
  /** The token; undefined where the source asks for none. Fails with a `SourceError`. */
  token(): Promise<string | undefined>;
  /** Forgets this token, and not a newer one that another call has fetched since. */
  forget(token: string): void;
}

export interface TokenDeps {
  readonly config: Pick<SourceConfig, 'id' | 'tokenUrl' | 'scope' | 'timeoutSeconds'>;
  readonly credentials: ClientCredentials | undefined;
  /** How long a token is good for is real time, whatever the school's clock says. */
  readonly wireClock: Clock;
}

/** A token is renewed this long before it ends; one that is short-lived, when half its life is over. */
const EARLY_SECONDS = 60;
const DEFAULT_LIFE_SECONDS = 300;
const MOST_BYTES = 1_000_000;

/** OAuth 2.0 with client_credentials; calls at the same time share one request. */
export function tokenSource(deps: TokenDeps): TokenSource {
  const { tokenUrl } = deps.config;
  if (tokenUrl === undefined) return { token: async () => undefined, forget: () => {} };
  let current: { readonly value: string; readonly renewAt: number } | undefined;
  let asking: Promise<string> | undefined;
  const ask = async () => {
    const askedAt = deps.wireClock.now().epochMilliseconds;
    const { access_token: value, expires_in: life = DEFAULT_LIFE_SECONDS } = await grant(deps, tokenUrl);
    current = { value, renewAt: askedAt + Math.max(life - EARLY_SECONDS, life / 2) * 1_000 };
    return value;
  };
  return {
    token: async () => {
      if (current !== undefined && deps.wireClock.now().epochMilliseconds < current.renewAt)
        return current.value;
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return await asking;
    },
    forget: (token) => {
      if (current?.value === token) current = undefined;
    },
  };
}

/** Most suppliers want the secret in the form; the standard only promises that it is taken in the header. */
async function grant(deps: TokenDeps, tokenUrl: string): Promise<oauth.TokenEndpointResponse> {
  const { config, credentials } = deps;
  if (credentials === undefined) {
    const remedy = `Set SS12000_CLIENT_ID and SS12000_CLIENT_SECRET for the source "${config.id}"`;
    throw new SourceError('auth', remedy, { source: config.id });
  }
  const { clientId, clientSecret } = credentials;
  try {
    return await requestToken(config, tokenUrl, clientId, oauth.ClientSecretPost(clientSecret));
  } catch (error) {
    if (!(error instanceof SourceError) || error.facts.reason !== 'invalid_client') throw error;
    return await requestToken(config, tokenUrl, clientId, oauth.ClientSecretBasic(clientSecret));
  }
}

async function requestToken(
  config: TokenDeps['config'],
  tokenUrl: string,
  clientId: string,
  clientAuth: oauth.ClientAuth,
): Promise<oauth.TokenEndpointResponse> {
  const server = { issuer: new URL(tokenUrl).origin, token_endpoint: tokenUrl };
  const client = { client_id: clientId };
  const scope = config.scope === undefined ? {} : { scope: config.scope };
  const stallMs = config.timeoutSeconds * 1_000;
  const budget: Budget = { signal: timeLimit(2 * stallMs), bytesLeft: MOST_BYTES };
  let status: number | undefined;
  try {
    const response = await oauth.clientCredentialsGrantRequest(server, client, clientAuth, scope, {
      // The configuration allows http towards this machine alone.
      [oauth.allowInsecureRequests]: true,
      [oauth.customFetch]: async (url, { method, headers, body }) => {
        const answer = await fetchWhole(new URL(url), { method, headers, body: `${body}` }, stallMs, budget);
        status = answer.status;
        return new Response(answer.text, { status, headers: answer.headers });
      },
    });
    const granted = await oauth.processClientCredentialsResponse(server, client, response);
    if (isSendable(granted.access_token)) return granted;
  } catch (error) {
    if (status === undefined) throw thrownFailure({ source: config.id, path: 'token' }, error);
    throw tokenFailure(config.id, tokenUrl, status, error);
  }
  throw tokenFailure(config.id, tokenUrl, status, undefined);
}

/** The library's error is not passed on as the cause: it holds what was answered. */
function tokenFailure(
  source: string,
  tokenUrl: string,
  status: number | undefined,
  error: unknown,
): SourceError {
  const reason =
    error instanceof oauth.ResponseBodyError && /^\w{1,40}$/.test(error.error) ? error.error : undefined;
  const { host } = new URL(tokenUrl);
  const facts = { source, path: 'token', host, status, reason };
  if (status !== undefined && isPassing(status)) {
    const message = `The source "${source}" gave no token (${status} from ${host})`;
    return new SourceError('unreachable', message, facts, { isPassing: true });
  }
  const remedy =
    `The source "${source}" gave no token (${reason ?? status} from ${host}); ` +
    'check SS12000_CLIENT_ID, SS12000_CLIENT_SECRET, tokenUrl and scope';
  return new SourceError('auth', remedy, facts);
}

/** Anything else cannot stand in a header, and would be quoted in the error that says so. */
function isSendable(token: string): boolean {
  return /^[\x21-\x7e]+$/.test(token);
}
