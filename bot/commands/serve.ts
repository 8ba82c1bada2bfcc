import { configWarnings } from '../../services/config/config-warnings.ts';
import { startSedd } from '../compose.ts';
import { untilStopped } from '../until-stopped.ts';
import { openParts, type Variables } from './open.ts';

/** `sedd serve`: runs until it is told to stop, and then sees what is under way to its end. */
export async function serve(env: Variables): Promise<void> {
  const parts = await openParts(env);
  const { log, municipality, storage } = parts;
  const warnings = configWarnings(municipality, parts.clock.now());
  for (const { path, reason, remedy } of warnings) log.warn({ path, remedy }, reason);
  const sedd = await startSedd(parts);
  try {
    await sedd.jobs.everyMinute('tick');
    // What fell due while nothing ran is seen to now and not at the next minute.
    await sedd.tick();
    log.info(
      { url: sedd.url, engine: storage.engine, schools: municipality.schools.length },
      storage.engine === 'embedded'
        ? 'Sedd is up, with the database in this process: one process only, and back up the data folder'
        : 'Sedd is up',
    );
    const signal = await untilStopped();
    log.info({ signal }, 'Stopping: no new work is begun, and what is under way is seen to its end');
  } finally {
    await sedd.stop();
  }
}
