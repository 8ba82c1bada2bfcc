import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { postHead, sendRaw } from '../support/raw-http.ts';
import { json, startTestServer, type TestServer } from './test-server.ts';

const good = '{"type":"message"}';

describe('startServer, attacked', () => {
  // A folder for temporary files that nobody else of this machine writes to.
  const { TMPDIR } = process.env;
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'sedd-server-'));
    process.env.TMPDIR = folder;
  });
  after(() => {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
    rmSync(folder, { recursive: true });
  });

  let server: TestServer;
  beforeEach(async () => {
    server = await startTestServer();
  });
  afterEach(async () => await server.close());

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
        const answer = await sendRaw(server.url, postHead('/api/messages', headers), body);

        assert.equal(answer.status, status, answer.text);
        assert.deepEqual(server.received, []);
        assert.deepEqual(readdirSync(folder), [], 'something was left on disk');
        assert.equal((await server.post('/api/messages', good)).status, 200);
      });
    }

    it('takes the type with its character set', async () => {
      const response = await server.post('/api/messages', good, {
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
    assert.deepEqual(server.received, []);
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
  });

  it('is not held up by a slow sender when it closes', async () => {
    await server.close();
    server = await startTestServer({ drainMs: 20 });
    const slow = sendRaw(
      server.url,
      postHead('/api/messages', { ...json, 'content-length': 100 }),
      '{"type"',
    );
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200);

    await server.close();

    assert.equal((await slow).status, undefined);
    assert.deepEqual(server.received, []);
  });
});
