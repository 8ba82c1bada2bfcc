import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { within } from './measure.ts';

interface Question {
  readonly id: number;
  readonly name: string;
  readonly about: unknown;
}

interface Reply {
  readonly id: number;
  readonly answer?: unknown;
  readonly failure?: string;
}

/** A process of its own, so that what is measured shares no event loop with what measures it. */
export interface Child {
  /** Asks by name, with whatever the question is about. What comes back is taken to be a `T`. */
  ask<T>(name: string, about?: unknown): Promise<T>;
  /** Tells it to end, and makes it end where it does not. */
  stop(): Promise<void>;
}

const LONGEST_ANSWER_MS = 120_000;
const LONGEST_STOP_MS = 5_000;

/** Starts a module of this folder as a process; it ends with this one, however that ends. */
export function startChild(module: string): Child {
  const path = fileURLToPath(new URL(module, import.meta.url));
  const child = fork(path, [], { execArgv: ['--import', 'tsx/esm'] });
  const waiting = new Map<number, (reply: Reply) => void>();
  child.on('message', (reply: Reply) => waiting.get(reply.id)?.(reply));
  child.once('exit', (code) => {
    for (const [id, settle] of waiting) settle({ id, failure: `${module} ended with ${code}` });
  });
  let last = 0;
  return {
    async ask<T>(name: string, about: unknown) {
      last += 1;
      const id = last;
      const replied = new Promise<Reply>((resolve) => waiting.set(id, resolve));
      child.send({ id, name, about } satisfies Question);
      const { answer, failure } = await within(LONGEST_ANSWER_MS, `${module} ${name}`, replied);
      waiting.delete(id);
      if (failure !== undefined) throw new Error(failure);
      return answer as T;
    },
    stop: () => ended(child),
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const force = setTimeout(() => child.kill('SIGKILL'), LONGEST_STOP_MS);
  child.disconnect();
  await gone;
  clearTimeout(force);
}

/** In the process itself: answers the questions by name, until whoever asks is gone. */
export function answerQuestions(answers: Readonly<Record<string, (about: never) => unknown>>): void {
  process.on('message', async ({ id, name, about }: Question) => {
    const reply = await replyTo(answers[name], about).catch((error: unknown) => ({ failure: String(error) }));
    process.send?.({ id, ...reply });
  });
  process.once('disconnect', () => process.exit());
}

async function replyTo(answer: ((about: never) => unknown) | undefined, about: unknown) {
  if (answer === undefined) throw new Error('There is no such question');
  return { answer: await answer(about as never) };
}
