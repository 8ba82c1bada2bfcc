import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Load, LoadResult } from './load.ts';
import { quantile } from './measure.ts';

/** Connections that are kept; more than are ever needed while the aim is met. */
const MOST_CONNECTIONS = 200;

/**
 * Sends each body once, so many a second whether or not the ones before have been answered, as people do: waiting for one's
 * turn is part of the answer's time. Fails where anything is answered with another status than 200.
 */
export async function atRate(
  load: Pick<Load, 'url' | 'authorization' | 'bodies'> & { readonly perSecond: number },
): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: MOST_CONNECTIONS });
  const start = performance.now();
  const answers = load.bodies.map(async (body, index) => {
    const dueAt = start + (index * 1_000) / load.perSecond;
    await delay(dueAt - performance.now());
    await post(agent, load, body);
    return performance.now() - dueAt;
  });
  const latencies = await Promise.all(answers);
  const seconds = (performance.now() - start) / 1_000;
  agent.destroy();
  return {
    perSecond: latencies.length / seconds,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
  };
}

async function post(
  agent: Agent,
  { url, authorization }: Pick<Load, 'url' | 'authorization'>,
  body: string,
): Promise<void> {
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    authorization,
  };
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const sent = request(`${url}/api/messages`, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode));
    });
    sent.once('error', reject);
    sent.end(body);
  });
  if (status !== 200) throw new Error(`A request to ${url} was answered with ${status}`);
}
