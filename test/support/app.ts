import type { Temporal } from 'temporal-polyfill';
import { type Parts, type Sedd, startSedd } from '../../bot/compose.ts';
import { demoIdentity } from '../../bot/identity.ts';
import { createLog, silentLog } from '../../services/log.ts';
import type { Storage } from '../../services/storage/database.ts';
import { engines } from './databases.ts';
import { type LoopbackConnector, startLoopbackConnector } from './loopback-connector.ts';
import { clockTime, type SmallSchool, smallMunicipality, smallSchool, TENANT } from './small-school.ts';
import { createTeamsUser, type TeamsUser } from './teams-user.ts';

/** The whole of Sedd over a real database, a real HTTP server and a connector on loopback. */
export interface TestApp {
  readonly sedd: Sedd;
  readonly storage: Storage;
  readonly connector: LoopbackConnector;
  readonly school: SmallSchool;
  readonly clock: { now(): Temporal.Instant; set(time: string): void };
  user(name: string): TeamsUser;
  /** Lets everything that falls due until `time` happen, and waits until every card is up to date. */
  until(time: string): Promise<void>;
  /** Waits until every card is up to date. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export interface TestAppOptions {
  readonly groups?: number;
  readonly perGroup?: number;
  readonly withProtected?: boolean;
  readonly municipality?: Readonly<Record<string, unknown>>;
  readonly parts?: Partial<Parts>;
}

export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const { groups = 2, perGroup = 5 } = options;
  let now = clockTime('08:40');
  const clock = {
    now: () => now,
    set: (time: string) => {
      now = clockTime(time);
    },
  };
  const connector = await startLoopbackConnector();
  const [engine] = engines();
  if (engine === undefined) throw new Error('no database');
  const storage = await engine.open();
  const school = smallSchool(groups, perGroup, {
    withProtected: options.withProtected ?? false,
    now: clock.now,
  });
  const sedd = await startSedd({
    municipality: smallMunicipality(connector.url, groups, options.municipality),
    storage,
    rosters: [school.roster],
    attendance: [school.attendance],
    identity: demoIdentity(),
    clock,
    log: process.env.SEDD_TEST_LOG === undefined ? silentLog : createLog(process.env.SEDD_TEST_LOG),
    settings: {
      host: '127.0.0.1',
      port: 0,
      metricsToken: undefined,
      hookSecret: undefined,
      graceSeconds: 1,
      timeoutMs: 2_000,
    },
    ...options.parts,
  });
  const settled = () => untilSettled(storage);
  return {
    sedd,
    storage,
    connector,
    school,
    clock,
    settled,
    user: (name) =>
      createTeamsUser({
        appUrl: sedd.url,
        serviceUrl: connector.url,
        tenantId: TENANT,
        person: { teamsId: `29:${name}`, entraId: `entra-${name}`, name },
      }),
    until: async (time) => {
      clock.set(time);
      await sedd.tick();
      await settled();
    },
    close: async () => {
      await sedd.stop();
      await connector.close();
    },
  };
}

/** No run is under way, and no card that can be delivered is stale. */
async function untilSettled({ db }: Storage): Promise<void> {
  for (;;) {
    const run = await db
      .selectFrom('jobRun')
      .select('job')
      .where('state', 'in', ['started', 'failed'])
      .executeTakeFirst();
    const stale = await db
      .selectFrom('post')
      .innerJoin('conversation', 'conversation.id', 'post.conversationId')
      .select('post.id')
      .whereRef('post.shownVersion', '<', 'post.wantedVersion')
      .where('post.state', '!=', 'undelivered')
      .where('conversation.state', '=', 'open')
      .executeTakeFirst();
    const twin = await db
      .selectFrom('postTwin')
      .select('postId')
      .where('deletedAt', 'is', null)
      .executeTakeFirst();
    if (run === undefined && stale === undefined && twin === undefined) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
