import ky, { HTTPError } from 'ky';
import { ChatFailure, type ChatFailureKind } from '../services/posts/chat.ts';
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
      const signal = AbortSignal.timeout(deps.timeoutMs);
      const token = await tokenOf(deps, signal);
      try {
        const response = await ky(url, {
          method,
          ...(body === undefined ? {} : { json: body }),
          headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
          // The library's own time limit ends with the headers; an answer that never ends would be waited for.
          timeout: false,
          signal,
          retry: 0,
          redirect: 'error',
        });
        return parse(await response.text());
      } catch (error) {
        throw await asFailure(error);
      }
    },
  };
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
async function tokenOf({ token }: ConnectorDeps, signal: AbortSignal): Promise<string | undefined> {
  const tooLate = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  try {
    return await Promise.race([token(), tooLate]);
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

async function asFailure(error: unknown): Promise<ChatFailure> {
  if (error instanceof HTTPError) {
    const { status, headers } = error.response;
    const text = await error.response.text().catch(() => undefined);
    const failure = connectorFailure(status, headers.get('retry-after'), errorCode(text ?? ''));
    return text === undefined ? withoutReason(failure) : failure;
  }
  if (error instanceof Error && error.name === 'TimeoutError') return network('unknown', 'timeout', error);
  const code = networkCode(error);
  return network(NEVER_LEFT.has(code) ? 'notAccepted' : 'unknown', code, error);
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
