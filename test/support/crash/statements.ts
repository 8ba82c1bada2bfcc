import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';

type Call = (...args: unknown[]) => unknown;

/** Counts what goes to the database, of the job engine too, and kills the process where it is told to. */
export interface Statements {
  readonly count: number;
  /** At the n-th from now, before the database has it or after. */
  killAt(n: number, when: 'before' | 'after'): void;
}

/** Watches every database of this process. PGlite takes each statement in several messages; any of them may be the last. */
export function watchStatements(): Statements {
  let count = 0;
  let end: { readonly at: number; readonly when: 'before' | 'after' } | undefined;

  function passed(when: 'before' | 'after', own: number): void {
    if (end?.at === own && end.when === when) process.kill(process.pid, 'SIGKILL');
  }

  function begin(): number {
    count += 1;
    passed('before', count);
    return count;
  }

  wrap(PGlite.prototype, 'execProtocolRawSync', (call, args) => {
    const own = begin();
    const result = call(...args);
    passed('after', own);
    return result;
  });
  wrap(pg.Client.prototype, 'query', (call, args) => {
    const own = begin();
    const callback = args.at(-1);
    if (typeof callback === 'function') {
      const told = (...results: unknown[]) => {
        passed('after', own);
        callback(...results);
      };
      return call(...args.slice(0, -1), told);
    }
    const result = call(...args);
    if (result instanceof Promise) result.then(() => passed('after', own)).catch(() => {});
    return result;
  });

  return {
    get count() {
      return count;
    },
    killAt: (n, when) => {
      end = { at: count + n, when };
    },
  };
}

function wrap(prototype: object, name: string, around: (call: Call, args: unknown[]) => unknown): void {
  const methods = prototype as Record<string, Call>;
  const original = methods[name];
  if (original === undefined) throw new Error(`There is no ${name} to watch`);
  methods[name] = function watched(this: unknown, ...args: unknown[]) {
    return around((...given) => original.apply(this, given), args);
  };
}
