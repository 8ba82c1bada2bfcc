import { type ChildProcess, fork } from 'node:child_process';
import { dirname, join } from 'node:path';
import type { ChildCommand, ChildMessage, ChildSetup } from './protocol.ts';

/** The child is gone: nothing more can be asked of it. */
export class LifeEnded extends Error {
  constructor() {
    super('The process has ended');
    this.name = 'LifeEnded';
  }
}

/** One process, from its start to its end. */
export interface Life {
  /** Resolves with the address when it is up; fails with `LifeEnded` where it does not get that far. */
  readonly up: Promise<string>;
  /** Fails with `LifeEnded` where it ends before it has answered. */
  ask(command: ChildCommand): Promise<unknown>;
  /** Ends it as `kill -9` does. */
  kill(): void;
  /** Asks it to end, as a service manager does. */
  terminate(): void;
  /** Whether it was killed. */
  readonly isKilled: boolean;
  /** Resolves with the exit code, or null where it was killed. */
  readonly gone: Promise<number | null>;
}

/** Half the start of a process is making its code fast, which a short life has no use for. */
const QUICK_START = ['--liftoff-only'];

export function startLife(script: string, setup: ChildSetup): Life {
  // Known to Node 22 and later: what was compiled by one process is there for the next.
  const env = { ...process.env, NODE_COMPILE_CACHE: join(dirname(script), 'compiled') };
  const child = fork(script, [JSON.stringify(setup)], { execArgv: QUICK_START, env });
  const asked = new Map<number, { resolve: (value: unknown) => void; reject: (reason: Error) => void }>();
  let next = 1;
  let isKilled = false;
  const gone = endOf(child);
  void gone.then((code) => {
    isKilled = code === null;
    for (const { reject } of asked.values()) reject(new LifeEnded());
    asked.clear();
  });
  const up = new Promise<string>((resolve, reject) => {
    void gone.then(() => reject(new LifeEnded()));
    child.on('message', (message: ChildMessage) => {
      if (message.kind === 'up') return resolve(message.url);
      const waiting = asked.get(message.id);
      asked.delete(message.id);
      if (message.kind === 'answer') waiting?.resolve(message.value);
      else waiting?.reject(new Error(message.error));
    });
  });
  // Whoever kills a process while it starts does not wait for it to be up.
  up.catch(() => {});
  return {
    up,
    ask: (command) =>
      new Promise((resolve, reject) => {
        const id = next++;
        asked.set(id, { resolve, reject });
        child.send({ id, command }, (error) => {
          if (error !== null) void gone.then(() => reject(new LifeEnded()));
        });
      }),
    kill: () => void child.kill('SIGKILL'),
    terminate: () => void child.kill('SIGTERM'),
    get isKilled() {
      return isKilled;
    },
    gone,
  };
}

async function endOf(child: ChildProcess): Promise<number | null> {
  return await new Promise((resolve) => child.once('exit', (code) => resolve(code)));
}
