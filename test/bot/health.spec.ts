import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { createHealth } from '../../bot/health.ts';
import type { Identity } from '../../bot/identity.ts';
import { SeddError } from '../../services/errors.ts';
import { createLog } from '../../services/log.ts';
import type { Storage } from '../../services/storage/database.ts';
import { forEachEngine } from '../support/databases.ts';

const now = Temporal.Instant.from('2026-11-23T08:00:00Z');
const clock = { now: () => now };

forEachEngine('health', (engine) => {
  let storage: Storage;
  let lines: string[];
  const log = createLog('info', { write: (line) => void lines.push(line) });

  before(async () => {
    storage = await engine.open();
  });
  beforeEach(() => {
    lines = [];
  });
  after(() => storage.close());
  afterEach(async () => {
    await storage.db.deleteFrom('jobRun').execute();
  });

  it('is ready where the database answers, work is done and there is a token', async () => {
    const health = await createHealth({ db: storage.db, identity: identity(), clock, log })();

    assert.deepEqual(health, {
      isReady: true,
      checks: { database: 'ok', jobs: 'ok', credentials: 'ok', lastImport: 'never' },
    });
  });

  it('is not ready without a token, and does not say why', async () => {
    const broken = identity(() => Promise.reject(new Error('client secret "hunter2" is wrong')));

    const health = await createHealth({ db: storage.db, identity: broken, clock, log })();

    assert.equal(health.isReady, false);
    assert.equal(health.checks.credentials, 'failed');
    assert.doesNotMatch(JSON.stringify(health), /hunter2/);
  });

  it('logs why a check fails when that begins, and that it is over, and nothing in between', async () => {
    const failures: (Error | undefined)[] = [
      new SeddError('auth.withoutKeys', 'Microsoft cannot be reached'),
      new SeddError('auth.withoutKeys', 'Microsoft cannot be reached'),
      new Error('The secret has expired'),
      undefined,
      undefined,
    ];
    const token = async () => {
      const failure = failures.shift();
      if (failure !== undefined) throw failure;
      return 'token';
    };
    const health = createHealth({ db: storage.db, identity: identity(token), clock, log });

    for (const _asked of [...failures]) await health();

    const told = lines.map((line) => JSON.parse(line));
    assert.deepEqual(
      told.map(({ level, check, code, err }) => [level, check, code, err?.message]),
      [
        [40, 'credentials', 'auth.withoutKeys', 'Microsoft cannot be reached'],
        [40, 'credentials', 'failed', 'The secret has expired'],
        [30, 'credentials', undefined, undefined],
      ],
    );
  });

  const runs: readonly (readonly [string, number, boolean])[] = [
    ['began just now', 1, true],
    ['has gone on for longer than any run takes', 31, false],
    ['is from another day', 60 * 25, true],
  ];

  for (const [name, minutes, isReady] of runs) {
    it(`is ${isReady ? '' : 'not '}ready where a run ${name}`, async () => {
      await addRun(now.subtract({ minutes }));

      const health = await createHealth({ db: storage.db, identity: identity(), clock, log })();

      assert.equal(health.isReady, isReady);
    });
  }

  it('is not ready where the database is gone', async () => {
    const gone = await engine.openNew();
    await gone.close();

    const health = await createHealth({ db: gone.db, identity: identity(), clock, log })();

    assert.equal(health.isReady, false);
    assert.deepEqual([health.checks.database, health.checks.lastImport], ['failed', 'unknown']);
  });

  async function addRun(startedAt: Temporal.Instant): Promise<void> {
    await storage.db
      .insertInto('jobRun')
      .values({
        job: 'morning',
        schoolId: 'bergaskolan',
        day: Temporal.PlainDate.from('2026-11-23'),
        state: 'started',
        startedAt,
        finishedAt: null,
        note: null,
      })
      .execute();
  }
});

function identity(token: Identity['token'] = async () => 'token'): Identity {
  return { botId: '28:sedd', authenticate: async () => {}, token };
}
