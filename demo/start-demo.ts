import { Temporal } from 'temporal-polyfill';
import { openSources } from '../bot/commands/open.ts';
import { type Sedd, startSedd } from '../bot/compose.ts';
import { demoIdentity } from '../bot/identity.ts';
import { meetingsBetween } from '../services/calendar/eht-meetings.ts';
import { loadRoutines, shippedRoutine } from '../services/config/load-routine.ts';
import type { Municipality, School } from '../services/config/municipality.ts';
import type { Log } from '../services/log.ts';
import { meetStaff } from '../services/posts/meet-staff.ts';
import type { Storage } from '../services/storage/database.ts';
import { type DemoClock, demoClock } from './clock.ts';
import { demoConfiguration, SHOWN_SCHOOL, shownSchool } from './configuration.ts';
import { startControls } from './controls.ts';
import { nextEhtMoment } from './eht-moments.ts';
import { type DemoMunicipality, makeUp } from './municipality.ts';
import { MORNING_BEGINS, type SchoolTimes } from './orders.ts';
import { openPast, type PastDeps } from './past.ts';
import { BOT_ID } from './places.ts';
import { addressesAt, type Playground, startPlayground } from './playground.ts';
import { demandFreePort, nextFreePort, reservePort } from './ports.ts';
import { DEMO_CLIENT, startSs12000Server } from './ss12000-server.ts';
import { keepTicking } from './ticking.ts';
import { demoWorld, rolesAt } from './world.ts';

export interface DemoOptions {
  /** Minutes of the school day that pass in a minute. */
  readonly speed: number;
  /** Port of the local Teams; its usual one, or the next that is free, where undefined. */
  readonly port?: number;
  readonly seed: number;
  /** Whether the school has lived with Sedd for some weeks already. */
  readonly past: boolean;
  /** What the cards are written in. */
  readonly language: 'sv' | 'en';
}

/** The demo, up and with its clock held. */
export interface Demo {
  readonly teamsUrl: string;
  readonly controlsUrl: string;
  readonly playgroundProcessId: number | undefined;
  readonly clock: DemoClock;
  readonly times: SchoolTimes;
  readonly municipality: DemoMunicipality;
  /** Resolves when every card shows how things stand. */
  delivered(): Promise<void>;
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
/** Days in which the next of EHT's meetings is looked for: no holiday is longer. */
const LONGEST_LOOK = 100;

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
  const { playground, sedd, configuration } = await startTeamsAndSedd(
    { ...options, municipality, clock, log },
    closing,
  );
  const times = timesOf(shownSchool(configuration));
  const teamsUrl = playground.url;
  const controls = await startControls({ clock, times, teamsUrl, port: CONTROLS_PORT });
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
    times,
    municipality,
    delivered: sedd.delivered,
    ended,
  };
}

function timesOf(school: School): SchoolTimes {
  const { calendar, timeZone } = school;
  return {
    calendar,
    nextEht: (now) => {
      const today = now.toZonedDateTimeISO(timeZone).toPlainDate();
      return nextEhtMoment(meetingsBetween(school, today, today.add({ days: LONGEST_LOOK })), now);
    },
  };
}

interface Starting extends Pick<DemoOptions, 'port' | 'past' | 'language'> {
  readonly municipality: DemoMunicipality;
  readonly clock: DemoClock;
  readonly log: Log;
}

async function startTeamsAndSedd(
  { municipality, clock, log, port: wanted, past, language }: Starting,
  closing: Closing,
): Promise<{ playground: Playground; sedd: Sedd; configuration: Municipality }> {
  // Nobody else may take it while the local Teams, which has to know it, is starting.
  const botPort = await reservePort(BOT_PORT);
  closing.push(botPort.letGo);
  const port = await (wanted === undefined ? nextFreePort(TEAMS_PORT) : demandFreePort(wanted));
  const system = await startSs12000Server({ municipality, clock });
  closing.push(system.close);
  const school = shownSchool(municipality);
  const configuration = demoConfiguration({
    source: system,
    serviceUrl: addressesAt(port).connectorUrl,
    roles: rolesAt(school),
    language,
  });
  const parts = await partsOf({ municipality, configuration, clock, log });
  // The local Teams starts in a process of its own: the past is read meanwhile.
  const botUrl = `http://127.0.0.1:${botPort.port}/api/messages`;
  const starting = opened(startPlayground({ botUrl, port, world: demoWorld(school) }), closing, 'stop');
  const opening = opened(openPast(parts, past), closing, 'close');
  await Promise.allSettled([starting, opening]);
  const [playground, storage] = [await starting, await opening];
  await botPort.letGo();
  const sedd = await startSeddOver(parts, storage, botPort.port);
  closing.push(sedd.stop);
  return { playground, sedd, configuration };
}

/** What has been opened is to be closed, whatever becomes of the rest. */
async function opened<K extends string, T extends Readonly<Record<K, Closing[number]>>>(
  opening: Promise<T>,
  closing: Closing,
  close: K,
): Promise<T> {
  const done = await opening;
  closing.push(done[close]);
  return done;
}

async function partsOf(made: Omit<PastDeps, 'routines' | 'rosters' | 'attendance'>): Promise<PastDeps> {
  const sources = openSources(made.configuration, { sourceCredentials: DEMO_CLIENT }, made.clock);
  const { routines } = await loadRoutines({ routinePath: shippedRoutine, configPath: shippedRoutine });
  return {
    ...made,
    routines,
    rosters: sources.flatMap(({ roster }) => roster ?? []),
    attendance: sources.flatMap(({ attendance }) => attendance ?? []),
  };
}

function heldClock(speed: number): DemoClock {
  const clock = demoClock({ startsAt: STARTS_AT, speed, elapsedMs: () => performance.now() });
  clock.hold();
  return clock;
}

async function startSeddOver(parts: PastDeps, storage: Storage, port: number): Promise<Sedd> {
  const sedd = await startSedd({
    ...parts,
    municipality: parts.configuration,
    storage,
    identity: { ...demoIdentity(), botId: BOT_ID },
    hasDialogs: false,
    settings: { host: '127.0.0.1', port, metricsToken: undefined, hookSecret: undefined },
  });
  await meetStaff(sedd.runs, SHOWN_SCHOOL);
  return sedd;
}
