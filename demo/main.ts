import { untilStopped } from '../bot/until-stopped.ts';
import { readEnvironment } from '../services/config/environment.ts';
import { createLog } from '../services/log.ts';
import { clockFacts } from './controls-page.ts';
import { listenToKeys } from './keys.ts';
import { untilLeftAlone } from './left-alone.ts';
import { orders } from './orders.ts';
import { type Demo, type DemoOptions, startDemo } from './start-demo.ts';

/** `sedd demo`: runs a made-up municipality with a local Teams, all on this machine, until it is told to stop. */
export async function runDemo(
  options: DemoOptions,
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const { logLevel } = readEnvironment({ LOG_LEVEL: env.LOG_LEVEL || 'warn' });
  // Looked at from the beginning: afterwards it would not be seen who the parent was.
  const leftAlone = untilLeftAlone(env);
  console.log('Sedd startar … / Starting …');
  const demo = await startDemo(options, createLog(logLevel));
  const stopped = untilStopped();
  const letGoOfKeys = listenToKeys((key) => obey(demo, key));
  try {
    console.log(bannerOf(demo, options));
    demo.clock.resume();
    await Promise.race([stopped, leftAlone, demo.ended]);
    console.log('\nStänger … / Closing …');
  } finally {
    letGoOfKeys();
    await demo.stop();
  }
}

function obey({ clock, times }: Demo, key: string): void {
  const order = orders.find((one) => one.key === key);
  if (order === undefined) return;
  order.act(clock, times);
  const { day, time, state } = clockFacts({ clock, times }, 'sv');
  console.log(`${day} ${time}. ${state}`);
}

function bannerOf({ teamsUrl, controlsUrl }: Demo, { speed }: DemoOptions): string {
  const keys = orders.map(
    ({ key, title }) => `    ${(key === 'space' ? '␣' : key).padEnd(4)}${title.sv} / ${title.en}`,
  );
  return `
  SEDD, DEMO

  Öppna / Open:  ${teamsUrl}

  Alla elever, lärare och siffror är påhittade. Inloggning är avstängd, och bara den här datorn kommer åt.
  All pupils, teachers and figures are invented. Sign-in is off, and only this computer gets in.

  Kanalen "Mentorer åk 8" får morgonens kort 08:45, om några sekunder. General är närvarokoordinatorns.
  The channel "Mentorer åk 8" gets the morning's cards at 08:45, in a few seconds. General is the coordinator's.

  Skolklockan / The school's clock (${speed} ×):  ${controlsUrl}
${keys.join('\n')}
    q   Avsluta, som Ctrl-C / Quit, as Ctrl-C
`;
}
