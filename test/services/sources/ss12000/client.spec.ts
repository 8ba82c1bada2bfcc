import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SourceError } from '../../../../services/sources/source-error.ts';
import { createClient } from '../../../../services/sources/ss12000/client.ts';
import {
  type StudentSystem,
  type StudentSystemFault,
  startStudentSystem,
} from '../../../support/student-system.ts';
import { keepSweeping } from '../../../support/sweeping.ts';
import { clientDeps, configOf } from './source-data.ts';

const PASSING: readonly { name: string; fault: StudentSystemFault }[] = [
  ...[408, 425, 429, 500, 502, 503, 504].map((status) => ({
    name: `${status}`,
    fault: { kind: 'status' as const, status },
  })),
  { name: 'a reset', fault: { kind: 'reset' } },
  { name: 'an answer cut in the middle', fault: { kind: 'cut' } },
];
const FINAL: readonly { name: string; fault: StudentSystemFault; code: string }[] = [
  ...[400, 404, 409, 413, 422, 501, 301, 302].map((status) => ({
    name: `${status}`,
    fault: { kind: 'status' as const, status, headers: { location: '/v2/elsewhere' } },
    code: 'source.refused',
  })),
  { name: '403', fault: { kind: 'status', status: 403 }, code: 'source.auth' },
  {
    name: 'a page for people',
    fault: { kind: 'body', body: '<html>Logga in</html>' },
    code: 'source.malformed',
  },
  { name: 'nothing', fault: { kind: 'body', body: '' }, code: 'source.malformed' },
  {
    name: 'a list without its wrapping',
    fault: { kind: 'body', body: [{ id: 1 }] },
    code: 'source.malformed',
  },
  { name: 'data that is no list', fault: { kind: 'body', body: { data: {} } }, code: 'source.malformed' },
];

