import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoSchools, makeUp } from '../../../demo/municipality.ts';
import { DEMO_CLIENT, startSs12000Server } from '../../../demo/ss12000-server.ts';
import { clockTime } from '../../support/small-school.ts';

/** A folder with a municipality file, and the student system that it names: a made-up one, at 08:45 that Monday. */
export interface TestMunicipality {
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
  /** Names of the made-up pupils of the school "torpaskolan-norr". */
  readonly names: readonly string[];
  close(): Promise<void>;
}

const SCHOOL = 'torpaskolan-norr';

export async function openTestMunicipality(): Promise<TestMunicipality> {
  const municipality = makeUp(1);
  const system = await startSs12000Server({ municipality, clock: { now: () => clockTime('08:45') } });
  const folder = mkdtempSync(join(tmpdir(), 'sedd-command-'));
  const organisation = demoSchools.find(({ id }) => id === SCHOOL)?.organisation ?? '';
  writeFileSync(join(folder, 'municipality.yaml'), fileOf(system, organisation));
  const school = municipality.schools.find(({ id }) => id === SCHOOL);
  return {
    folder,
    names: (school?.pupils ?? []).map(({ givenName, familyName }) => `${givenName} ${familyName}`),
    env: {
      HOST: '127.0.0.1',
      LOG_LEVEL: 'error',
      SEDD_CONFIG: join(folder, 'municipality.yaml'),
      SEDD_DATA_DIR: join(folder, 'data'),
      SS12000_CLIENT_ID: DEMO_CLIENT.clientId,
      SS12000_CLIENT_SECRET: DEMO_CLIENT.clientSecret,
      MicrosoftAppType: 'SingleTenant',
      MicrosoftAppId: '11111111-1111-4111-8111-111111111111',
      MicrosoftAppTenantId: '22222222-2222-4222-8222-222222222222',
      MicrosoftAppPassword: 'a-secret-of-the-bot',
    },
    close: async () => {
      await system.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function fileOf(
  { url, tokenUrl }: { readonly url: string; readonly tokenUrl: string },
  organisation: string,
): string {
  return `
municipality: Vänersborg
teams: { tenants: [22222222-2222-4222-8222-222222222222], serviceUrl: "http://127.0.0.1:1/" }
calendar:
  schoolYear: 2026/2027
  terms: [{ from: 2026-08-18, to: 2026-12-18 }]
sources:
  - { id: hub, kind: ss12000, url: "${url}", tokenUrl: "${tokenUrl}", gives: [roster, lessons, notices] }
schools:
  - id: ${SCHOOL}
    name: Torpaskolan Norr
    organisation: ${organisation}
    channels:
      coordinator: 19:coordinator@thread.tacv2
      mentorGroups: { 8A: "19:8a@thread.tacv2", 8 b: "19:8b@thread.tacv2", 9X: "19:9x@thread.tacv2" }
`;
}
