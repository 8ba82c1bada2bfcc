import assert from 'node:assert/strict';
import { networkInterfaces } from 'node:os';
import { type DemoProcess, startDemoProcess } from './demo-process.ts';

const node = [process.execPath, ['--import', 'tsx/esm', 'bot/main.ts', 'demo', '--port', '0']] as const;
/** How it ends has nothing to do with what it has read. */
const soonThere = '--no-past';

describe('npm run demo', function () {
  // Starting everything takes seconds, and many times that on a machine that is busy.
  this.timeout(120_000);
  let demo: DemoProcess;
  const pid = () => demo.process.pid ?? 0;

  describe('while it runs', () => {
    before(async () => {
      demo = await startDemoProcess(...node);
    });
    after(() => demo.clear());

    it('tells one address to open, that all is invented and that nobody signs in, in both languages', async () => {
      const text = demo.text();

      assert.equal(text.match(/Öppna \/ Open: {2}http:\/\/127\.0\.0\.1:\d+\n/g)?.length, 1);
      for (const told of [
        'påhittade',
        'invented',
        'Inloggning är avstängd',
        'Sign-in is off',
        'bara den här datorn',
      ])
        assert.ok(text.includes(told), told);
      for (const url of demo.urls) assert.ok((await fetch(url)).ok, url);
    });

    it('answers on no other address of the machine', async () => {
      const others = Object.values(networkInterfaces())
        .flatMap((addresses) => addresses ?? [])
        .filter(({ family, internal }) => family === 'IPv4' && !internal);

      for (const url of demo.urls) {
        for (const { address } of others)
          await assert.rejects(fetch(url.replace('127.0.0.1', address)), `${url} at ${address}`);
      }
    });
  });

  describe('when it ends', () => {
    afterEach(() => demo.clear());

    const ends: readonly (readonly [string, () => void, number])[] = [
      ['Ctrl-C', () => process.kill(-pid(), 'SIGINT'), 0],
      ['a signal to it alone', () => process.kill(pid(), 'SIGTERM'), 0],
      ['its terminal being closed', () => process.kill(-pid(), 'SIGHUP'), 0],
    ];
    for (const [name, end, code] of ends) {
      it(`closes everything at ${name}`, async () => {
        demo = await startDemoProcess(node[0], [...node[1], soonThere]);

        end();

        assert.equal(await demo.exitCode, code);
        await demo.gone();
      });
    }

    it('leaves nothing behind when it is killed', async () => {
      demo = await startDemoProcess(node[0], [...node[1], soonThere]);

      process.kill(pid(), 'SIGKILL');

      assert.equal(await demo.exitCode, null);
      await demo.gone();
    });

    it('closes everything when npm is told to stop, which tells nobody else', async () => {
      demo = await startDemoProcess('npm', ['run', '--silent', 'demo', '--', '--port', '0', soonThere]);

      process.kill(pid(), 'SIGTERM');

      await demo.gone();
    });
  });
});
