import { Temporal } from 'temporal-polyfill';
import {
  createGraphDirectory,
  type GraphDirectoryDeps,
} from '../../../services/directory/graph-directory.ts';
import { type GraphFault, type GraphServer, startGraphServer } from '../../support/graph-server.ts';
import { guid } from '../../support/guid.ts';

export const account = (number: number) => guid(7, number);
export const [ANNA, BO, EVA] = [account(1), account(2), account(3)];
/** What Graph answers beside what is asked for, and nobody may be told. */
export const SECRET = 'Ligger hemma med feber';
export const both = { config: { presence: true, automaticReplies: true } };
export const replies = { config: { presence: false, automaticReplies: true } };

/** Graph on loopback, asked by a directory whose pauses take no time. */
export interface AskedGraph {
  readonly graph: GraphServer;
  /** Milliseconds that the directory has waited for, each time. */
  readonly pauses: readonly number[];
  pass(seconds: number): void;
  directory(more?: Partial<GraphDirectoryDeps>): ReturnType<typeof createGraphDirectory>;
}

export async function startAskedGraph(): Promise<AskedGraph> {
  const graph = await startGraphServer();
  const pauses: number[] = [];
  let now = Temporal.Instant.from('2026-11-23T09:00:00Z');
  return {
    graph,
    pauses,
    pass: (seconds) => {
      now = now.add({ seconds });
    },
    directory: (more = {}) =>
      createGraphDirectory({
        config: { presence: true, automaticReplies: false },
        token: async () => 'a-token',
        wireClock: { now: () => now },
        url: graph.url,
        timeoutMs: 5_000,
        delay: async (ms) => {
          pauses.push(ms);
          now = now.add({ milliseconds: Math.ceil(ms) });
        },
        ...more,
      }),
  };
}

export const answered = (body: unknown, status = 200): GraphFault => ({ kind: 'answer', status, body });
