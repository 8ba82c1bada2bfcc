import { systemClock } from '../../services/clock.ts';
import { configWarnings } from '../../services/config/config-warnings.ts';
import { readCredentials, readEnvironment } from '../../services/config/environment.ts';
import { loadMunicipality } from '../../services/config/load-municipality.ts';
import { SeddError } from '../../services/errors.ts';
import { readDeliveryStatus } from '../../services/posts/delivery-status.ts';
import { registeredIdentity } from '../identity.ts';
import { openConfigured, openSources, type Variables } from './open.ts';

interface Finding {
  readonly what: string;
  readonly state: 'ok' | 'look' | 'failed';
  readonly told: string;
}

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
  const credentials = await attempt('Microsoft credentials', async () => {
    const identity = registeredIdentity(readCredentials(env));
    await identity.token();
    return 'Microsoft gives a token';
  });
  yield credentials.finding;
  if (environment.value === undefined) return;
  const settings = environment.value;
  const municipality = await attempt('Municipality file', () => loadMunicipality(settings.configPath));
  yield municipality.finding;
  for (const { path, reason, remedy } of municipality.value === undefined
    ? []
    : configWarnings(municipality.value, systemClock.now())) {
    yield { what: path, state: 'look', told: `${reason}. ${remedy}` };
  }
  for (const source of municipality.value === undefined
    ? []
    : openSources(municipality.value, settings, systemClock)) {
    yield (await attempt(`Source "${source.id}"`, () => source.probe())).finding;
  }
  yield (await attempt('Database and Teams', () => examineStorage(settings))).finding;
}

async function examineStorage(settings: ReturnType<typeof readEnvironment>): Promise<string> {
  const storage = await openConfigured(settings);
  try {
    const { broken } = await readDeliveryStatus(storage.db);
    if (broken.length === 0) return `${storage.engine}; no conversation is broken`;
    const list = broken.map(({ conversationId, code }) => `  ${conversationId}: ${code}`).join('\n');
    throw new SeddError(
      'teams.broken',
      `${broken.length} conversations cannot be posted to; add the app there again:\n${list}`,
    );
  } finally {
    await storage.close();
  }
}

async function attempt<T>(
  what: string,
  act: () => Promise<T>,
): Promise<{ finding: Finding; value: T | undefined }> {
  try {
    const value = await act();
    return { finding: { what, state: 'ok', told: typeof value === 'string' ? value : 'good' }, value };
  } catch (error) {
    // To be told along with the rest is what this command is for.
    const told = error instanceof SeddError ? error.message : String(error);
    return { finding: { what, state: 'failed', told }, value: undefined };
  }
}
