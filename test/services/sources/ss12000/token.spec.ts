import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { createLog } from '../../../../services/log.ts';
import { SourceError } from '../../../../services/sources/source-error.ts';
import { createClient } from '../../../../services/sources/ss12000/client.ts';
import {
  CLIENT,
  type StudentSystem,
  type StudentSystemFault,
  startStudentSystem,
} from '../../../support/student-system.ts';
import { clientDeps, configOf, NOW } from './source-data.ts';

describe('the token', () => {
  let system: StudentSystem;

  beforeEach(async () => {
    system = await startStudentSystem();
    system.lists = { things: [] };
  });
  afterEach(() => system.close());

  it('is asked for with the credentials and the scope, and carried', async () => {
    const config = configOf(system, { scope: 'attendance.read' });

    await createClient(clientDeps(system, { config })).list('things', {});

    const asked = Object.fromEntries(new URLSearchParams(system.calls('token')[0]?.body));
    assert.deepEqual(asked, {
      scope: 'attendance.read',
      grant_type: 'client_credentials',
      client_id: CLIENT.clientId,
      client_secret: CLIENT.clientSecret,
    });
    assert.equal(system.calls('things')[0]?.authorization, 'Bearer token-1');
  });

  it('is not asked for where the source wants none', async () => {
    const { tokenUrl: _, ...config } = configOf(system);
    system.script = () => ({ kind: 'body', body: { data: [] } });

    await createClient(clientDeps(system, { config })).list('things', {});

    assert.equal(system.calls('token').length, 0);
    assert.equal(system.calls('things')[0]?.authorization, undefined);
  });

  it('is proven in the header where the form is not taken', async () => {
    system.wantsBasic = true;

    await createClient(clientDeps(system)).list('things', {});

    assert.equal(system.calls('things').length, 1);
  });

  it('is one request for all that need it at once', async () => {
    const client = createClient(clientDeps(system));

    await Promise.all(Array.from({ length: 20 }, () => client.list('things', {})));

    assert.equal(system.calls('token').length, 1);
    assert.equal(system.calls('things').length, 20);
  });

  const lives: readonly { seconds: number; later: number; asked: number }[] = [
    { seconds: 3_600, later: 3_539, asked: 1 },
    { seconds: 3_600, later: 3_540, asked: 2 },
    { seconds: 30, later: 14, asked: 1 },
    { seconds: 30, later: 15, asked: 2 },
  ];
  for (const { seconds, later, asked } of lives) {
    it(`of ${seconds} seconds has been asked for ${asked} times after ${later}`, async () => {
      system.tokenSeconds = seconds;
      let now = NOW;
      const client = createClient(clientDeps(system, { wireClock: { now: () => now } }));
      await client.list('things', {});

      now = NOW.add({ seconds: later });
      await client.list('things', {});

      assert.equal(system.calls('token').length, asked);
    });
  }

  it('that is withdrawn before its time is replaced, once for all that were under way', async () => {
    const client = createClient(clientDeps(system));
    await client.list('things', {});
    system.revoke();

    await Promise.all(Array.from({ length: 10 }, () => client.list('things', {})));

    assert.equal(system.calls('token').length, 2);
  });

  it('that is never taken is asked for twice, and no more', async () => {
    system.script = ({ path }) => (path === 'things' ? { kind: 'status', status: 401 } : undefined);

    await assert.rejects(createClient(clientDeps(system)).list('things', {}), { code: 'source.auth' });

    assert.equal(system.calls('token').length, 2);
    assert.equal(system.calls('things').length, 2);
  });

  for (const fault of [{ kind: 'status', status: 503 }, { kind: 'reset' }] as const) {
    it(`is asked for again after ${JSON.stringify(fault)}`, async () => {
      system.script = ({ path }, turn) => (path === 'token' && turn < 3 ? fault : undefined);

      await createClient(clientDeps(system)).list('things', {});

      assert.equal(system.calls('token').length, 3);
    });
  }

  it('is not waited for without end', async () => {
    system.script = ({ path }, turn) => (path === 'token' && turn === 1 ? { kind: 'stall' } : undefined);
    const config = configOf(system, { timeoutSeconds: 0.2 });

    await createClient(clientDeps(system, { config })).list('things', {});

    assert.equal(system.calls('token').length, 2);
  });

  it('wants credentials, and says which', async () => {
    const client = createClient(clientDeps(system, { credentials: undefined }));

    await assert.rejects(client.list('things', {}), /SS12000_CLIENT_ID and SS12000_CLIENT_SECRET/);
  });
});

describe('a failure of the source', () => {
  const WRONG = { clientId: 'somebody', clientSecret: 'a-wrong-secret' };
  const NAME = 'Hemlig Skyddsson';
  const cases: readonly {
    name: string;
    credentials?: typeof WRONG;
    path: string;
    fault: StudentSystemFault | undefined;
  }[] = [
    { name: 'wrong credentials', credentials: WRONG, path: 'token', fault: undefined },
    { name: 'a token that is no token', path: 'token', fault: { kind: 'body', body: { access_token: 7 } } },
    {
      name: 'a token that cannot be sent',
      path: 'token',
      fault: { kind: 'body', body: { access_token: 'stolen\ntoken', token_type: 'bearer' } },
    },
    { name: 'no JSON for a token', path: 'token', fault: { kind: 'body', body: `{"${CLIENT.clientSecret}` } },
    { name: 'a token refused', path: 'things', fault: { kind: 'status', status: 401 } },
    { name: 'no JSON for a list', path: 'things', fault: { kind: 'body', body: `{"data":["${NAME}` } },
    { name: 'a list that is none', path: 'things', fault: { kind: 'body', body: { data: NAME } } },
    { name: 'a reset', path: 'things', fault: { kind: 'reset' } },
  ];
  for (const { name, credentials = CLIENT, path, fault } of cases) {
    it(`such as ${name} tells neither secret, token nor name`, async () => {
      const system = await startStudentSystem();
      system.lists = { things: [] };
      system.script = (call) => (call.path === path ? fault : undefined);
      const client = createClient(clientDeps(system, { credentials }));
      const lines: string[] = [];

      const error: unknown = await client.list('things', { student: NAME }).catch((reason) => reason);
      createLog('debug', { write: (line) => lines.push(line) }).error({ err: error }, 'failed');
      await system.close();

      assert.ok(error instanceof SourceError, `${error}`);
      const told = inspect(error, { depth: 9, showHidden: true }) + lines.join();
      assert.doesNotMatch(told, /very-secret|wrong-secret|token-\d|stolen|Skyddsson/);
      assert.match(told, /elevsystem/);
    });
  }
});
