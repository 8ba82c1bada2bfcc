import { systemClock } from '../../services/clock.ts';
import { configWarnings } from '../../services/config/config-warnings.ts';
import {
  type Credentials,
  type Environment,
  readCredentials,
  readEnvironment,
} from '../../services/config/environment.ts';
import { loadMunicipality } from '../../services/config/load-municipality.ts';
import { type LoadedRoutines, loadRoutines } from '../../services/config/load-routine.ts';
import type { Municipality } from '../../services/config/municipality.ts';
import type { GraphDirectory } from '../../services/directory/graph-directory.ts';
import { SeddError } from '../../services/errors.ts';
import { registeredIdentity } from '../identity.ts';
import { attempt, type Finding } from './finding.ts';
import { openDirectory, openSources, type Variables } from './open.ts';
import { findStatus } from './status.ts';
import { statusFindings } from './status-findings.ts';

const MARKS = { ok: '✓', look: '!', failed: '✗' } as const;

/** `sedd doctor`: tries each thing by itself and tells of all of them; exit code 1 where one does not work. */
export async function doctor(env: Variables): Promise<void> {
  const findings: Finding[] = [];
  for await (const finding of examine(env)) {
    console.log(`${MARKS[finding.state]} ${finding.what}: ${finding.told}`);
    findings.push(finding);
  }
  const failed = findings.filter(({ state }) => state === 'failed').length;
  if (failed > 0) throw new SeddError('doctor.failed', `${failed} of ${findings.length} do not work.`);
  console.log('Everything that was tried works.');
}

async function* examine(env: Variables): AsyncGenerator<Finding> {
  const environment = await attempt('Environment', async () => readEnvironment(env));
  yield environment.finding;
  const credentials = yield* examineCredentials(env);
  // Also where something else in the environment is wrong: all faults are wanted at once.
  const path = environment.value?.configPath ?? (env.SEDD_CONFIG || 'config/municipality.yaml');
  const municipality = await attempt('Municipality file', () => loadMunicipality(path));
  yield municipality.finding;
  const routinePath = environment.value?.routinePath ?? (env.SEDD_ROUTINE || undefined);
  yield (
    await attempt('Routine file', async () =>
      toldRoutines(await loadRoutines({ routinePath, configPath: path })),
    )
  ).finding;
  if (municipality.value !== undefined) {
    yield* warnings(municipality.value);
    if (credentials !== undefined) yield* examineDirectory(openDirectory(municipality.value, credentials));
  }
  if (environment.value === undefined) {
    yield { what: 'Sources and database', state: 'look', told: 'not tried, while the environment is wrong' };
    return;
  }
  if (municipality.value !== undefined) yield* examineSources(municipality.value, environment.value);
  yield* examineStatus(environment.value);
}

function toldRoutines({ routines, path }: LoadedRoutines): string {
  const told = routines.map(({ name, validFrom }) => `"${name}" from ${validFrom}`);
  return `${told.join(', ')} (${path})`;
}

async function* examineCredentials(env: Variables): AsyncGenerator<Finding, Credentials | undefined> {
  const credentials = await attempt('Microsoft credentials', async () => readCredentials(env));
  yield credentials.finding;
  const { value } = credentials;
  if (value === undefined) return undefined;
  const token = await attempt('Microsoft’s token', async () => {
    await registeredIdentity(value).token().catch(explain);
    return 'Microsoft gives one';
  });
  yield token.finding;
  return value;
}

/** Whether Microsoft Graph answers what it is configured to be asked, and which permission is missing where it does not. */
export async function* examineDirectory(
  directory: Pick<GraphDirectory, 'probes'> | undefined,
): AsyncGenerator<Finding> {
  for (const probe of directory?.probes ?? [])
    yield (await attempt(`Microsoft Graph, ${probe.permission}`, () => probe.try())).finding;
}

function explain(cause: unknown): never {
  const why = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : 'unknown';
  const remedy =
    'Check MicrosoftAppId, MicrosoftAppTenantId and the password or certificate, and that this machine reaches https://login.microsoftonline.com';
  throw new SeddError('auth.noToken', `Microsoft gives none (${why}). ${remedy}`, {}, cause);
}

function* warnings(municipality: Municipality): Generator<Finding> {
  for (const { path, reason, remedy } of configWarnings(municipality, systemClock.now()))
    yield { what: path, state: 'look', told: `${reason}. ${remedy}` };
}

async function* examineSources(municipality: Municipality, settings: Environment): AsyncGenerator<Finding> {
  for (const source of openSources(municipality, settings, systemClock))
    yield (await attempt(`Source "${source.id}"`, () => source.probe())).finding;
}

async function* examineStatus(settings: Environment): AsyncGenerator<Finding> {
  const status = await attempt('Database', () => findStatus(settings));
  yield status.finding;
  if (status.value !== undefined) yield* statusFindings(status.value);
}
