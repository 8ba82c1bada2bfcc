import ky, { HTTPError, type KyInstance, TimeoutError } from 'ky';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { SourceConfig } from '../../config/municipality.ts';
import { SourceError } from '../source-error.ts';
import { type ClientCredentials, tokenSource } from './token.ts';

export interface ClientDeps {
  readonly config: SourceConfig;
  readonly credentials: ClientCredentials | undefined;
  readonly clock: Clock;
  /** Milliseconds before the n:th retry, counted from 1; for tests. */
  readonly backOff?: ((attempt: number) => number) | undefined;
}

/** Reads an SS 12000 API. */
export interface Ss12000Client {
  /** Every record of a list, page after page, as it came. Fails with a `SourceError`; never half a list. */
  list(path: string, query: Query): Promise<readonly unknown[]>;
  /** One answer that is not a list. */
  get(path: string, query: Query): Promise<unknown>;
}

/** A list as value repeats the name, as the standard has it. */
export type Query = Readonly<Record<string, string | readonly string[]>>;

const MOST_RETRIES = 4;
const LONGEST_RETRY_AFTER_MS = 60_000;
/** No list of a municipality needs more pages. */
const MOST_PAGES = 10_000;

const page = z.object({ data: z.array(z.unknown()), pageToken: z.string().nullish() });

export function createClient(deps: ClientDeps): Ss12000Client {
  const { config } = deps;
  const http = createHttp(deps);
  const get = async (path: string, query: Query) => {
    try {
      return await http.get(path, { searchParams: searchParams(query) }).json<unknown>();
    } catch (error) {
      throw asSourceError(config.id, path, error);
    }
  };
  return {
    get,
    async list(path, query) {
      const records: unknown[] = [];
      const seen = new Set<string>();
      let next: Query = { ...query, limit: String(config.pageSize) };
      for (let count = 0; count < MOST_PAGES; count += 1) {
        const parsed = page.safeParse(await get(path, next));
        if (!parsed.success) throw malformed(config.id, path);
        for (const record of parsed.data.data) records.push(record);
        const token = parsed.data.pageToken;
        if (token === null || token === undefined || token === '') return records;
        if (seen.has(token)) break;
        seen.add(token);
        // A page token goes with a limit alone; every other filter beside it is refused.
        next = { pageToken: token, limit: String(config.pageSize) };
      }
      throw new SourceError('endless', `The source "${config.id}" pages without end at ${path}`, {
        source: config.id,
        path,
      });
    },
  };
}

function createHttp(deps: ClientDeps): KyInstance {
  const { config, backOff = (attempt: number) => 500 * 2 ** (attempt - 1) * (0.75 + Math.random() / 2) } =
    deps;
  const tokens = tokenSource(deps);
  const authorize = async (request: Request) => {
    const token = await tokens.token();
    if (token !== undefined) request.headers.set('authorization', `Bearer ${token}`);
  };
  return ky.create({
    prefixUrl: config.url,
    timeout: config.timeoutSeconds * 1_000,
    retry: {
      limit: MOST_RETRIES,
      methods: ['get'],
      statusCodes: [408, 429, 500, 502, 503, 504],
      afterStatusCodes: [413, 429, 503],
      maxRetryAfter: LONGEST_RETRY_AFTER_MS,
      delay: backOff,
      retryOnTimeout: true,
    },
    hooks: {
      beforeRequest: [authorize],
      // The header still holds what the first try was sent with.
      beforeRetry: [({ request }) => authorize(request)],
      afterResponse: [
        async (request, _options, response) => {
          if (response.status !== 401) return response;
          // A token can be withdrawn before its time: once more with a new one.
          tokens.forget();
          const again = new Request(request);
          await authorize(again);
          return await ky(again, {
            timeout: config.timeoutSeconds * 1_000,
            retry: 0,
            throwHttpErrors: false,
          });
        },
      ],
    },
  });
}

function searchParams(query: Query): URLSearchParams {
  return new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : value.map((one) => [name, one]),
    ),
  );
}

function malformed(source: string, path: string, cause?: unknown): SourceError {
  return new SourceError(
    'malformed',
    `The source "${source}" answered something else than SS 12000 at ${path}`,
    { source, path },
    cause,
  );
}

function asSourceError(source: string, path: string, error: unknown): SourceError {
  if (error instanceof SourceError) return error;
  if (error instanceof HTTPError) {
    const { status } = error.response;
    const facts = { source, path, status };
    if (status === 401 || status === 403) {
      return new SourceError(
        'auth',
        `The source "${source}" does not let Sedd read ${path} (${status}); check its credentials and scope`,
        facts,
      );
    }
    return new SourceError('refused', `The source "${source}" answered ${status} at ${path}`, facts);
  }
  if (error instanceof TimeoutError) {
    return new SourceError('timeout', `The source "${source}" did not answer in time at ${path}`, {
      source,
      path,
    });
  }
  if (error instanceof SyntaxError) return malformed(source, path, error);
  return new SourceError(
    'unreachable',
    `The source "${source}" cannot be reached at ${path}`,
    { source, path },
    error,
  );
}
