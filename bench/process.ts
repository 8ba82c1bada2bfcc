import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Credentials } from '../services/config/environment.ts';
import { within } from './measure.ts';

/** A server as a process, from its start to the line that says where it listens. */
export interface ServerProcess {
  readonly url: string;
  readonly startedMs: number;
  stop(): Promise<void>;
}

/** Whatever bot is started is this one, and none of Microsoft's. */
export const BOT_IDENTITY = {
  MicrosoftAppType: 'SingleTenant',
  MicrosoftAppId: '11111111-2222-4333-8444-555555555555',
  MicrosoftAppTenantId: '22222222-2222-4333-8444-555555555555',
  MicrosoftAppPassword: 'a password that is none',
} satisfies Credentials;

const LONGEST_START_MS = 60_000;
const LONGEST_STOP_MS = 10_000;

/** The bot that is compared with: nothing but the SDK on restify. */
export async function startBareBot(env: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
  return await startServerProcess([fileURLToPath(new URL('./bare-bot.mjs', import.meta.url))], env);
}

/** Starts Node with the arguments. What runs says that it is up with a line of JSON that has a `url`. */
export async function startServerProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<ServerProcess> {
  const from = performance.now();
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...BOT_IDENTITY, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = () => child.kill('SIGKILL');
  // Nothing that was started here outlives this process.
  process.once('exit', kill);
  const stop = async () => {
    const force = setTimeout(kill, LONGEST_STOP_MS);
    child.kill('SIGTERM');
    await exited;
    clearTimeout(force);
    process.off('exit', kill);
  };
  try {
    const url = await within(LONGEST_START_MS, args.join(' '), urlFrom(child.stdout));
    return { url, startedMs: performance.now() - from, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function urlFrom(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const said = line.startsWith('{') ? (JSON.parse(line) as { readonly url?: unknown }) : {};
    if (typeof said.url === 'string') {
      output.resume();
      return said.url;
    }
  }
  throw new Error('It ended before it was up');
}