describe('createClient', () => {
  let system: StudentSystem;

  beforeEach(async () => {
    system = await startStudentSystem();
    system.lists = { things: [{ id: 1 }, { id: 2 }, { id: 3 }] };
  });
  afterEach(() => system.close());

  for (const { name, fault } of PASSING) {
    it(`tries again after ${name}`, async () => {
      system.script = ({ path }, turn) => (path === 'things' && turn < 3 ? fault : undefined);

      const records = await createClient(clientDeps(system)).list('things', {});

      assert.equal(records.length, 3);
      assert.equal(system.calls('things').length, 3);
    });
  }

  for (const { name, fault, code } of FINAL) {
    it(`does not try again after ${name}, which is ${code}`, async () => {
      system.script = ({ path }) => (path === 'things' ? fault : undefined);

      const failure = await failureOf(createClient(clientDeps(system)).list('things', {}));

      assert.equal(failure.code, code);
      assert.equal(failure.isPassing, false);
      assert.equal(system.calls('things').length, 1);
      assert.equal(system.calls('elsewhere').length, 0);
    });
  }

  it('gives up after five tries, each later than the one before', async () => {
    system.script = ({ path }) => (path === 'things' ? { kind: 'status', status: 503 } : undefined);
    const pauses: number[] = [];
    const client = createClient(clientDeps(system, { delay: async (ms) => pauses.push(ms) }));

    const failure = await failureOf(client.list('things', {}));

    assert.equal(failure.code, 'source.refused');
    assert.equal(failure.facts.status, 503);
    assert.equal(system.calls('things').length, 5);
    const middles = [500, 1_000, 2_000, 4_000];
    assert.ok(
      pauses.every((ms, index) => Math.abs(ms / (middles[index] ?? 0) - 1) <= 0.25),
      `${pauses}`,
    );
  });

  const waits: readonly { name: string; headers: Readonly<Record<string, string>>; pause: number }[] = [
    { name: 'seconds', headers: { 'retry-after': '7' }, pause: 7_000 },
    {
      name: 'a date, as the far clock has it',
      headers: { date: 'Mon, 23 Nov 2020 07:45:00 GMT', 'retry-after': 'Mon, 23 Nov 2020 07:45:09 GMT' },
      pause: 9_000,
    },
  ];
  for (const { name, headers, pause } of waits) {
    it(`waits as long as Retry-After says in ${name}`, async () => {
      system.script = ({ path }, turn) =>
        path === 'things' && turn === 1 ? { kind: 'status', status: 429, headers } : undefined;
      const pauses: number[] = [];
      const client = createClient(clientDeps(system, { delay: async (ms) => pauses.push(ms) }));

      await client.list('things', {});

      assert.deepEqual(pauses, [pause]);
    });
  }

  it('does not wait for longer than a minute, and tells the job engine how long', async () => {
    const headers = { 'retry-after': '3600' };
    system.script = ({ path }) => (path === 'things' ? { kind: 'status', status: 503, headers } : undefined);

    const failure = await failureOf(createClient(clientDeps(system)).list('things', {}));

    assert.equal(system.calls('things').length, 1);
    assert.equal(failure.retryAfterMs, 3_600_000);
  });

  for (const kind of ['silent', 'stall'] as const) {
    it(`does not wait for an answer that is ${kind}`, async () => {
      system.script = ({ path }, turn) => (path === 'things' && turn === 1 ? { kind } : undefined);
      const config = configOf(system, { timeoutSeconds: 0.2 });

      const records = await createClient(clientDeps(system, { config })).list('things', {});

      assert.equal(records.length, 3);
      assert.equal(system.calls('things').length, 2);
    });
  }

  it('waits no longer than it may for answers that never end, when memory is swept meanwhile', async () => {
    system.script = ({ path }) => (path === 'things' ? { kind: 'stall' } : undefined);
    const config = configOf(system, { timeoutSeconds: 0.2 });
    const letBe = keepSweeping();

    const failure = await failureOf(createClient(clientDeps(system, { config })).list('things', {})).finally(
      letBe,
    );

    assert.equal(failure.code, 'source.timeout');
  });

  it('ends when its time is up, whatever is left to try', async () => {
    system.script = ({ path }) => (path === 'things' ? { kind: 'silent' } : undefined);
    const client = createClient(clientDeps(system, { limits: { totalMs: 200 } }));

    const failure = await failureOf(client.list('things', {}));

    assert.equal(failure.code, 'source.timeout');
    assert.equal(system.calls('things').length, 1);
  });

  it('reads no more bytes than a list may have, all its pages together', async () => {
    const config = configOf(system, { pageSize: 1 });
    system.lists = { things: [1, 2, 3].map((id) => ({ id, text: 'x'.repeat(400) })) };
    const client = createClient(clientDeps(system, { config, limits: { mostBytes: 1_000 } }));

    const failure = await failureOf(client.list('things', {}));

    assert.equal(failure.code, 'source.tooLarge');
    assert.equal(system.calls('things').length, 3);
  });

  for (const [setting, place] of [
    ['url', 'things'],
    ['tokenUrl', 'token'],
  ] as const) {
    it(`says that nobody listens, why, and that ${setting} is to be looked at`, async () => {
      const nowhere = `http://127.0.0.1:${await closedPort()}/v2`;
      const config = { ...configOf(system), [setting]: nowhere };

      const failure = await failureOf(createClient(clientDeps(system, { config })).list('things', {}));

      assert.equal(failure.code, 'source.unreachable');
      assert.equal(
        failure.message,
        `The source "elevsystem" cannot be reached at ${place} (ECONNREFUSED); check its ${setting}, and that this machine reaches it`,
      );
    });
  }
});

async function failureOf(call: Promise<unknown>): Promise<SourceError> {
  const error: unknown = await call.then(
    () => assert.fail('the call went well'),
    (reason) => reason,
  );
  assert.ok(error instanceof SourceError, `${error}`);
  return error;
}

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
