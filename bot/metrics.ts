import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { ChatFailure } from '../services/posts/chat.ts';
import type { Connector } from './connector.ts';

/** What can be measured from outside; ids and names are in none of it. */
export interface Metrics {
  turn(kind: string, outcome: string): void;
  /** The same connector, with every call counted by method and outcome. */
  counted(connector: Connector): Connector;
  /** The page for Prometheus. */
  text(): Promise<string>;
}

/** Counters of this process; `waiting` is asked for when the page is read. */
export function createMetrics(deps: { readonly waiting: () => Promise<number> }): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'sedd_' });
  const registers = [registry];
  const turns = new Counter({
    name: 'sedd_turns_total',
    help: 'Turns by kind and outcome',
    labelNames: ['kind', 'outcome'],
    registers,
  });
  const calls = new Counter({
    name: 'sedd_teams_calls_total',
    help: 'Calls to Teams by method and outcome',
    labelNames: ['method', 'outcome'],
    registers,
  });
  const waiting = new Gauge({
    name: 'sedd_posts_waiting',
    help: 'Cards that wait to be brought up to date',
    registers,
    async collect() {
      // Without the database nobody knows; the rest of the page is wanted then more than ever.
      waiting.set(await deps.waiting().catch(() => Number.NaN));
    },
  });
  return {
    turn: (kind, outcome) => turns.inc({ kind, outcome }),
    counted: (connector) => ({
      async call(method, ...rest) {
        try {
          const answer = await connector.call(method, ...rest);
          calls.inc({ method, outcome: 'ok' });
          return answer;
        } catch (error) {
          calls.inc({ method, outcome: error instanceof ChatFailure ? error.kind : 'internal' });
          throw error;
        }
      },
    }),
    text: () => registry.metrics(),
  };
}
