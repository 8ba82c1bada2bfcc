import { type Environment, readEnvironment } from '../../services/config/environment.ts';
import { SeddError } from '../../services/errors.ts';
import { readStatus, type StatusReport } from '../status-report.ts';
import { askRunning } from './ask-running.ts';
import { openConfigured, type Variables } from './open.ts';
import { statusText } from './status-text.ts';

/** `sedd status`: the last runs, and the truth about delivery. Codes and ids, no names. */
export async function status(env: Variables): Promise<void> {
  console.log(statusText(await findStatus(readEnvironment(env))));
}

/** The status, wherever it is to be had: from the database, or where that is in another process, from that. */
export async function findStatus(environment: Environment): Promise<StatusReport> {
  try {
    const storage = await openConfigured(environment);
    return await readStatus(storage.db).finally(() => storage.close());
  } catch (error) {
    if (error instanceof SeddError && error.code === 'storage.locked') return await askRunning(environment);
    throw error;
  }
}
