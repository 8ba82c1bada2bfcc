import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { createUnderWay } from '../../bot/under-way.ts';
import { postHead } from '../support/raw-http.ts';
import { json, startTestServer } from './test-server.ts';

describe('what is under way', () => {
  it('is waited for, also where it fails', async () => {
    const steps: string[] = [];
    const { remembered, ended } = createUnderWay();
    const work = remembered(async (name: string) => {
      await new Promise((resolve) => setImmediate(resolve));
      steps.push(name);
      if (name === 'fails') throw new Error('no');
      return name;
    });
    const failure = assert.rejects(work('fails'), /no/);
    const success = work('ends');

    await ended(5_000);

    assert.deepEqual(steps, ['fails', 'ends']);
    assert.equal(await success, 'ends');
    await failure;
  });

  it('is not waited for without end', async () => {
    const { remembered, ended } = createUnderWay();
    void remembered(() => new Promise<void>(() => {}))();

    await ended(1);
  });
});

describe('a server that closes', () => {
  it('waits for a turn whose caller has hung up: what it uses is closed next', async () => {
    const steps: string[] = [];
    const [begun, mayEnd] = [signal(), signal()];
    const server = await startTestServer({
      receive: async () => {
        begun.give();
        await mayEnd.given;
        steps.push('turn');
        return { status: 200, body: undefined };
      },
    });
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.write(`${postHead('/api/messages', { ...json, 'content-length': 2 })}{}`);
    await begun.given;
    socket.destroy();

    const closing = server.close().then(() => steps.push('closed'));
    // By the time that five have been turned away, the server knows who has hung up.
    for (let count = 0; count < 5; count += 1) await assert.rejects(fetch(`${server.url}/healthz`));
    mayEnd.give();
    await closing;

    assert.deepEqual(steps, ['turn', 'closed']);
  });
});

function signal() {
  let give = () => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give: () => give() };
}
