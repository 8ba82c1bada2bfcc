import { createServer } from 'node:net';
import { Temporal } from 'temporal-polyfill';
import { openSources } from '../bot/commands/open.ts';
import { type Sedd, startSedd } from '../bot/compose.ts';
import { demoIdentity } from '../bot/identity.ts';
import { untilStopped } from '../bot/until-stopped.ts';
import { createLog } from '../services/log.ts';
import { ensureRosters } from '../services/people/refresh-roster.ts';
import { openStorage } from '../services/storage/database.ts';
import { demoClock } from './clock.ts';
import { demoConfiguration, SHOWN_SCHOOL } from './configuration.ts';
import { type Controls, startControls } from './controls.ts';
import { listenToKeys } from './keys.ts';
import { type DemoMunicipality, makeUp } from './municipality.ts';
import { BOT_ID } from './places.ts';
import { type Playground, startPlayground } from './playground.ts';
import { DEMO_CLIENT, startSs12000Server } from './ss12000-server.ts';
import { demoWorld } from './world.ts';

export interface DemoOptions {
  /** Minutes of the school day that pass in a minute. */
  readonly speed: number;
  /** Port of the local Teams. */
  readonly port: number;
  readonly seed: number;
}

/** A Monday of term, five minutes before the morning card. */
const STARTS_AT = Temporal.Instant.from('2026-11-23T08:40:00+01:00');
const BOT_PORT = 3978;
const CONTROLS_PORT = 56160;
/** Real time between two looks at what has fallen due. */
const TICK_MS = 250;

/** `sedd demo`: a made-up municipality, its student system, Sedd, and a local Teams; all on this machine, until Ctrl-C. */
export async function runDemo(
  options: DemoOptions,
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const log = createLog(env.LOG_LEVEL ?? 'warn');
  const municipality = makeUp(options.seed);
  const clock = demoClock({ startsAt: STARTS_AT, speed: options.speed, elapsedMs: () => performance.now() });
  clock.hold();
  const closing: (() => Promise<void> | void)[] = [];
  try {
    const botPort = await freePort(BOT_PORT);
    const playground = await startPlayground({
      botUrl: `http://127.0.0.1:${botPort}/api/messages`,
      port: options.port,
      world: demoWorld(shownSchool(municipality)),
    });
    closing.push(playground.stop);
    const system = await startSs12000Server({ municipality, clock });
    closing.push(system.close);
    const configuration = demoConfiguration({ source: system, serviceUrl: playground.connectorUrl });
    const sources = openSources(configuration, { sourceCredentials: DEMO_CLIENT }, clock);
    const sedd = await startSedd({
      municipality: configuration,
      storage: await openStorage({}),
      rosters: sources.flatMap(({ roster }) => roster ?? []),
      attendance: sources.flatMap(({ attendance }) => attendance ?? []),
      identity: { ...demoIdentity(), botId: BOT_ID },
      clock,
      log,
      settings: { host: '127.0.0.1', port: botPort, metricsToken: undefined, hookSecret: undefined },
    });
    closing.push(sedd.stop);
    await ensureRosters(sedd.runs);
    const controls = await startControls(clock, await freePort(CONTROLS_PORT));
    closing.push(controls.close);
    tellBanner(playground, controls, options);
    clock.resume();
    closing.push(listenToKeys(clock), keepTicking(sedd));
    await untilStopped();
    console.log('\nStänger …');
  } finally {
    for (const close of closing.toReversed()) await close();
  }
}

function shownSchool({ schools }: DemoMunicipality) {
  const school = schools.find(({ id }) => id === SHOWN_SCHOOL);
  if (school === undefined) throw new Error('The demo has lost its school');
  return school;
}

/** Ticks as the minute job does in earnest, one after the other. Returns how to end it. */
function keepTicking(sedd: Sedd): () => Promise<void> {
  let isGoing = true;
  let timer: NodeJS.Timeout;
  let current = Promise.resolve();
  const next = () => {
    current = isGoing ? sedd.tick() : Promise.resolve();
    timer = setTimeout(() => void current.then(next), TICK_MS);
  };
  next();
  return async () => {
    isGoing = false;
    clearTimeout(timer);
    await current;
  };
}

function tellBanner(playground: Playground, controls: Controls, { speed }: DemoOptions): void {
  console.log(`
  Sedd, demo. Alla elever, lärare och skolors siffror är påhittade. / All pupils, teachers and figures are invented.
  Inloggning är avstängd, och allt nås bara från den här datorn. / Sign-in is off, and only this computer gets in.

  Öppna / open:   ${playground.url}
  Klockan / clock: ${controls.url}   (${speed} gånger så fort från 08:40; mellanslag stannar den, n går fem minuter fram)

  Kanalen "Mentorer åk 8" får morgonens kort 08:45. General är närvarokoordinatorns. Ctrl-C avslutar allt.
`);
}

/** The port that is wanted, or another where it is taken. */
async function freePort(wanted: number): Promise<number> {
  const isFree = await new Promise<boolean>((resolve) => {
    const probe = createServer()
      .once('error', () => resolve(false))
      .listen(wanted, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
  return isFree ? wanted : await freePort(wanted + 1);
}
