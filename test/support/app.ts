import { Temporal } from 'temporal-polyfill';
import { type Sedd, startSedd } from '../../bot/compose.ts';
import { demoIdentity } from '../../bot/identity.ts';
import type { Parts } from '../../bot/parts.ts';
import { runJob } from '../../bot/runs.ts';
import { systemClock } from '../../services/clock.ts';
import { createLog } from '../../services/log.ts';
import { isHeld } from '../../services/posts/hold-post.ts';
import type { Db, Storage } from '../../services/storage/database.ts';
import { engines, type TestEngine } from './databases.ts';
import { type LoopbackConnector, startLoopbackConnector } from './loopback-connector.ts';
import {
  clockTime,
  MONDAY,
  memberOf,
  type SmallSchool,
  smallMunicipality,
  smallSchool,
  TENANT,
} from './small-school.ts';
import { createTeamsUser, type TeamsPerson, type TeamsUser } from './teams-user.ts';

/** The whole of Sedd over a real database, a real HTTP server and a connector on loopback. */
export interface TestApp {
  readonly sedd: Sedd;
  readonly storage: Storage;
  readonly connector: LoopbackConnector;
  readonly school: SmallSchool;
  /** Of the Monday, or of another `day` as ISO date. */
  readonly clock: { now(): Temporal.Instant; set(time: string, day?: string): void };
  /** What Sedd has logged, a JSON line each. */
  readonly log: readonly string[];
  /**
   * A person of the municipality, as Teams knows them; `person` is laid over. Whoever has the name of somebody on the
   * school's staff has their e-mail address, and is recognised.
   */
  user(name: string, person?: Partial<TeamsPerson>): TeamsUser;
  /** Lets everything that falls due until `time` happen, and waits until every card is up to date. */
  until(time: string, day?: string): Promise<void>;
  /** Does one scheduled job now, and waits until every card is up to date. */
  run(job: 'roster' | 'morning' | 'refresh' | 'dayClose'): Promise<void>;
  /** Waits until every card is up to date. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export interface TestAppOptions {
  /** The embedded database where left out. */
  readonly engine?: TestEngine;
  /** How long Teams takes to answer. */
  readonly latencyMs?: number;
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
    set: (time: string, day = MONDAY.toString()) => {
      now = clockTime(time, Temporal.PlainDate.from(day));
    },
  };
  const log: string[] = [];
  const connector = await startLoopbackConnector({ latencyMs: () => options.latencyMs ?? 0 });
  const storage = await openFirst(options.engine ?? engines()[0]);
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
    log: createLog('debug', { write: (line) => keep(log, line) }),
    settings: {
      host: '127.0.0.1',
      port: 0,
      metricsToken: undefined,
      hookSecret: undefined,
      graceSeconds: 1,
      restSeconds: 0,
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
    log,
    settled,
    user: (name, given) => {
      const person = { teamsId: `29:${name}`, entraId: `entra-${name}`, name, ...given };
      connector.know(memberOf(person));
      return createTeamsUser({ appUrl: sedd.url, serviceUrl: connector.url, tenantId: TENANT, person });
    },
    until: async (time, day) => {
      clock.set(time, day);
      await sedd.tick();
      await settled();
    },
    run: async (job) => {
      const day = now.toZonedDateTimeISO('Europe/Stockholm').toPlainDate().toString();
      await runJob(sedd.runs, { job, schoolId: job === 'roster' ? school.roster.id : 'norr', day });
      await settled();
    },
    close: async () => {
      await sedd.stop();
      await connector.close();
    },
  };
}

async function openFirst(engine: TestEngine | undefined): Promise<Storage> {
  if (engine === undefined) throw new Error('no database');
  return await engine.open();
}

/** Shown as well where somebody looks for a fault: `SEDD_TEST_LOG=1`. */
function keep(log: string[], line: string): void {
  log.push(line);
  if (process.env.SEDD_TEST_LOG !== undefined) process.stdout.write(line);
}

/** A test that waits for longer than this waits for ever. */
const LONGEST_WAIT_MS = 15_000;

/** No run is under way, and no card that can be delivered is stale. */
async function untilSettled({ db }: Storage): Promise<void> {
  const endsAt = performance.now() + LONGEST_WAIT_MS;
  for (;;) {
    const waitedFor = await unsettled(db);
    if (waitedFor === undefined) return;
    if (performance.now() > endsAt) throw new Error(`It does not settle: ${waitedFor}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** A card that is to stay for so long is held, because somebody works with it: a test that waits would wait in vain. */
const HELD_SECONDS = 10;

async function unsettled(db: Db): Promise<string | undefined> {
  const heldUntil = systemClock.now().add({ seconds: HELD_SECONDS });
  const run = await db
    .selectFrom('jobRun')
    .select(['job', 'state', 'note'])
    .where('state', 'in', ['started', 'failed'])
    .executeTakeFirst();
  if (run !== undefined) return `the job ${run.job} is ${run.state} ${run.note ?? ''}`;
  const stale = await db
    .selectFrom('post')
    .innerJoin('conversation', 'conversation.id', 'post.conversationId')
    .select(['post.subject', 'post.state', 'post.errorCode'])
    .whereRef('post.shownVersion', '<', 'post.wantedVersion')
    .where('post.state', '!=', 'undelivered')
    .where('conversation.state', '=', 'open')
    .where((eb) => eb.not(isHeld(heldUntil)))
    .executeTakeFirst();
  if (stale !== undefined) return `the card of ${stale.subject} is ${stale.state} ${stale.errorCode ?? ''}`;
  const twin = await db
    .selectFrom('postTwin')
    .select('activityId')
    .where('deletedAt', 'is', null)
    .executeTakeFirst();
  return twin === undefined ? undefined : `the twin ${twin.activityId} is there`;
}
