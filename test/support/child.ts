import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A process of its own that runs a script of test/, to be killed. */
export interface Child {
  /** The next line that it writes to standard output; undefined when it has ended. */
  nextLine(): Promise<string | undefined>;
  /** Ends it as `kill -9` does, and waits until it is gone. Lines that were written before can still be read. */
  kill(): Promise<void>;
}

interface ChildOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Of Node's own. */
  readonly flags?: readonly string[];
}

export function startChild(
  script: string,
  args: readonly string[],
  { flags = [], ...options }: ChildOptions = {},
): Child {
  const loader = import.meta.resolve('tsx/esm');
  const process_ = spawn(process.execPath, [...flags, '--import', loader, script, ...args], {
    ...options,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise<void>((resolve) => process_.once('close', () => resolve()));
  const lines = createInterface({ input: process_.stdout })[Symbol.asyncIterator]();
  return {
    nextLine: async () => (await lines.next()).value,
    kill: async () => {
      process_.kill('SIGKILL');
      await gone;
    },
  };
}
