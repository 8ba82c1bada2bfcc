import type { Environment } from '../../services/config/environment.ts';
import { SeddError } from '../../services/errors.ts';
import { timeLimit } from '../../services/time-limit.ts';
import { type StatusReport, statusReport } from '../status-report.ts';

/** A process on this machine answers at once, or something else has its port. */
const LONGEST_MS = 5_000;

export type RunningAt = Pick<Environment, 'host' | 'port' | 'metricsToken'>;

/**
 * Asks the Sedd that runs on this machine for its status: it has the database in its process, where nobody else may look.
 * Fails with `status.noAnswer`.
 */
export async function askRunning(settings: RunningAt): Promise<StatusReport> {
  const url = `${addressOf(settings)}/status`;
  const { metricsToken } = settings;
  try {
    const response = await fetch(url, {
      headers: metricsToken === undefined ? {} : { authorization: `Bearer ${metricsToken}` },
      signal: timeLimit(LONGEST_MS),
      redirect: 'error',
    });
    return statusReport.parse(await response.json());
  } catch (cause) {
    const remedy =
      'Another Sedd process has the data folder, and does not answer as one of this version at ' +
      `${url}. Give this command the PORT and HOST of that process (and SEDD_METRICS_TOKEN, where HOST is not this machine’s own), or stop it first.`;
    throw new SeddError('status.noAnswer', remedy, { url }, cause);
  }
}

function addressOf({ host, port }: RunningAt): string {
  const isAny = host === '0.0.0.0' || host === '::';
  const name = isAny ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
