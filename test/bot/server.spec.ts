import assert from 'node:assert/strict';
import { json, startTestServer, type TestServer } from './test-server.ts';

const good = '{"type":"message"}';

describe('startServer', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startTestServer();
  });
  afterEach(async () => await server.close());

  it('hands an activity on as it came, and answers with its answer', async () => {
    const response = await server.post('/api/messages', '{"type":"message","text":"å ä ö"}');

    assert.equal(response.status, 200);
    assert.deepEqual(await response.json(), { answered: true });
    assert.deepEqual(server.received, ['{"type":"message","text":"å ä ö"}']);
  });

  it('does not say what it is made of', async () => {
    const response = await fetch(`${server.url}/healthz`);

    assert.equal(response.headers.get('server'), null);
    assert.equal(response.headers.get('x-powered-by'), null);
  });

  it('tells no more of an error than that it happened', async () => {
    await server.close();
    server = await startTestServer({
      receive: () => Promise.reject(new Error('relation "pupil" does not exist')),
    });

    const response = await server.post('/api/messages', good);

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

  it('says which port is taken', async () => {
    const port = Number(new URL(server.url).port);

    await assert.rejects(startTestServer({ port }), { code: 'server.portTaken' });
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
    server = await startTestServer({ receive });
    await fetch(`${server.url}/healthz`);
    const underWay = server.post('/api/messages', good);
    await arrival.promise;

    const closing = server.close();
    release.resolve();

    assert.equal((await underWay).status, 200);
    await closing;
    await assert.rejects(fetch(`${server.url}/healthz`));
  });
});

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
