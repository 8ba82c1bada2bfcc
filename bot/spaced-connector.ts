import type { Clock } from '../services/clock.ts';
import { createPacing, teamsLimits } from '../services/posts/pacing.ts';
import { createTurns } from '../services/posts/turns.ts';
import type { Connector } from './connector.ts';

export interface SpacedDeps {
  readonly clock: Clock;
  /** Resolves after so many real milliseconds. */
  readonly delay: (ms: number) => Promise<void>;
}

/**
 * The same connector, with its calls spread as they leave, replies among them. The deliverer paces its posts before it
 * writes down that they begin; where the database is busy, many of them would then leave at once, and be refused.
 */
export function spacedConnector(connector: Connector, deps: SpacedDeps): Connector {
  const pacing = createPacing({ ...teamsLimits, bulkPerSecond: teamsLimits.mostPerSecond, conversation: [] });
  const takeTurn = createTurns({ ...deps, pacing }, new AbortController().signal);
  return {
    async call(...what) {
      await takeTurn('tenant', false);
      return await connector.call(...what);
    },
  };
}
