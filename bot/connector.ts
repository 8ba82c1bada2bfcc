import { ChatFailure, type ChatFailureKind } from '../services/posts/chat.ts';
import { timeLimit } from '../services/time-limit.ts';
import { connectorFailure } from './connector-failure.ts';

export interface ConnectorDeps {
  /** The token for outgoing calls; undefined in the demo. */
  readonly token: () => Promise<string | undefined>;
  /** Hosts that may be called, and so be given the token. */
  readonly allowedHosts: ReadonlySet<string>;
  /** How long a call may take, its token and its answer's body included, in milliseconds. */
  readonly timeoutMs: number;
}

/** Calls Teams' connector service. */
export interface Connector {
  /** One call, sent once and never retried. Fails with a `ChatFailure` that says what may have become of it. */
  call(method: ConnectorMethod, serviceUrl: string, path: string, body?: object): Promise<unknown>;
}

export type ConnectorMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

export function createConnector(deps: ConnectorDeps): Connector {
  return {
    async call(method, serviceUrl, path, body) {
      const url = allowedUrl(deps.allowedHosts, serviceUrl, path);
      const limit = timeLimit(deps.timeoutMs);
      const headers = headersOf(await tokenOf(deps, limit), body);
      const init = { method, headers, body: JSON.stringify(body) ?? null, redirect: 'error' } as const;
      const response = await within(limit, fetch(url, { ...init, signal: limit })).catch(lost);
      const text = within(limit, response.text());
      if (response.ok) return parse(await text.catch(lost));
      throw refusal(response, await text.catch(() => undefined));
    },
  };
}

function headersOf(token: string | undefined, body: object | undefined): Record<string, string> {
  return {
    accept: 'application/json',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
}

/** What is waited for, or the limit: not everything that is given a signal obeys it once memory has been swept. */
async function within<T>(limit: AbortSignal, waitedFor: Promise<T>): Promise<T> {
  const tooLate = new Promise<never>((_resolve, reject) => {
    if (limit.aborted) reject(limit.reason);
    else limit.addEventListener('abort', () => reject(limit.reason), { once: true });
  });
  return await Promise.race([waitedFor, tooLate]);
}

/** An activity names the address that it is answered at; the token goes to none but Teams' own, and not in the clear. */
function allowedUrl(allowedHosts: ReadonlySet<string>, serviceUrl: string, path: string): URL {
  const base = URL.canParse(serviceUrl) ? new URL(serviceUrl) : undefined;
  if (base !== undefined && allowedHosts.has(base.host) && isPrivate(base)) {
    return new URL(`${base.origin}${base.pathname.replace(/\/$/, '')}/${path}`);
  }
  throw new ChatFailure(
    'unreachable',
    'serviceUrlNotAllowed',
    'The conversation’s service address is not Teams’ own',
  );
}

function isPrivate({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

/** Whoever gives the token may hang as well: then nothing was sent. */
async function tokenOf({ token }: ConnectorDeps, limit: AbortSignal): Promise<string | undefined> {
  try {
    return await within(limit, token());
  } catch (cause) {
    throw new ChatFailure(
      'notAuthorised',
      'noToken',
      'Microsoft gave no token: check MicrosoftApp… in the environment',
      {
        cause,
      },
    );
  }
}

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // An answer that is not JSON has nothing to tell; the call itself was accepted.
    return undefined;
  }
}

function refusal({ status, headers }: Response, text: string | undefined): ChatFailure {
  const failure = connectorFailure(status, headers.get('retry-after'), errorCode(text ?? ''));
  return text === undefined ? withoutReason(failure) : failure;
}

/** No whole answer came. */
function lost(error: unknown): never {
  if (error instanceof Error && error.name === 'TimeoutError') throw network('unknown', 'timeout', error);
  const code = networkCode(error);
  throw network(NEVER_LEFT.has(code) ? 'notAccepted' : 'unknown', code, error);
}

/** A refusal whose reason was lost on the way: not accepted, and whether it ever will be is for the next try to tell. */
function withoutReason(failure: ChatFailure): ChatFailure {
  if (failure.kind !== 'unreachable' && failure.kind !== 'refused') return failure;
  return new ChatFailure('notAccepted', failure.code, failure.message, { cause: failure.cause });
}

/** Faults from before anything was sent. */
const NEVER_LEFT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  // The other side is not who it should be: as behind a proxy that opens the traffic.
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

function network(kind: ChatFailureKind, code: string, cause: unknown): ChatFailure {
  return new ChatFailure(kind, `network.${code}`, 'Teams’ service could not be reached, or did not answer', {
    cause,
  });
}

function networkCode(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code;
  }
  return 'reset';
}

function errorCode(text: string): string | undefined {
  const body = parse(text);
  if (typeof body !== 'object' || body === null || !('error' in body)) return undefined;
  const { error } = body;
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
}
