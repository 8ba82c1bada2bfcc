import type { Logger } from 'pino';
import { pino } from 'pino';
import { SeddError } from './errors.ts';

/**
 * Where Sedd tells whoever runs it what happened. Constant message, data as fields; ids and counts, never a name.
 * `error`: somebody must act. `warn`: somebody should look this week. `info`: a handful an hour. `debug`: anything.
 */
export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

/** A log of JSON lines on standard output, or on `destination`. An error is given as `err`. */
export function createLog(level: string, destination?: { write(line: string): void }): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: toldError },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** A log that says nothing, for tests. */
export const silentLog: Log = pino({ level: 'silent' });

/** Errors within errors are told to this depth. */
const MOST_CAUSES = 5;

/**
 * What is told of an error, by a list of what is harmless: a database error has the whole row in its `detail` and the
 * values in its `params`, and with them the pupil's name.
 */
export function toldError(error: unknown, depth = 0): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { type: typeof error };
  const { cause } = error;
  return {
    type: error.name,
    message: harmless(error),
    ...fieldsOf(error, ['code', 'status', 'constraint', 'table']),
    ...(error instanceof SeddError ? { facts: error.facts } : {}),
    // Without its head, which is the message once more.
    stack: (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at ')),
    ...(cause === undefined || depth === MOST_CAUSES ? {} : { cause: toldError(cause, depth + 1) }),
  };
}

/** Two kinds of message quote what could not be read: that of data PostgreSQL refuses, and that of broken JSON. */
function harmless(error: Error): string {
  const { code } = fieldsOf(error, ['code']);
  const quotesData = error instanceof SyntaxError || (typeof code === 'string' && /^22/.test(code));
  return quotesData ? error.message.replace(/["'].*["']/s, '…') : error.message;
}

function fieldsOf(error: Error, names: readonly string[]): Readonly<Record<string, unknown>> {
  const told = Object.entries(error).filter(
    ([name, value]) => names.includes(name) && ['string', 'number'].includes(typeof value),
  );
  return Object.fromEntries(told);
}
