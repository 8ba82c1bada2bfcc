import type { Logger } from 'pino';
import { pino } from 'pino';

/**
 * Where Sedd tells whoever runs it what happened. Constant message, data as fields; ids and counts, never a name.
 * `error`: somebody must act. `warn`: somebody should look this week. `info`: a handful an hour. `debug`: anything.
 */
export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

/** A log of JSON lines on standard output, or on `destination`. */
export function createLog(level: string, destination?: { write(line: string): void }): Log {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** A log that says nothing, for tests. */
export const silentLog: Log = pino({ level: 'silent' });
