import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { demandFreePort, nextFreePort, reservePort } from '../../demo/ports.ts';

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

  it('keeps a port from others until it is let go', async () => {
    const reserved = await reservePort(port);

    const other = await nextFreePort(reserved.port);
    await reserved.letGo();

    assert.notEqual(other, reserved.port);
    assert.equal(await nextFreePort(reserved.port), reserved.port);
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
    assert.ok((await demandFreePort(0)) > 0);
  });
});
