import { type Clock, systemClock } from '../../services/clock.ts';
import {
  type Credentials,
  type Environment,
  readCredentials,
  readEnvironment,
} from '../../services/config/environment.ts';
import { loadMunicipality } from '../../services/config/load-municipality.ts';
import { loadRoutines } from '../../services/config/load-routine.ts';
import type { Municipality } from '../../services/config/municipality.ts';
import { createGraphDirectory, type GraphDirectory } from '../../services/directory/graph-directory.ts';
import { createLog } from '../../services/log.ts';
import { type Ss12000Source, ss12000Source } from '../../services/sources/ss12000/ss12000-source.ts';
import { openStorage, type Storage } from '../../services/storage/database.ts';
import { graphToken, registeredIdentity } from '../identity.ts';
import type { Parts } from '../parts.ts';

export type Variables = Readonly<Record<string, string | undefined>>;

/** The adapters of every configured source. */
export function openSources(
  municipality: Municipality,
  environment: Pick<Environment, 'sourceCredentials'>,
  clock: Clock,
): readonly (Ss12000Source & { readonly id: string })[] {
  return municipality.sources.map((config) => ({
    id: config.id,
    ...ss12000Source({
      config,
      schools: municipality.schools,
      timeZone: municipality.timeZone,
      clock,
      wireClock: systemClock,
      credentials: environment.sourceCredentials,
    }),
  }));
}

/** Microsoft Graph, where the municipality file asks for something of it. */
export function openDirectory(
  { directory: config }: Pick<Municipality, 'directory'>,
  credentials: Credentials,
): GraphDirectory | undefined {
  if (!config.presence && !config.automaticReplies) return undefined;
  return createGraphDirectory({ config, token: graphToken(credentials), wireClock: systemClock });
}

/** What is read: the settings, and the sources that they name. A command that prints an answer logs elsewhere. */
export async function openSettings(env: Variables, logTo: { write(line: string): void } = process.stdout) {
  const environment = readEnvironment(env);
  const municipality = await loadMunicipality(environment.configPath);
  const { routines } = await loadRoutines(environment);
  const sources = openSources(municipality, environment, systemClock);
  return {
    environment,
    municipality,
    routines,
    rosters: sources.flatMap(({ roster }) => roster ?? []),
    attendance: sources.flatMap(({ attendance }) => attendance ?? []),
    clock: systemClock,
    log: createLog(environment.logLevel, logTo),
  };
}

/** Everything that Sedd is made of, from the environment and the municipality file. The storage is open. */
export async function openParts(env: Variables, logTo?: { write(line: string): void }): Promise<Parts> {
  const credentials = readCredentials(env);
  const identity = registeredIdentity(credentials);
  const { environment, ...settings } = await openSettings(env, logTo);
  const directory = openDirectory(settings.municipality, credentials);
  return {
    ...settings,
    identity,
    directory,
    storage: await openConfigured(environment),
    settings: environment,
  };
}

/** The database that the environment names. */
export async function openConfigured({ databaseUrl: url, dataDir }: Environment): Promise<Storage> {
  return await openStorage(url === undefined ? { dataDir } : { url });
}
