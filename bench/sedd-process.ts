import { AuthenticationConstants } from 'botframework-connector';
import { type Sedd, startSedd } from '../bot/compose.ts';
import { registeredIdentity } from '../bot/identity.ts';
import { silentLog } from '../services/log.ts';
import { ensureRosters } from '../services/people/refresh-roster.ts';
import { openStorage, type StorageOptions } from '../services/storage/database.ts';
import { clockTime } from '../test/support/small-school.ts';
import { answerQuestions } from './child.ts';
import { largeMunicipality, type Size } from './large-municipality.ts';
import { BOT_IDENTITY } from './process.ts';

/** What Sedd is to run with. */
export interface SeddSetup {
  readonly database: StorageOptions;
  readonly size: Size;
  readonly serviceUrl: string;
  readonly openIdMetadata: string;
}

let sedd: Sedd | undefined;

/** The whole of Sedd as a process, on the morning of a municipality in memory. */
answerQuestions({
  start: async (setup: SeddSetup) => {
    sedd = await start(setup);
    return sedd.url;
  },
  /** 08:45 comes: cards go out. */
  morning: () => running().tick(),
  /** Follow-ups that somebody has pressed. */
  contacted: async () => {
    const { runs } = running();
    const row = await runs.db
      .selectFrom('followUp')
      .select((eb) => eb.fn.countAll<string>().as('count'))
      .where('state', '=', 'contacted')
      .executeTakeFirstOrThrow();
    return Number(row.count);
  },
  stop: () => running().stop(),
});

async function start({ database, size, serviceUrl, openIdMetadata }: SeddSetup): Promise<Sedd> {
  Object.assign(AuthenticationConstants, { ToBotFromChannelOpenIdMetadataUrl: openIdMetadata });
  const { municipality, roster, attendance } = largeMunicipality(size, serviceUrl);
  // Whoever calls is proven as in earnest; for its own calls, no token is to be had on this machine.
  const identity = { ...registeredIdentity(BOT_IDENTITY), token: async () => undefined };
  const started = await startSedd({
    municipality,
    storage: await openStorage(database),
    rosters: [roster],
    attendance: [attendance],
    identity,
    clock: { now: () => clockTime('08:45') },
    log: silentLog,
    settings: { host: '127.0.0.1', port: 0, metricsToken: undefined, hookSecret: undefined },
  });
  await ensureRosters(started.runs);
  return started;
}

function running(): Sedd {
  if (sedd === undefined) throw new Error('Sedd has not been started');
  return sedd;
}
