import assert from 'node:assert/strict';
import type { PGlite } from '@electric-sql/pglite';
import sinon from 'sinon';
import { createLog, silentLog } from '../../../services/log.ts';
import { openStorage, type Storage } from '../../../services/storage/database.ts';
import { startUpkeep, upkeep } from '../../../services/storage/upkeep.ts';
import { emptyTemplate, engines } from '../../support/databases.ts';

const MINUTE = 60_000;

describe('the upkeep of the database in this process', () => {
  let storage: Storage;
  let pglite: PGlite;
  let time: sinon.SinonFakeTimers;
  before(async () => {
    storage = await openStorage({ template: await emptyTemplate() });
    pglite = (storage.raw as { readonly pglite: PGlite }).pglite;
  });
  after(async () => await storage.close());
  beforeEach(() => {
    time = sinon.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  });
  afterEach(() => {
    sinon.restore();
  });

  function statements(spy: { readonly args: readonly (readonly [string, ...unknown[]])[] }) {
    return spy.args.map(([statement]) => statement);
  }

  it('makes a checkpoint every minute and lets statements be planned anew, until it is stopped', async () => {
    const exec = sinon.spy(pglite, 'exec');
    const stop = startUpkeep({ storage, log: silentLog });

    time.tick(3 * MINUTE);
    await stop();
    time.tick(10 * MINUTE);

    const each = (statement: string) => Array.from({ length: 3 }, () => statement);
    assert.deepEqual(statements(exec).toSorted(), [...each('checkpoint'), ...each('discard plans')]);
  });

  it('vacuums once an hour', async () => {
    const exec = sinon.stub(pglite, 'exec').resolves([]);
    const stop = startUpkeep({ storage, log: silentLog });

    time.tick(59 * MINUTE);
    assert.ok(!statements(exec).some((text) => text.startsWith('vacuum')));
    time.tick(MINUTE);
    await stop();

    assert.ok(statements(exec).some((text) => text.startsWith('vacuum')));
  });

  it('vacuums every table, the job engine’s too, one at a time', async () => {
    await pglite.exec('create schema pgboss; create table pgboss.job_common (id integer)');
    const exec = sinon.spy(pglite, 'exec');

    await upkeep(pglite, true);

    const done = statements(exec);
    for (const table of ['public.post', 'public.pupil_lesson', 'pgboss.job_common']) {
      assert.ok(done.includes(`vacuum (analyze) ${table}`), table);
    }
    assert.equal(done[0], 'checkpoint');
  });

  it('tells of a failure and goes on', async () => {
    const lines: string[] = [];
    const exec = sinon.stub(pglite, 'exec').rejects(new Error('disk full'));
    const stop = startUpkeep({ storage, log: createLog('info', { write: (line) => lines.push(line) }) });

    time.tick(2 * MINUTE);
    await stop();

    assert.equal(exec.callCount, 2);
    assert.match(lines.join(), /disk full/);
  });

  for (const engine of engines().filter(({ name }) => name === 'PostgreSQL')) {
    it('leaves a server to itself', async () => {
      const served = await engine.open();
      const setTimer = sinon.spy(globalThis, 'setInterval');

      const stop = startUpkeep({ storage: served, log: silentLog });

      assert.equal(setTimer.callCount, 0);
      await stop();
      await served.close();
    });
  }
});
