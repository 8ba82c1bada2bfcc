import { setTimeout as wait } from 'node:timers/promises';
import { Client, GraphClientError, type Middleware, ResponseType } from '@microsoft/microsoft-graph-client';
import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../clock.ts';
import { retryAfterMs } from '../sources/ss12000/failures.ts';
import { AnswerTooLarge, type Budget, CallTimeout, fetchWhole } from '../sources/ss12000/fetch-whole.ts';
import { timeLimit } from '../time-limit.ts';
import { DirectoryError, malformed, statusError } from './directory-error.ts';

export interface GraphDeps {
  /** The bot's own token for Microsoft Graph. */
  readonly token: () => Promise<string | undefined>;
  /** Real time: Graph's own pauses, and replies that are scheduled. */
  readonly wireClock: Clock;
  /** Without the version; for tests. */
  readonly url?: string | undefined;
  /** What one question may take, all its calls and pauses together. */
  readonly timeoutMs?: number | undefined;
  /** Passes the time before a retry; for tests. */
  readonly delay?: ((ms: number, signal: AbortSignal) => Promise<unknown>) | undefined;
}

/** The calls that one question makes of Graph, within one budget of time and bytes. Each fails with a `DirectoryError`. */
export interface GraphCalls {
  get(path: string, permission: string): Promise<unknown>;
  post(path: string, body: object, permission: string): Promise<unknown>;
  /** Keeps that Graph said, in the midst of an answer, for how long it wants to be left alone. */
  rest(forMs: number | undefined): void;
}

export const GRAPH_URL = 'https://graph.microsoft.com';
const TIMEOUT_MS = 8_000;
const MOST_BYTES = 20_000_000;
const MOST_TRIES = 3;
/** Where Graph says that it is too much and not for how long. */
const REST_MS = 30_000;

/** Makes the calls of each question; what Graph says of being left alone holds from one question to the next. */
export function createGraphCalls(deps: GraphDeps): () => GraphCalls {
  const { wireClock, delay = (ms, signal) => wait(ms, undefined, { signal }) } = deps;
  let restUntil: Temporal.Instant | undefined;
  const restMs = () => (restUntil?.epochMilliseconds ?? 0) - wireClock.now().epochMilliseconds;
  const rest = (forMs = REST_MS) => {
    restUntil = wireClock.now().add({ milliseconds: Math.ceil(forMs) });
  };
  return () => {
    const timeoutMs = deps.timeoutMs ?? TIMEOUT_MS;
    const endsAt = performance.now() + timeoutMs;
    const budget: Budget = { signal: timeLimit(timeoutMs), bytesLeft: MOST_BYTES };
    const client = clientOf(deps, budget, timeoutMs);
    /** Graph is left alone for as long as it says, and asked once more where the question still has the time. */
    const call = async (permission: string, send: (client: Client) => Promise<Response>) => {
      for (let tries = 1; ; tries += 1) {
        if (restMs() > 0) {
          if (tries > MOST_TRIES || restMs() > endsAt - performance.now())
            throw statusError(429, permission, restMs());
          await delay(restMs(), budget.signal).catch(() => {});
        }
        const response = await answered(() => send(client));
        if (response.ok) return await bodyOf(response);
        const failure = statusError(response.status, permission, retryAfterMs(response.headers));
        if (failure.code !== 'directory.limited') throw failure;
        rest(failure.retryAfterMs);
      }
    };
    return {
      rest,
      get: (path, permission) =>
        call(permission, async (graph) => await graph.api(path).responseType(ResponseType.RAW).get()),
      post: (path, body, permission) =>
        call(permission, async (graph) => await graph.api(path).responseType(ResponseType.RAW).post(body)),
    };
  };
}

/** Microsoft's client with a chain of our own: one call, no retries, no redirects (the token is for one host), a limit to each. */
function clientOf({ token, url = GRAPH_URL }: GraphDeps, budget: Budget, stallMs: number): Client {
  let own: Promise<string> | undefined;
  const once: Middleware = {
    async execute(context) {
      try {
        own ??= tokenWithin(token, budget.signal);
        const authorization = `Bearer ${await own}`;
        const headers = { ...context.options?.headers, accept: 'application/json', authorization };
        const { method, body } = context.options ?? {};
        const init = { headers, method: method ?? 'GET', body: body ?? null };
        const answer = await fetchWhole(new URL(String(context.request)), init, stallMs, budget);
        const { status } = answer;
        context.response = new Response(answer.text === '' ? null : answer.text, {
          status,
          headers: answer.headers,
        });
      } catch (error) {
        // Anything else that is thrown here, the client would turn into an error of its own that has lost the reason.
        throw Object.assign(new GraphClientError(), { customError: thrown(error) });
      }
    },
  };
  return Client.initWithMiddleware({ baseUrl: url, middleware: once });
}

/** The SDK asks for tokens without a limit to the time. */
async function tokenWithin(token: GraphDeps['token'], signal: AbortSignal): Promise<string> {
  const ended = new Promise<never>((_resolve, reject) => {
    const end = () => reject(new CallTimeout('No token came in time'));
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
  const own = await Promise.race([token().catch(noToken), ended]);
  return own ?? noToken();
}

function noToken(): never {
  throw new DirectoryError(
    'auth',
    'Microsoft gives the bot no token for Microsoft Graph; "sedd doctor" says why',
  );
}

async function answered(send: () => Promise<Response>): Promise<Response> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof GraphClientError && error.customError instanceof DirectoryError)
      throw error.customError;
    throw error;
  }
}

function thrown(error: unknown): DirectoryError {
  if (error instanceof DirectoryError) return error;
  if (error instanceof CallTimeout)
    return new DirectoryError('timeout', 'Microsoft Graph did not answer in time');
  if (error instanceof AnswerTooLarge) return malformed();
  return new DirectoryError('unreachable', 'Microsoft Graph cannot be reached');
}

async function bodyOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    // The parser's own error quotes the text, which may hold what people wrote.
    throw malformed();
  }
}
