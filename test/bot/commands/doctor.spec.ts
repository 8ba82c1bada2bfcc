import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { doctor, examineDirectory } from '../../../bot/commands/doctor.ts';
import type { Finding } from '../../../bot/commands/finding.ts';
import { systemClock } from '../../../services/clock.ts';
import { createGraphDirectory } from '../../../services/directory/graph-directory.ts';
import { startGraphServer } from '../../support/graph-server.ts';
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

  it('asks Microsoft Graph nothing unless the file wants it', async () => {
    assert.doesNotMatch(await examined({}), /Graph/);
  });

  it('tries Microsoft Graph where the file wants it, and goes on past it', async () => {
    const path = join(municipality.folder, 'with-directory.yaml');
    const file = readFileSync(municipality.env.SEDD_CONFIG ?? '', 'utf8');
    writeFileSync(path, `${file}directory: { presence: true }\n`);

    const told = await examined({ SEDD_CONFIG: path });

    assert.match(told, /✗ Microsoft Graph, Presence\.Read\.All: Microsoft gives the bot no token/);
    assert.doesNotMatch(told, /MailboxSettings/);
    assert.match(told, /✓ Database: /);
  });

  it('tells which permission of Microsoft Graph is missing', async () => {
    const graph = await startGraphServer();
    graph.script = ({ path }) => (path === '/$batch' ? { kind: 'answer', status: 403 } : undefined);
    const config = { presence: true, automaticReplies: true };
    const token = async () => 'a-token';
    const directory = createGraphDirectory({ config, token, wireClock: systemClock, url: graph.url });

    const found: Finding[] = [];
    for await (const finding of examineDirectory(directory)) found.push(finding);
    await graph.close();

    assert.deepEqual(
      found.map(({ what, state }) => [what, state]),
      [
        ['Microsoft Graph, Presence.Read.All', 'ok'],
        ['Microsoft Graph, MailboxSettings.Read', 'failed'],
      ],
    );
    assert.match(found[1]?.told ?? '', /application permission MailboxSettings\.Read/);
  });

  /** What it prints; that the token cannot be had here makes it fail. */
  async function examined(env: Readonly<Record<string, string>>): Promise<string> {
    return await printed(async () => {
      await assert.rejects(doctor({ ...municipality.env, ...env }), { code: 'doctor.failed' });
    });
  }
});
