import assert from 'node:assert/strict';
import { doctor } from '../../../bot/commands/doctor.ts';
import { printed } from '../../support/sedd-command.ts';
import { openTestMunicipality, type TestMunicipality } from './municipality.ts';

describe('sedd doctor', () => {
  let municipality: TestMunicipality;

  before(async () => {
    municipality = await openTestMunicipality();
  });
  after(() => municipality.close());

  it('tells of each thing that it tried, and which of them do not work', async () => {
    const told = await examined({});

    assert.match(told, /✓ Environment: good/);
    assert.match(told, /✓ Microsoft credentials: good/);
    assert.match(
      told,
      /✗ Microsoft’s token: Microsoft gives none \(.*\)\. Check MicrosoftAppId.*login\.microsoftonline\.com/,
    );
    assert.match(told, /✓ Municipality file: good/);
    assert.match(told, /✓ Source "hub": good/);
    assert.match(told, /✓ Database: /);
    assert.match(told, /! Runs: none has run yet: is "sedd serve" running\?/);
    assert.doesNotMatch(told, /a-secret-of-the-bot/);
  });

  it('tells all faults at once, each with its setting and what to do', async () => {
    const told = await examined({
      PORT: 'abc',
      DATABASE_URL: 'mysql://root:hunter2@db/sedd',
      LOG_LEVEL: 'loud',
      MicrosoftAppId: 'not-a-guid',
      SEDD_CONFIG: '/nowhere.yaml',
    });

    assert.match(told, /✗ Environment: .*3 faults\n.*- PORT: .*\n.*- DATABASE_URL: .*\n.*- LOG_LEVEL: /);
    assert.match(told, /✗ Microsoft credentials: .*\n.*- MicrosoftAppId: not a GUID/);
    assert.match(told, /✗ Municipality file: .*\n.*There is no such file\. Set SEDD_CONFIG/);
    assert.match(told, /! Sources and database: not tried/);
    assert.doesNotMatch(told, /hunter2/);
  });

  it('goes on past a source that does not let it in', async () => {
    const told = await examined({ SS12000_CLIENT_SECRET: 'hunter2' });

    assert.match(told, /✗ Source "hub": .*check SS12000_CLIENT_ID, SS12000_CLIENT_SECRET/);
    assert.match(told, /✓ Database: /);
    assert.doesNotMatch(told, /hunter2/);
  });

  it('goes on past a database that does not answer', async () => {
    const told = await examined({ DATABASE_URL: 'postgres://sedd:hunter2@127.0.0.1:1/sedd' });

    assert.match(told, /✗ Database: The database at 127\.0\.0\.1:1\/sedd does not answer/);
    assert.doesNotMatch(told, /hunter2/);
  });

  /** What it prints; that the token cannot be had here makes it fail. */
  async function examined(env: Readonly<Record<string, string>>): Promise<string> {
    return await printed(async () => {
      await assert.rejects(doctor({ ...municipality.env, ...env }), { code: 'doctor.failed' });
    });
  }
});
