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

/** Microsoft 365 Agents Playground: Teams in a browser, without an account or a network. */
export interface Playground {
  /** What to open. */
  readonly url: string;
  /** Where Sedd posts to. */
  readonly connectorUrl: string;
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

/** Starts the local Teams on this machine alone, without its telemetry. Fails with `playground.failed`. */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const folder = await mkdtemp(join(tmpdir(), 'sedd-demo-'));
  await writeFile(join(folder, '.m365agentsplayground.yml'), stringify(options.world));
  const child = launch(folder, options);
  const cleanUp = async () => {
    await end(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const port = await listeningPort(child);
    await untilServing(port);
    const url = `http://127.0.0.1:${port}`;
    return { url, connectorUrl: `${url}/_connector`, stop: cleanUp };
  } catch (cause) {
    const reason = await readReason(folder);
    await cleanUp();
    const message = `The local Teams did not start${reason === '' ? '' : `: ${reason}`}`;
    throw new SeddError('playground.failed', message, { port: options.port }, cause);
  }
}

function launch(folder: string, { botUrl, port }: PlaygroundOptions): ChildProcess {
  const cli = createRequire(import.meta.url).resolve(`${PACKAGE}/cli.js`);
  const onlyLoopback = pathToFileURL(join(import.meta.dirname, 'loopback-only.mjs')).href;
  const own = ['-e', botUrl, '-c', 'msteams', '-p', String(port), '--dt'];
  return spawn(process.execPath, ['--import', onlyLoopback, cli, ...own], {
    cwd: folder,
    env: { ...process.env, TEAMSAPPTESTER_BROWSER: 'none', NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function listeningPort(child: ChildProcess): Promise<number> {
  const ended = once(child, 'exit').then(() => {
    throw new Error('It ended at once');
  });
  const told = new Promise<number>((resolve) => {
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const port = /Listening on (\d+)/.exec(line)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
  });
  child.stderr?.resume();
  return await Promise.race([told, ended]);
}

/** It says that it listens before it does, and also where its settings are faulty. */
async function untilServing(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
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
