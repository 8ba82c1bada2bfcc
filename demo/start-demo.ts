import { setTimeout as delay } from 'node:timers/promises';
import { Temporal } from 'temporal-polyfill';
import { openSources } from '../bot/commands/open.ts';
import { type Sedd, startSedd } from '../bot/compose.ts';
import { demoIdentity } from '../bot/identity.ts';
import type { Municipality, SchoolCalendar } from '../services/config/municipality.ts';
import type { Log } from '../services/log.ts';
import { backfill } from '../services/morning/close-day.ts';
import { ensureRosters } from '../services/people/refresh-roster.ts';
import { meetStaff } from '../services/posts/meet-staff.ts';
import { openStorage } from '../services/storage/database.ts';
import { type DemoClock, demoClock } from './clock.ts';
import { demoConfiguration, SHOWN_SCHOOL } from './configuration.ts';
import { startControls } from './controls.ts';
import { type DemoMunicipality, makeUp } from './municipality.ts';
import { MORNING_BEGINS } from './orders.ts';
import { BOT_ID } from './places.ts';
import { startPlayground } from './playground.ts';
import { demandFreePort, nextFreePort, reservePort } from './ports.ts';
import { DEMO_CLIENT, startSs12000Server } from './ss12000-server.ts';
import { demoWorld, viewerOf } from './world.ts';

export interface DemoOptions {
  /** Minutes of the school day that pass in a minute. */
  readonly speed: number;
  /** Port of the local Teams; its usual one, or the next that is free, where undefined. */
  readonly port?: number;
  readonly seed: number;
}

/** The demo, up and with its clock held. */
export interface Demo {
  readonly teamsUrl: string;
  readonly controlsUrl: string;
  readonly playgroundProcessId: number | undefined;
  readonly clock: DemoClock;
  readonly calendar: SchoolCalendar;
  readonly municipality: DemoMunicipality;
  /** Fails when a part of it cannot go on. */
  readonly ended: Promise<never>;
  /** Sees what is under way to its end, and closes everything. */
  stop(): Promise<void>;
}

/** A Monday of term, just before the morning card. */
const STARTS_AT = Temporal.Instant.from(`2026-11-23T${MORNING_BEGINS}:00+01:00`);
const TEAMS_PORT = 56_150;
/** Any that is free: only the local Teams has to know it, and of two demos that start at once each gets its own. */
const BOT_PORT = 0;
const CONTROLS_PORT = 56_160;
/** Real time between two looks at what has fallen due. */
const TICK_MS = 250;

/** Starts a made-up municipality, its student system, Sedd over it and a local Teams, all on this machine. */
export async function startDemo(options: DemoOptions, log: Log): Promise<Demo> {
  const closing: Closing = [];
  const stop = async () => {
    for (const close of closing.splice(0).toReversed()) await close();
  };
  try {
    return { ...(await startParts(options, log, closing)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What is to be closed, in the order in which it was opened. */
type Closing = (() => Promise<void> | void)[];

async function startParts(options: DemoOptions, log: Log, closing: Closing): Promise<Omit<Demo, 'stop'>> {
  const municipality = makeUp(options.seed);
  const clock = heldClock(options.speed);
  // Nobody else may take it while the local Teams, which has to know it, is starting.
  const botPort = await reservePort(BOT_PORT);
  closing.push(botPort.letGo);
  const playground = await startPlayground({
    botUrl: `http://127.0.0.1:${botPort.port}/api/messages`,
    port: await (options.port === undefined ? nextFreePort(TEAMS_PORT) : demandFreePort(options.port)),
    world: demoWorld(shownSchool(municipality)),
  });
  closing.push(playground.stop);
  const system = await startSs12000Server({ municipality, clock });
  closing.push(system.close);
  const configuration = demoConfiguration({
    source: system,
    serviceUrl: playground.connectorUrl,
    coordinators: [viewerOf(shownSchool(municipality)).email],
  });
  await botPort.letGo();
  const sedd = await startSeddOver(configuration, clock, botPort.port, log);
  closing.push(sedd.stop);
  const { calendar } = shownSchool(configuration);
  const teamsUrl = playground.url;
  const controls = await startControls({
    clock,
    calendar,
    teamsUrl,
    port: CONTROLS_PORT,
  });
  closing.push(controls.close);
  const ticking = keepTicking(sedd);
  closing.push(ticking.stop);
  const ended = Promise.race([playground.ended, ticking.ended]);
  // Whoever does not wait for it, such as while stopping, wants to know nothing of it.
  ended.catch(() => {});
  return {
    teamsUrl,
    controlsUrl: controls.url,
    playgroundProcessId: playground.processId,
    clock,
    calendar,
    municipality,
    ended,
  };
}

function heldClock(speed: number): DemoClock {
  const clock = demoClock({ startsAt: STARTS_AT, speed, elapsedMs: () => performance.now() });
  clock.hold();
  return clock;
}

function shownSchool<S extends { readonly id: string }>({ schools }: { readonly schools: readonly S[] }): S {
  const school = schools.find(({ id }) => id === SHOWN_SCHOOL);
  if (school === undefined) throw new Error('The demo has lost its school');
  return school;
}

async function startSeddOver(
  municipality: Municipality,
  clock: DemoClock,
  port: number,
  log: Log,
): Promise<Sedd> {
  const sources = openSources(municipality, { sourceCredentials: DEMO_CLIENT }, clock);
  const sedd = await startSedd({
    municipality,
    storage: await openStorage({}),
    rosters: sources.flatMap(({ roster }) => roster ?? []),
    attendance: sources.flatMap(({ attendance }) => attendance ?? []),
    identity: { ...demoIdentity(), botId: BOT_ID },
    hasDialogs: false,
    clock,
    log,
    settings: { host: '127.0.0.1', port, metricsToken: undefined, hookSecret: undefined },
  });
  await readThePast(sedd, municipality, clock);
  await meetStaff(sedd.runs, SHOWN_SCHOOL);
  return sedd;
}

/** The shown school's last weeks are there as if Sedd had been running: its first morning has no more to read than any other. */
async function readThePast({ runs }: Sedd, municipality: Municipality, clock: DemoClock): Promise<void> {
  await ensureRosters(runs);
  const school = shownSchool(municipality);
  await backfill(runs, school, clock.now().toZonedDateTimeISO(school.timeZone).toPlainDate());
}

/** Ticks as the minute job does in earnest, one after the other. */
function keepTicking(sedd: Sedd): { readonly ended: Promise<never>; stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const going = (async () => {
    while (!signal.aborted) {
      await sedd.tick();
      // Being told to stop is no error here.
      await delay(TICK_MS, undefined, { signal }).catch(() => {});
    }
  })();
  return {
    ended: going.then(() => new Promise<never>(() => {})),
    stop: async () => {
      stopping.abort();
      // A tick that failed has been told of by `ended`.
      await going.catch(() => {});
    },
  };
}
