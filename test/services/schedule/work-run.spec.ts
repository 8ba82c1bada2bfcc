import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { createLog } from '../../../services/log.ts';
import { finishRun, putDown } from '../../../services/schedule/ledger.ts';
import { giveUpRun, workRun } from '../../../services/schedule/work-run.ts';
import type { Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import { schoolWith } from './schools.ts';

const MONDAY = Temporal.PlainDate.from('2026-11-23');
const school = schoolWith();

function at(wall: string): Temporal.Instant {
  return Temporal.PlainDateTime.from(wall).toZonedDateTime('Europe/Stockholm').toInstant();
}

forEachEngine('a run that fell due', (engine) => {
  let storage: Storage;
  let lines: string[];
  before(async () => {
    storage = await engine.open();
  });
  beforeEach(async () => {
    lines = [];
    await empty(storage.db, ['job_run']);
  });
  after(async () => await storage.close());

  function depsAt(wall: string) {
    const log = createLog('info', { write: (line) => lines.push(line) });
    return { db: storage.db, clock: { now: () => at(wall) }, log, schools: new Map([['norr', school]]) };
  }

  async function putDownAt(job: string): Promise<void> {
    const run = { job, schoolId: 'norr', day: MONDAY, action: 'run', note: undefined } as const;
    assert.equal(await putDown(storage.db, run, at('2026-11-23T08:45')), true);
  }

  async function isWorkedAt(wall: string, job: string, schoolId = 'norr'): Promise<boolean> {
    let isWorked = false;
    await workRun(depsAt(wall), { job, schoolId, day: MONDAY.toString() }, async () => {
      isWorked = true;
    });
    return isWorked;
  }

  async function row() {
    const { state, note, finishedAt } = await storage.db
      .selectFrom('jobRun')
      .selectAll()
      .executeTakeFirstOrThrow();
    return [state, note, finishedAt?.toString()];
  }

  const table: readonly (readonly [string, string, boolean])[] = [
    ['morning', '2026-11-23T08:46', true],
    ['morning', '2026-11-23T11:59', true],
    ['morning', '2026-11-23T12:00', false],
    ['morning', '2026-11-24T08:00', false],
    ['morning', '2026-11-30T09:00', false],
    ['refresh', '2026-11-23T16:59', true],
    ['refresh', '2026-11-23T17:00', false],
    ['refresh', '2026-11-24T10:30', false],
    ['dayClose', '2026-11-23T17:00', true],
    ['dayClose', '2026-11-24T08:00', true],
    ['roster', '2026-11-24T08:00', true],
  ];
  for (const [job, wall, isDone] of table) {
    it(`of Monday, ${job}, is ${isDone ? 'done' : 'skipped'} when its turn comes ${wall}`, async () => {
      await putDownAt(job);

      assert.equal(await isWorkedAt(wall, job), isDone);

      const [state, note] = await row();
      assert.deepEqual([state, note], isDone ? ['started', null] : ['skipped', 'tooLate']);
      assert.equal(lines.length, isDone ? 0 : 1);
    });
  }

  it('keeps why it failed, when it is too late for another try', async () => {
    await putDownAt('morning');
    await finishRun(depsAt('2026-11-23T11:50'), 'morning', 'norr', MONDAY, {
      state: 'failed',
      note: 'source.down',
    });

    assert.equal(await isWorkedAt('2026-11-23T12:05', 'morning'), false);

    assert.deepEqual((await row()).slice(0, 2), ['failed', 'source.down']);
  });

  it('is left to its handler where its school or its job is unknown, to be told as a fault', async () => {
    assert.equal(await isWorkedAt('2026-11-24T08:00', 'morning', 'closed-down'), true);
    assert.equal(await isWorkedAt('2026-11-24T08:00', 'nonsense'), true);
  });

  it('that is given up without an outcome is put down as failed, and told', async () => {
    await putDownAt('morning');

    await giveUpRun(depsAt('2026-11-23T10:00'), { job: 'morning', schoolId: 'norr', day: MONDAY.toString() });

    assert.deepEqual(await row(), ['failed', 'givenUp', '2026-11-23T09:00:00Z']);
    assert.match(lines.join(), /"level":50.*given up/);
  });

  it('that is given up keeps the outcome it has', async () => {
    await putDownAt('morning');
    await finishRun(depsAt('2026-11-23T09:00'), 'morning', 'norr', MONDAY, { state: 'done' });

    await giveUpRun(depsAt('2026-11-23T10:00'), { job: 'morning', schoolId: 'norr', day: MONDAY.toString() });

    assert.deepEqual(await row(), ['done', null, '2026-11-23T08:00:00Z']);
  });
});

forEachEngine('the ledger', (engine) => {
  let storage: Storage;
  before(async () => {
    storage = await engine.open();
  });
  after(async () => await storage.close());

  it('has no row of a run by hand before its time, so that the scheduled one still comes', async () => {
    const deps = { db: storage.db, clock: { now: () => at('2026-11-23T07:50') } };

    await finishRun(deps, 'morning', 'norr', MONDAY, { state: 'done' });

    assert.deepEqual(await storage.db.selectFrom('jobRun').selectAll().execute(), []);
  });

  it('takes a run by hand for the one that failed', async () => {
    const deps = { db: storage.db, clock: { now: () => at('2026-11-23T09:10') } };
    const run = { job: 'morning', schoolId: 'norr', day: MONDAY, action: 'run', note: undefined } as const;
    await putDown(storage.db, run, at('2026-11-23T08:45'));
    await finishRun(deps, 'morning', 'norr', MONDAY, { state: 'failed', note: 'source.down' });

    await finishRun(deps, 'morning', 'norr', MONDAY, { state: 'done' });

    const rows = await storage.db.selectFrom('jobRun').select(['state', 'note']).execute();
    assert.deepEqual(rows, [{ state: 'done', note: null }]);
  });
});
