import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { gzipSync } from 'node:zlib';
import { type Server, type ServerDeps, startServer } from '../../bot/server.ts';
import { silentLog } from '../../services/log.ts';
import { postHead, sendRaw } from '../support/raw-http.ts';

const json = { 'content-type': 'application/json' };
const good = '{"type":"message"}';

describe('startServer', () => {
  let received: string[];
  let hooks: number;
  let server: Server;

  const deps = (changes: Partial<ServerDeps> = {}): ServerDeps => ({
    host: '127.0.0.1',
    port: 0,
    log: silentLog,
    receive: async (body) => {
      received.push(body);
      return { status: 200, body: { answered: true } };
    },
    ready: async () => ({ isReady: true, checks: { database: 'ok' } }),
    metrics: async () => 'sedd_turns_total 1\n',
    metricsToken: 'metrics-token-long-enough',
    hookSecret: 'hook-secret-long-enough',
    onHook: async () => {
      hooks += 1;
    },
    ...changes,
  });

  beforeEach(async () => {
    [received, hooks] = [[], 0];
    server = await startServer(deps());
  });
  afterEach(() => server.close());

  it('hands an activity on as it came, and answers with its answer', async () => {
    const response = await post('/api/messages', '{"type":"message","text":"å ä ö"}');

    assert.equal(response.status, 200);
    assert.deepEqual(await response.json(), { answered: true });
    assert.deepEqual(received, ['{"type":"message","text":"å ä ö"}']);
  });

  it('does not say what it is made of', async () => {
    const response = await fetch(`${server.url}/healthz`);

    assert.equal(response.headers.get('server'), null);
    assert.equal(response.headers.get('x-powered-by'), null);
  });

  describe('what is refused before anything reads it', () => {
    const bomb = gzipSync(Buffer.alloc(50 * 1_024 * 1_024));
    const form = '--x\r\ncontent-disposition: form-data; name="f"; filename="f"\r\n\r\nsecret\r\n--x--\r\n';
    const attacks: readonly (readonly [string, number, Record<string, string | number>, string | Buffer])[] =
      [
        ['gzip that is none', 415, { ...json, 'content-encoding': 'gzip', 'content-length': 4 }, 'oops'],
        ['a gzip bomb', 415, { ...json, 'content-encoding': 'gzip', 'content-length': bomb.length }, bomb],
        ['deflate', 415, { ...json, 'content-encoding': 'deflate', 'content-length': 4 }, 'oops'],
        [
          'an encoding in other letters',
          415,
          { ...json, 'content-encoding': 'GZip', 'content-length': 4 },
          'oops',
        ],
        [
          'several encodings',
          415,
          { ...json, 'content-encoding': 'identity, gzip', 'content-length': 4 },
          'oops',
        ],
        [
          'a form with a file',
          415,
          { 'content-type': 'multipart/form-data; boundary=x', 'content-length': form.length },
          form,
        ],
        ['a form', 415, { 'content-type': 'application/x-www-form-urlencoded', 'content-length': 4 }, 'a=1&'],
        ['no type', 415, { 'content-length': good.length }, good],
        [
          'a type that only begins like JSON',
          415,
          { 'content-type': 'application/jsonp', 'content-length': good.length },
          good,
        ],
        ['more than 256 KiB', 413, { ...json, 'content-length': 262_145 }, 'x'.repeat(262_145)],
        [
          'no length',
          413,
          { ...json, 'transfer-encoding': 'chunked' },
          `5\r\n${good.slice(0, 5)}\r\n0\r\n\r\n`,
        ],
      ];

    for (const [name, status, headers, body] of attacks) {
      it(`answers ${status} to ${name}, and goes on`, async () => {
        const before = readdirSync(tmpdir()).length;

        const answer = await sendRaw(server.url, postHead('/api/messages', headers), body);

        assert.equal(answer.status, status, answer.text);
        assert.deepEqual(received, []);
        assert.ok(readdirSync(tmpdir()).length <= before, 'something was left on disk');
        assert.equal((await post('/api/messages', good)).status, 200);
      });
    }

    it('takes the type with its character set', async () => {
      const response = await post('/api/messages', good, {
        'content-type': 'application/json; charset=utf-8',
      });

      assert.equal(response.status, 200);
    });
  });

  it('closes on too many headers', async () => {
    const many = Object.fromEntries(Array.from({ length: 3_000 }, (_, n) => [`x-h${n}`, 'v']));

    const answer = await sendRaw(
      server.url,
      postHead('/api/messages', { ...json, ...many, 'content-length': 2 }),
      '{}',
    );

    assert.ok(answer.status === 431 || answer.status === undefined, answer.text);
    assert.deepEqual(received, []);
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
  });

  it('is not held up by a slow sender when it closes', async () => {
    await server.close();
    server = await startServer(deps({ drainMs: 20 }));
    const slow = sendRaw(
      server.url,
      postHead('/api/messages', { ...json, 'content-length': 100 }),
      '{"type"',
    );
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200);

    await server.close();

    assert.equal((await slow).status, undefined);
    assert.deepEqual(received, []);
  });

  it('tells no more of an error than that it happened', async () => {
    await server.close();
    server = await startServer(
      deps({ receive: () => Promise.reject(new Error('relation "pupil" does not exist')) }),
    );

    const response = await post('/api/messages', good);

    assert.equal(response.status, 500);
    assert.deepEqual(await response.json(), { code: 'refused' });
  });

  it('knows no other paths and methods', async () => {
    const missing = await fetch(`${server.url}/admin?x=<script>`);
    const wrong = await fetch(`${server.url}/api/messages`, { method: 'PATCH', body: good, headers: json });
    const shown = [await missing.text(), await wrong.text()].join();

    assert.deepEqual([missing.status, wrong.status], [404, 405]);
    assert.doesNotMatch(shown, /admin|script|restify|Error/);
  });

  describe('GET /metrics', () => {
    const forwarded = { 'x-forwarded-for': '203.0.113.7' };
    const token = { authorization: 'Bearer metrics-token-long-enough' };
    const cases: readonly (readonly [string, Record<string, string>, number])[] = [
      ['this machine', {}, 200],
      ['somebody behind a proxy', forwarded, 404],
      ['somebody behind a proxy that says so in the new way', { forwarded: 'for=203.0.113.7' }, 404],
      ['somebody with the token', { ...forwarded, ...token }, 200],
      [
        'somebody with another token',
        { ...forwarded, authorization: 'Bearer metrics-token-long-enougH' },
        404,
      ],
      ['somebody with a piece of the token', { ...forwarded, authorization: 'Bearer metrics' }, 404],
    ];

    for (const [who, headers, status] of cases) {
      it(`answers ${status} to ${who}`, async () => {
        assert.equal((await fetch(`${server.url}/metrics`, { headers })).status, status);
      });
    }

    it('is closed to others where there is no token', async () => {
      await server.close();
      server = await startServer(deps({ metricsToken: undefined }));

      const response = await fetch(`${server.url}/metrics`, {
        headers: { ...forwarded, authorization: 'Bearer ' },
      });

      assert.equal(response.status, 404);
    });
  });

  describe('POST /hooks/ss12000', () => {
    it('rings with the right secret', async () => {
      const response = await post(
        '/hooks/ss12000/hook-secret-long-enough',
        '{"modifiedEntites":["Attendances"]}',
      );

      assert.equal(response.status, 202);
      assert.equal(hooks, 1);
    });

    for (const secret of ['hook-secret-long-enougH', 'hook-secret', '%00', '%ZZ', 'undefined']) {
      it(`does not with "${secret}"`, async () => {
        const response = await post(`/hooks/ss12000/${secret}`, '{}');

        assert.ok(response.status === 404 || response.status === 400, `${response.status}`);
        assert.equal(hooks, 0);
      });
    }

    it('is not there without a secret', async () => {
      await server.close();
      server = await startServer(deps({ hookSecret: undefined }));

      assert.equal((await post('/hooks/ss12000/undefined', '{}')).status, 404);
      assert.equal(hooks, 0);
    });
  });

  it('answers 503 while it is not ready, with names and codes', async () => {
    await server.close();
    server = await startServer(
      deps({ ready: async () => ({ isReady: false, checks: { database: 'failed' } }) }),
    );

    const response = await fetch(`${server.url}/readyz`);

    assert.equal(response.status, 503);
    assert.deepEqual(await response.json(), { database: 'failed' });
  });

  it('says which port is taken', async () => {
    const port = Number(new URL(server.url).port);

    await assert.rejects(startServer(deps({ port })), { code: 'server.portTaken' });
  });

  it('closes when what is under way has been answered, in spite of connections that are kept alive', async () => {
    const arrival = deferred();
    const release = deferred();
    await server.close();
    const receive = async () => {
      arrival.resolve();
      await release.promise;
      return { status: 200, body: undefined };
    };
    server = await startServer(deps({ receive }));
    await fetch(`${server.url}/healthz`);
    const underWay = post('/api/messages', good);
    await arrival.promise;

    const closing = server.close();
    release.resolve();

    assert.equal((await underWay).status, 200);
    await closing;
    await assert.rejects(fetch(`${server.url}/healthz`));
  });

  async function post(path: string, body: string, headers: Record<string, string> = json): Promise<Response> {
    return await fetch(`${server.url}${path}`, { method: 'POST', headers, body });
  }
});

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
