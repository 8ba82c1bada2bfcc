import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface CommandResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The file that is `sedd`. */
export const mainFile = fileURLToPath(new URL('../../bot/main.ts', import.meta.url));

/** Runs `sedd` as it is typed, in a process of its own that knows no environment but this one. */
export async function runSedd(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CommandResult> {
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx/esm'), mainFile, ...args], {
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { out: '', err: '' };
  child.stdout.on('data', (data) => {
    texts.out += data;
  });
  child.stderr.on('data', (data) => {
    texts.err += data;
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, ...texts };
}

/** What a command of this process prints, while `act` runs. */
export async function printed(act: () => Promise<void>): Promise<string> {
  const { log } = console;
  const lines: string[] = [];
  console.log = (...parts: unknown[]) => void lines.push(parts.join(' '));
  try {
    await act();
  } finally {
    console.log = log;
  }
  return lines.join('\n');
}
