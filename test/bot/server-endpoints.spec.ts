import assert from 'node:assert/strict';
import { startTestServer, type TestServer } from './test-server.ts';

describe('startServer, for machines', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startTestServer();
  });
  afterEach(async () => await server.close());

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
      server = await startTestServer({ metricsToken: undefined });

      const response = await fetch(`${server.url}/metrics`, {
        headers: { ...forwarded, authorization: 'Bearer ' },
      });

      assert.equal(response.status, 404);
    });
  });

  describe('POST /hooks/ss12000', () => {
    it('rings with the right secret', async () => {
      const response = await server.post(
        '/hooks/ss12000/hook-secret-long-enough',
        '{"modifiedEntites":["Attendances"]}',
      );

      assert.equal(response.status, 202);
      assert.equal(server.hooks(), 1);
    });

    for (const secret of ['hook-secret-long-enougH', 'hook-secret', '%00', '%ZZ', 'undefined']) {
      it(`does not with "${secret}"`, async () => {
        const response = await server.post(`/hooks/ss12000/${secret}`, '{}');

        assert.ok(response.status === 404 || response.status === 400, `${response.status}`);
        assert.equal(server.hooks(), 0);
      });
    }

    it('is not there without a secret', async () => {
      await server.close();
      server = await startTestServer({ hookSecret: undefined });

      assert.equal((await server.post('/hooks/ss12000/undefined', '{}')).status, 404);
      assert.equal(server.hooks(), 0);
    });
  });

  it('answers 503 while it is not ready, with names and codes', async () => {
    await server.close();
    server = await startTestServer({
      ready: async () => ({ isReady: false, checks: { database: 'failed' } }),
    });

    const response = await fetch(`${server.url}/readyz`);

    assert.equal(response.status, 503);
    assert.deepEqual(await response.json(), { database: 'failed' });
  });
});
