import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { MOST_BODY_BYTES, refusalOf } from '../../bot/http-guards.ts';
import { type Server, type ServerDeps, startServer } from '../../bot/server.ts';
import { createLog, silentLog } from '../../services/log.ts';
import { postHead, sendRaw } from '../support/raw-http.ts';
import { exitOfUnguardedServer, startUnguardedServer } from '../support/unguarded-server.ts';

const json = { 'content-type': 'application/json' };
const garbage = { ...json, 'content-encoding': 'gzip', 'content-length': 4 };
const bomb = gzipSync(Buffer.from(JSON.stringify({ type: 'x'.repeat(20_000_000) })));
const file = '--x\r\ncontent-disposition: form-data; name="f"; filename="f"\r\n\r\nsecret\r\n--x--\r\n';
const form = { 'content-type': 'multipart/form-data; boundary=x', 'content-length': file.length };

describe('the guards in front of the server', () => {
  let received: string[];
  let server: Server;

  beforeEach(async () => {
    received = [];
    server = await start({});
  });
  afterEach(() => server.close());

  for (const method of ['POST', 'GET', 'DELETE']) {
    const head = postHead('/api/messages', garbage).replace('POST', method);

    describe(`a ${method} that says gzip and is not`, () => {
      it('ends a server without guards', async () => {
        const code = await exitOfUnguardedServer(head, 'oops');

        assert.ok(code !== 0 && code !== null, `${code}`);
      });

      it('is refused here, whatever the path, and the server goes on', async () => {
        const there = await sendRaw(server.url, head, 'oops');
        const elsewhere = await sendRaw(server.url, head.replace('/api/messages', '/healthz'), 'oops');

        assert.deepEqual([there.status, elsewhere.status], [415, 415]);
        await assertIsUp();
      });
    });
  }

  describe('without them', () => {
    let folder: string;
    let unguarded: Awaited<ReturnType<typeof startUnguardedServer>>;

    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), 'sedd-uploads-'));
      unguarded = await startUnguardedServer(folder);
    });
    afterEach(async () => {
      await unguarded.close();
      rmSync(folder, { recursive: true });
    });

    it('a bomb of 20 KB unfolds into 20 MB, in spite of the largest body', async () => {
      await sendRaw(
        unguarded.url,
        postHead('/api/messages', { ...garbage, 'content-length': bomb.length }),
        bomb,
      );

      assert.ok(bomb.length < MOST_BODY_BYTES);
      assert.ok(JSON.stringify(unguarded.bodies[0]).length > 20_000_000);
    });

    it('a file is written to disk for whoever sends one, and stays there', async () => {
      await sendRaw(unguarded.url, postHead('/api/messages', form), file);

      assert.equal(readdirSync(folder).length, 1);
    });
  });

  it('refuse the bomb and the file by their heads', async () => {
    const bombed = await sendRaw(
      server.url,
      postHead('/api/messages', { ...garbage, 'content-length': bomb.length }),
      bomb,
    );
    const uploaded = await sendRaw(server.url, postHead('/api/messages', form), file);

    assert.deepEqual([bombed.status, uploaded.status], [415, 415]);
    assert.deepEqual(received, []);
    await assertIsUp();
  });

  const heads: readonly (readonly [string, string, Record<string, string>, number | undefined])[] = [
    ['a body with a GET', 'GET', { 'content-length': '5' }, 400],
    ['a body of unknown length with a GET', 'GET', { 'transfer-encoding': 'chunked' }, 400],
    ['a body with a DELETE', 'DELETE', { ...json, 'content-length': '5' }, 400],
    ['a body of nothing with a GET', 'GET', { 'content-length': '0' }, undefined],
    ['a GET', 'GET', {}, undefined],
    ['a HEAD', 'HEAD', {}, undefined],
    [
      'a type with a character set',
      'POST',
      { 'content-type': 'Application/JSON ; charset=utf-8', 'content-length': '2' },
      undefined,
    ],
    ['a length that is no number', 'POST', { ...json, 'content-length': '1e3' }, 413],
    ['a negative length', 'POST', { ...json, 'content-length': '-1' }, 413],
    ['as much as may be', 'POST', { ...json, 'content-length': `${MOST_BODY_BYTES}` }, undefined],
    ['one byte more', 'POST', { ...json, 'content-length': `${MOST_BODY_BYTES + 1}` }, 413],
    [
      'an encoding that is none',
      'POST',
      { ...json, 'content-encoding': 'identity', 'content-length': '2' },
      undefined,
    ],
    ['Brotli', 'POST', { ...json, 'content-encoding': 'br', 'content-length': '2' }, 415],
    ['a PUT of a form', 'PUT', { 'content-type': 'text/html', 'content-length': '2' }, 415],
  ];

  for (const [name, method, headers, status] of heads) {
    it(`${status === undefined ? 'let through' : `answer ${status} to`} ${name}`, () => {
      assert.equal(refusalOf(method, headers), status);
    });
  }

  const ambiguous = [
    ['two lengths', 'content-length: 2\r\ncontent-length: 3\r\n\r\n{}'],
    ['a length and chunks', 'content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['a folded header', 'content-length: 2\r\n x: y\r\n\r\n{}'],
    ['a header with a null', 'x: a\0b\r\ncontent-length: 2\r\n\r\n{}'],
  ] as const;

  for (const [name, rest] of ambiguous) {
    it(`a request that two servers would read differently is none: ${name}`, async () => {
      const start = 'POST /api/messages HTTP/1.1\r\nhost: sedd\r\ncontent-type: application/json\r\n';

      const answer = await sendRaw(server.url, start + rest);

      assert.equal(answer.status, 400);
      assert.deepEqual(received, []);
    });
  }

  it('answer whoever asks for another protocol in this one, and do not keep the connection for it', async () => {
    const upgrade = { connection: 'upgrade, close', upgrade: 'h2c' };

    const answer = await sendRaw(
      server.url,
      postHead('/api/messages', { ...json, ...upgrade, 'content-length': 2 }),
      '{}',
    );

    assert.equal(answer.status, 200);
    assert.deepEqual(received, ['{}']);
  });

  it('let the server close in spite of somebody who waits for another protocol', async () => {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    socket.write('GET /healthz HTTP/1.1\r\nhost: sedd\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n');
    await new Promise((resolve) => socket.once('data', resolve));

    await server.close();

    assert.ok(
      socket.destroyed || (await new Promise((resolve) => socket.once('close', () => resolve(true)))),
    );
  });

  it('do not wait for a body that takes too long', async () => {
    await server.close();
    server = await start({ longestBodyMs: 20 });

    const answer = await sendRaw(
      server.url,
      postHead('/api/messages', { ...json, 'content-length': 100 }),
      '{"type"',
    );

    assert.equal(answer.status, undefined);
    assert.deepEqual(received, []);
    await assertIsUp();
  });

  it('wait for an answer that takes longer than a body may', async () => {
    await server.close();
    const slow = async () => await new Promise<void>((resolve) => setTimeout(resolve, 60));
    server = await start({ longestBodyMs: 20 }, slow);

    const answer = await sendRaw(
      server.url,
      postHead('/api/messages', { ...json, 'content-length': 2 }),
      '{}',
    );

    assert.equal(answer.status, 200);
  });

  it('say in the log what went wrong, and not to whoever asked', async () => {
    const lines: string[] = [];
    await server.close();
    server = await start({ log: createLog('debug', { write: (line) => lines.push(line) }) }, () =>
      Promise.reject(new Error('relation "pupil" does not exist')),
    );

    const answer = await sendRaw(
      server.url,
      postHead('/api/messages', { ...json, 'content-length': 2 }),
      '{}',
    );
    await sendRaw(server.url, postHead('/nowhere', { ...json, 'content-length': 2 }), '{}');

    assert.equal(answer.status, 500);
    assert.doesNotMatch(answer.text, /pupil/);
    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? '', /"level":50.*relation/);
  });

  async function start(options: Partial<ServerDeps>, beforeAnswer = async () => {}): Promise<Server> {
    return await startServer({
      host: '127.0.0.1',
      port: 0,
      log: silentLog,
      receive: async (body) => {
        received.push(body);
        await beforeAnswer();
        return { status: 200, body: undefined };
      },
      ready: async () => ({ isReady: true, checks: {} }),
      metrics: async () => '',
      status: async () => ({}),
      metricsToken: undefined,
      hookSecret: undefined,
      onHook: async () => {},
      ...options,
    });
  }

  async function assertIsUp(): Promise<void> {
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
  }
});
