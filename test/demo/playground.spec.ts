import assert from 'node:assert/strict';
import { type Demo, startDemo } from '../../demo/start-demo.ts';
import { silentLog } from '../../services/log.ts';

describe('the demo', function () {
  this.timeout(120_000);
  let demo: Demo;
  before(async () => {
    demo = await startDemo({ speed: 60, port: 0, seed: 1, past: false, language: 'sv' }, silentLog);
  });
  after(() => demo.stop());

  it('says so when its local Teams ends by itself', async () => {
    assert.ok(demo.playgroundProcessId !== undefined);

    process.kill(demo.playgroundProcessId, 'SIGKILL');

    await assert.rejects(demo.ended, { code: 'playground.ended', message: /ended by itself \(SIGKILL\)/ });
  });
});
