import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { SourceConfig } from '../../config/municipality.ts';
import { timeLimit } from '../../time-limit.ts';
import { SourceError } from '../source-error.ts';
import { malformed, type Place, statusFailure, thrownFailure } from './failures.ts';
import { type Answer, type Budget, fetchWhole } from './fetch-whole.ts';
import { type TokenDeps, type TokenSource, tokenSource } from './token.ts';

export interface ClientDeps extends TokenDeps {
  readonly config: SourceConfig;
  /** Passes the time before a retry; for tests. */
  readonly delay?: ((ms: number, signal: AbortSignal) => Promise<unknown>) | undefined;
  readonly limits?: Partial<Limits> | undefined;
}

/** What one list may cost, all its pages and tries together, before it is given up. */
export interface Limits {
  readonly totalMs: number;
  readonly mostBytes: number;
  readonly mostPages: number;
}

/** Reads an SS 12000 API. Every call fails with a `SourceError`; never half a list. */
export interface Ss12000Client {
  /** Every record of a list, page after page, as it came. */
  list(path: string, query: Query): Promise<readonly unknown[]>;
  /** What the pages of a list hold, where that is no array. */
  pages(path: string, query: Query): Promise<readonly unknown[]>;
  /** Asks for one record, to see whether the list may be read. */
  try(path: string, query: Query): Promise<void>;
}

/** A list as value repeats the name, as the standard has it. */
export type Query = Readonly<Record<string, string | readonly string[]>>;

const MOST_RETRIES = 4;
/** A source that wants to be left alone for longer is left to the job engine. */
const LONGEST_PAUSE_MS = 60_000;
const MOST_BYTES = 100_000_000;
const MOST_PAGES = 10_000;

const page = z.object({ data: z.unknown(), pageToken: z.union([z.string(), z.number()]).nullish() });

export function createClient(deps: ClientDeps): Ss12000Client {
  const { config } = deps;
  const limits: Limits = {
    totalMs: config.timeoutSeconds * 10_000,
    mostBytes: MOST_BYTES,
    mostPages: MOST_PAGES,
    ...deps.limits,
  };
  const get = caller(deps);
  const budget = () => ({ signal: timeLimit(limits.totalMs), bytesLeft: limits.mostBytes });
  const pages = (path: string, query: Query) =>
    readPages(deps, { get, budget: budget(), limits }, path, query);
  return {
    pages,
    list: async (path, query) => {
      const lists = z.array(z.array(z.unknown())).safeParse(await pages(path, query));
      if (!lists.success) throw malformed({ source: config.id, path });
      return lists.data.flat();
    },
    try: async (path, query) => {
      await get(path, { ...query, limit: '1' }, budget());
    },
  };
}

type Get = (path: string, query: Query, budget: Budget) => Promise<unknown>;

async function readPages(
  { config }: ClientDeps,
  reading: { readonly get: Get; readonly budget: Budget; readonly limits: Limits },
  path: string,
  query: Query,
): Promise<readonly unknown[]> {
  const place = { source: config.id, path };
  const limit = String(config.pageSize);
  const data: unknown[] = [];
  const seen = new Set<string>();
  // Some suppliers page only when a limit is sent.
  let next: Query = { ...query, limit };
  while (seen.size < reading.limits.mostPages) {
    const parsed = page.safeParse(await reading.get(path, next, reading.budget));
    if (!parsed.success) throw malformed(place);
    data.push(parsed.data.data);
    const token = `${parsed.data.pageToken ?? ''}`;
    if (token === '') return data;
    if (seen.has(token)) break;
    seen.add(token);
    // A page token goes with a limit alone; every other filter beside it is refused.
    next = { pageToken: token, limit };
  }
  throw new SourceError('endless', `The source "${config.id}" pages without end at ${path}`, place);
}

/** One call, tried again for as long as what failed may pass. */
function caller(deps: ClientDeps): Get {
  const { config, delay = (ms, signal) => wait(ms, undefined, { signal }) } = deps;
  const tokens = tokenSource(deps);
  return async (path, query, budget) => {
    const place = { source: config.id, path };
    for (let tries = 1; ; tries += 1) {
      try {
        return await getOnce(config, tokens, place, query, budget);
      } catch (error) {
        const failure = thrownFailure(place, error);
        const pause = Math.max(backOffMs(tries), failure.retryAfterMs ?? 0);
        const isLast = tries > MOST_RETRIES || pause > LONGEST_PAUSE_MS || budget.signal.aborted;
        if (!failure.isPassing || isLast) throw failure;
        // The budget's end wakes; the next try then fails at once.
        await delay(pause, budget.signal).catch(() => {});
      }
    }
  };
}

async function getOnce(
  config: SourceConfig,
  tokens: TokenSource,
  place: Place,
  query: Query,
  budget: Budget,
): Promise<unknown> {
  const url = urlOf(config, place.path, query);
  const send = (token: string | undefined) =>
    fetchWhole(url, { headers: headers(token) }, config.timeoutSeconds * 1_000, budget);
  const token = await tokens.token();
  let answer = await send(token);
  if (answer.status === 401 && token !== undefined) {
    // A token can be withdrawn before its time: once more with a new one.
    tokens.forget(token);
    answer = await send(await tokens.token());
  }
  if (answer.status !== 200) throw statusFailure(place, answer);
  return parse(place, answer);
}

function parse(place: Place, { text }: Answer): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own error quotes the text, which may hold names.
    throw malformed(place);
  }
}

function headers(token: string | undefined): Record<string, string> {
  const own = { accept: 'application/json', 'user-agent': 'sedd' };
  return token === undefined ? own : { ...own, authorization: `Bearer ${token}` };
}

function urlOf({ url }: SourceConfig, path: string, query: Query): URL {
  const full = new URL(`${url.replace(/\/+$/, '')}/${path}`);
  for (const [name, value] of Object.entries(query)) {
    for (const one of typeof value === 'string' ? [value] : value) full.searchParams.append(name, one);
  }
  return full;
}

/** Half a second, then twice as long each time; spread, so that the schools do not knock all at once. */
function backOffMs(tries: number): number {
  return 500 * 2 ** (tries - 1) * (0.75 + Math.random() / 2);
}
