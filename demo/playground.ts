import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { stringify } from 'yaml';
import { SeddError } from '../services/errors.ts';
import { PERSONAL_CHAT } from './places.ts';

/** Microsoft 365 Agents Playground: Teams in a browser, without an account or a network. */
export interface Playground {
  /** What to open. */
  readonly url: string;
  /** Where Sedd posts to. */
  readonly connectorUrl: string;
  readonly processId: number | undefined;
  /** Fails with `playground.ended` when it ends without having been told to. */
  readonly ended: Promise<never>;
  stop(): Promise<void>;
}

export interface PlaygroundOptions {
  /** Sedd's `/api/messages`. */
  readonly botUrl: string;
  readonly port: number;
  /** Who and what there is, in the playground's own form. */
  readonly world: object;
}

const PACKAGE = '@microsoft/m365agentsplayground';

/** Starts the local Teams on this machine alone, without its telemetry. Fails with `playground.failed` or `.missing`. */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const cli = findCli();
  const folder = await mkdtemp(join(tmpdir(), 'sedd-demo-'));
  await writeFile(join(folder, '.m365agentsplayground.yml'), stringify(options.world));
  const child = launch(cli, folder, options);
  const ended = failsWhenEnded(child);
  const stop = async () => {
    await end(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const port = await Promise.race([listeningPort(child), ended]);
    await Promise.race([untilServing(port), ended]);
    return { ...addressesAt(port), processId: child.pid, ended, stop };
  } catch (cause) {
    const reason = await readReason(folder);
    await stop();
    const message = `The local Teams did not start${reason === '' ? '' : `: ${reason}`}`;
    throw new SeddError('playground.failed', message, { port: options.port }, cause);
  }
}

/** Where it is, once it listens on a port. */
export function addressesAt(port: number): Pick<Playground, 'url' | 'connectorUrl'> {
  const url = `http://127.0.0.1:${port}`;
  return { url, connectorUrl: `${url}/_connector` };
}

function findCli(): string {
  try {
    return createRequire(import.meta.url).resolve(`${PACKAGE}/cli.js`);
  } catch (cause) {
    const remedy = 'The demo needs the packages for development: run npm ci without --omit=dev';
    throw new SeddError('playground.missing', remedy, {}, cause);
  }
}

/** In a process group of its own, so that Ctrl-C lets Sedd deliver what is under way first; tethered, so that it ends with Sedd. */
function launch(cli: string, folder: string, { botUrl, port }: PlaygroundOptions): ChildProcess {
  const preloads = ['loopback-only.mjs', 'tethered.mjs', 'replayed.mjs'].flatMap((file) => [
    '--import',
    pathToFileURL(join(import.meta.dirname, file)).href,
  ]);
  const own = ['-e', botUrl, '-c', 'msteams', '-p', String(port), '--dt'];
  return spawn(process.execPath, [...preloads, cli, ...own], {
    cwd: folder,
    detached: true,
    windowsHide: true,
    env: {
      ...passedOn(),
      TMPDIR: folder,
      TEMP: folder,
      TEAMSAPPTESTER_BROWSER: 'none',
      SEDD_DEMO_FOLDER: folder,
      SEDD_DEMO_READY_PATH: `/_debug/conversation/${PERSONAL_CHAT}/installation`,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}

/** Neither secrets nor settings of its own reach it from the environment. */
function passedOn(): Readonly<Record<string, string | undefined>> {
  const names = ['PATH', 'HOME', 'LANG', 'SystemRoot', 'USERPROFILE', 'APPDATA'];
  return Object.fromEntries(names.map((name) => [name, process.env[name]]));
}

function failsWhenEnded(child: ChildProcess): Promise<never> {
  const ended = once(child, 'exit').then(([code, signal]: unknown[]) => {
    const how = String(signal ?? code);
    throw new SeddError('playground.ended', `The local Teams ended by itself (${how})`, { how });
  });
  // Whoever is not waiting for it at that moment, such as while stopping, knows already.
  ended.catch(() => {});
  return ended;
}

async function listeningPort(child: ChildProcess): Promise<number> {
  child.stderr?.resume();
  return await new Promise((resolve) => {
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const port = /Listening on (\d+)/.exec(line)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
  });
}

/** It says that it listens before it does, and also where its settings are faulty. */
async function untilServing(port: number): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const isUp = await fetch(`http://127.0.0.1:${port}/`).then(
      (response) => response.ok,
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('It does not answer');
}

async function readReason(folder: string): Promise<string> {
  const log = await readFile(join(folder, 'devTools', 'm365agentsplayground.log'), 'utf8').catch(() => '');
  return log.trim().split('\n').slice(-3).join(' ');
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}
