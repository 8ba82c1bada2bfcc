import autocannon from 'autocannon';
import { quantile } from './measure.ts';

export interface Load {
  readonly url: string;
  readonly authorization: string;
  /** Bodies of `POST /api/messages`, sent in turn and from the beginning again. */
  readonly bodies: readonly string[];
  /** Requests that are under way at once. */
  readonly atOnce: number;
  /** Until each body has been sent once, or for so many seconds. */
  readonly until: 'once' | { readonly seconds: number };
}

export interface LoadResult {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

/** Sends the bodies as fast as they are answered. Fails where anything is answered with another status than 200. */
export async function underLoad(load: Load): Promise<LoadResult> {
  const { bodies, until } = load;
  const latencies: number[] = [];
  let last = Number.NaN;
  const start = performance.now();
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const instance = autocannon(
      {
        url: `${load.url}/api/messages`,
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: load.authorization },
        connections: load.atOnce,
        requests: [{ setupRequest: nextOf(bodies) }],
        ...(until === 'once' ? { amount: bodies.length } : { duration: until.seconds }),
      },
      (error: unknown, done: autocannon.Result) => (error ? reject(error) : resolve(done)),
    );
    instance.on('response', (_client, _status, _bytes, ms) => {
      latencies.push(ms);
      last = performance.now();
    });
  });
  const failures = result.non2xx + result.errors + result.timeouts;
  if (failures > 0) throw new Error(`${failures} requests to ${load.url} were not answered well`);
  // Not until it says that it has finished: it looks only now and then whether it has.
  const seconds = (last - start) / 1_000;
  return {
    perSecond: latencies.length / seconds,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
  };
}

function nextOf(bodies: readonly string[]): (request: autocannon.Request) => autocannon.Request {
  let next = 0;
  return (request) => {
    const body = bodies[next % bodies.length] ?? '';
    next += 1;
    return { ...request, body };
  };
}
