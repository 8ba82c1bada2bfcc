import assert from 'node:assert/strict';
import { SeddError } from '../../../services/errors.ts';
import { createWhoIsAway } from '../../../services/follow-up/who-is-away.ts';
import { createLog } from '../../../services/log.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { clockTime, TENANT } from '../../support/small-school.ts';

forEachEngine('who on the staff is away', (engine) => {
  let storage: Storage;
  let db: Db;
  let lines: string[];
  let away: string[];
  let failures: SeddError[];
  let asked: (readonly string[])[];

  before(async () => {
    storage = await engine.open();
    db = storage.db;
    await know('anna', { staffId: 'anna' });
    await know('bo-old', { staffId: 'bo' });
    await know('bo-new', { staffId: 'bo' });
    await know('guest', { staffId: 'guest', isGuest: true });
  });
  beforeEach(() => {
    [lines, away, failures, asked] = [[], [], [], []];
  });
  after(() => storage.close());

  const whoIsAway = () =>
    createWhoIsAway({
      db,
      log: createLog('info', { write: (line) => lines.push(line) }),
      directory: {
        whoIsAway: async (ids) => {
          asked.push(ids.toSorted());
          return { away: new Set(away), failures };
        },
      },
    });

  it('is asked of their accounts, and of no guest', async () => {
    away = ['anna'];

    const found = await whoIsAway()(['anna', 'bo', 'guest', 'never seen in Teams']);

    assert.deepEqual([...found], ['anna']);
    assert.deepEqual(asked, [['anna', 'bo-new', 'bo-old']]);
  });

  it('is not asked where nobody has an account', async () => {
    assert.equal((await whoIsAway()(['eva'])).size, 0);
    assert.equal((await whoIsAway()([])).size, 0);
    assert.deepEqual(asked, []);
  });

  for (const [said, expected] of [
    [['bo-old'], []],
    [['bo-old', 'bo-new'], ['bo']],
  ] as const) {
    it(`takes somebody with two accounts, ${said.length} of them away, as ${expected[0] ?? 'there'}`, async () => {
      away = [...said];

      assert.deepEqual([...(await whoIsAway()(['bo']))], expected);
    });
  }

  it('takes whom the directory did not tell of as there, and logs it once until it is over', async () => {
    const ask = whoIsAway();
    const forbidden = new SeddError('directory.forbidden', 'Give it the permission', { permission: 'P' });

    for (const told of [[], [forbidden], [forbidden], [], [], [forbidden]]) {
      failures = told;
      assert.equal((await ask(['anna'])).size, 0);
    }

    const logged = lines.map((line) => JSON.parse(line) as { readonly level: number; readonly msg: string });
    assert.deepEqual(
      logged.map(({ level, msg }) => [level, /sedd doctor|again/.exec(msg)?.[0]]),
      [
        [40, 'sedd doctor'],
        [30, 'again'],
        [40, 'sedd doctor'],
      ],
    );
    assert.match(lines[0] ?? '', /Give it the permission/);
    assert.doesNotMatch(lines.join(''), /anna/);
  });

  async function know(entraId: string, more: { staffId: string; isGuest?: boolean }): Promise<void> {
    await db
      .insertInto('teamsUser')
      .values({
        entraId,
        teamsId: `29:${entraId}`,
        tenantId: TENANT,
        name: 'Somebody',
        email: null,
        principalName: null,
        isGuest: false,
        personalConversationId: null,
        seenAt: clockTime('08:00'),
        ...more,
      })
      .execute();
  }
});
