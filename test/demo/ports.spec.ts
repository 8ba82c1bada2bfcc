import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { demandFreePort, nextFreePort } from '../../demo/ports.ts';

describe('the demo’s ports', () => {
  let taken: Server;
  let port: number;

  beforeEach(async () => {
    taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    port = (taken.address() as AddressInfo).port;
  });
  afterEach(() => new Promise((resolve) => taken.close(resolve)));

  it('moves on to the next where the usual one is taken', async () => {
    assert.ok((await nextFreePort(port)) > port);
  });

  it('refuses a port that was asked for and is taken, and says what to do', async () => {
    await assert.rejects(demandFreePort(port), {
      code: 'demo.portTaken',
      message: /is taken: stop what uses it/,
    });
  });

  it('takes the port that was asked for where it is free', async () => {
    const free = await nextFreePort(port + 1);

    assert.equal(await demandFreePort(free), free);
  });

  it('leaves the choice to the machine where any will do', async () => {
    assert.equal(await demandFreePort(0), 0);
  });
});
