import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The demo as whoever types the command has it. */
export interface DemoProcess {
  readonly process: ChildProcess;
  /** All that it has written. */
  text(): string;
  /** The addresses that it told, once it is up. */
  readonly urls: readonly string[];
  /** Its exit code, once it has ended. */
  readonly exitCode: Promise<number | null>;
  /** Resolves when nothing of it answers any more and none of its files are left. */
  gone(): Promise<void>;
  /** Ends it, whatever happened. */
  clear(): Promise<void>;
}

const root = join(import.meta.dirname, '../..');

/** Runs a command line in the project's folder, in a process group of its own, until the demo has told its addresses. */
export async function startDemoProcess(command: string, args: readonly string[]): Promise<DemoProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'sedd-test-demo-'));
  const env = { ...process.env, TMPDIR: folder };
  const child = spawn(command, args, { cwd: root, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let written = '';
  const exitCode = once(child, 'close').then(([code]: unknown[]) => code as number | null);
  const urls = await new Promise<readonly string[]>((resolve, reject) => {
    const listen = (part: Buffer) => {
      written += part;
      if (/Ctrl-C \/ Quit/.test(written)) resolve(written.match(/http:\/\/\S+/g) ?? []);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    void exitCode.then((code) => reject(new Error(`The demo ended with ${code}:\n${written}`)));
  });
  return {
    process: child,
    text: () => written,
    urls,
    exitCode,
    gone: async () => {
      for (const url of urls) while (await answers(url));
      while ((await ownFolders(folder)).length > 0);
    },
    clear: async () => {
      killGroup(child);
      await exitCode;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Whoever of the group is left; npm may be gone before what it began. */
function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && error.code === 'ESRCH';
    if (!isGone) throw error;
  }
}

async function answers(url: string): Promise<boolean> {
  return await fetch(url).then(
    async (response) => (await response.text()) !== undefined,
    () => false,
  );
}

async function ownFolders(folder: string): Promise<readonly string[]> {
  return (await readdir(folder)).filter((name) => name.startsWith('sedd-demo-'));
}
