import { aim, type Bench, type BenchRow } from './bench-row.ts';
import type { Pressed } from './connector-process.ts';
import { type Engine, enginesOf } from './databases.ts';
import type { Size } from './large-municipality.ts';
import { quantile } from './measure.ts';
import { onPressedMorning } from './pressed-morning.ts';
import { contacted } from './presses.ts';
import { atRate } from './steady.ts';

/** Far more than a large municipality presses in a morning's busiest minute. */
const PER_SECOND = 20;
const PRESSES = 400;
const MOST_SECONDS = 2;
const size: Size = { schools: 8, groups: 30, pupils: 25, missing: 3 };

/** How soon everybody else sees a press: from when it is made to when Teams has the card that shows it. */
export const copies: Bench = {
  title: `A press on everybody else’s screen, of ${PRESSES} that come ${PER_SECOND} a second, within Teams’ limits`,
  run: async (options) => {
    const rows: BenchRow[] = [];
    for (const engine of enginesOf(options)) {
      options.say(`copies on ${engine.name}`);
      rows.push(await onEngine(engine));
    }
    return rows;
  },
};

async function onEngine(engine: Engine): Promise<BenchRow> {
  const latencies = await onPressedMorning(
    engine,
    size,
    async ({ url, serviceUrl, issuer, connector, buttons }) => {
      const pressed = buttons.slice(0, PRESSES);
      const bodies = pressed.map((button) => contacted(button, serviceUrl));
      const start = Date.now();
      await atRate({ url, authorization: issuer.bearer(), bodies, perSecond: PER_SECOND });
      const presses = pressed.map(({ messageId, data }, index) => ({
        messageId,
        followUp: String(data.followUp),
        version: Number(data.version),
        at: start + (index * 1_000) / PER_SECOND,
      }));
      return await connector.ask<readonly number[]>('seen', presses satisfies readonly Pressed[]);
    },
  );
  const [half, most] = [0.5, 0.99].map((share) => quantile(latencies, share) / 1_000);
  return {
    what: engine.name,
    measured: `p50 ${half?.toFixed(2)} s, p99 ${most?.toFixed(2)} s`,
    aim: aim([`p99 < ${MOST_SECONDS} s`, (most ?? Number.NaN) < MOST_SECONDS]),
  };
}
