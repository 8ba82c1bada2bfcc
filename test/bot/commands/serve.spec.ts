import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { status } from '../../../bot/commands/status.ts';
import { mainFile, printed } from '../../support/sedd-command.ts';
import { openTestMunicipality } from './municipality.ts';

describe('sedd serve', function () {
  this.timeout(60_000);

  it('runs until it is told to stop, is asked how it stands meanwhile, and ends well', async () => {
    const municipality = await openTestMunicipality();
    const env = { ...municipality.env, LOG_LEVEL: 'info', PORT: await freePort() };
    const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx/esm'), mainFile, 'serve'], {
      env: { PATH: process.env.PATH ?? '', ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    let log = '';
    await new Promise<void>((resolve) => {
      child.stdout.on('data', (data) => {
        log += data;
        if (log.includes('Sedd is up')) resolve();
      });
    });

    const told = await printed(() => status(env));
    child.kill('SIGTERM');

    assert.equal(await ended, 0);
    assert.match(told, /Held mornings and readings: 0/);
    assert.match(log, /"signal":"SIGTERM".*Stopping: no new work is begun/);
    assert.doesNotMatch(log, /a-secret-of-the-bot/);
    await municipality.close();
  });
});

/** One that nobody has now. */
async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { readonly port: number };
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}
