import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Temporal } from 'temporal-polyfill';
import { readStandIns } from '../../../services/people/responsible.ts';
import { awayColleagues } from '../../../services/people/roster-roles.ts';
import { appointStandIn, endStandIns } from '../../../services/people/stand-ins.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import { clockTime, MONDAY } from '../../support/small-school.ts';
import { addStaff } from './staffed-school.ts';

const LAST = 9;
const dayOf = (number: number): Temporal.PlainDate => MONDAY.add({ days: number });
const [AWAY, EVA, BO, KIM] = ['staff Anna Berg', 'staff Eva Ek', 'staff Bo Ek', 'staff Kim Dahl'] as const;

/** From and to by number, both included. */
type Said = readonly [who: string, from: number, to: number];

forEachEngine('stand-ins', (engine) => {
  let storage: Storage;
  let db: Db;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => {
    await empty(db, ['stand_in', 'staff']);
    for (const id of [AWAY, EVA, BO, KIM]) await addStaff(db, id.slice('staff '.length));
  });
  after(async () => await storage.close());

  const called: number[] = [];
  const deps = () => ({
    db,
    clock: { now: () => clockTime('08:00') },
    onStandIn: async () => void called.push(1),
  });
  const common = {
    staffId: AWAY,
    actor: { id: 'entra-anna', name: 'Anna Berg' },
    conversationId: 'a:anna',
    schoolId: 'norr',
    schoolIds: ['norr', 'soder'],
  };
  const appoint = async ([standInStaffId, from, to]: Said) =>
    await appointStandIn(deps(), {
      ...common,
      standInStaffId,
      firstDay: dayOf(from),
      lastDay: dayOf(to),
    });
  /** Who stands in on each day, "-" where nobody does. */
  async function days(): Promise<readonly string[]> {
    const who: string[] = [];
    for (let number = 0; number <= LAST; number += 1)
      who.push((await readStandIns(db, dayOf(number))).get(AWAY) ?? '-');
    return who;
  }

  it('stand in on the first day and the last, and on no other', async () => {
    await appoint([EVA, 2, 4]);

    assert.deepEqual((await days()).slice(0, 7), ['-', '-', EVA, EVA, EVA, '-', '-']);
  });

  it('go on as they were on days that somebody else takes over in between', async () => {
    await appoint([EVA, 0, 6]);

    await appoint([BO, 2, 3]);

    assert.deepEqual((await days()).slice(0, 8), [EVA, EVA, BO, BO, EVA, EVA, EVA, '-']);
    assert.deepEqual(await awayColleagues(db, EVA, dayOf(2)), []);
    assert.deepEqual(await awayColleagues(db, EVA, dayOf(4)), [AWAY]);
  });

  it('are on each day whoever was named last for it, and nobody else may act for them', async () => {
    const anySaid = fc
      .tuple(
        fc.constantFrom(EVA, BO, KIM),
        fc.integer({ min: 0, max: LAST }),
        fc.integer({ min: 0, max: LAST }),
      )
      .map(([who, a, b]): Said => [who, Math.min(a, b), Math.max(a, b)]);
    await fc.assert(
      fc.asyncProperty(fc.array(anySaid, { minLength: 1, maxLength: 6 }), async (all) => {
        await empty(db, ['stand_in']);
        const expected = Array.from({ length: LAST + 1 }, () => '-');
        for (const said of all) {
          await appoint(said);
          expected.fill(said[0], said[1], said[2] + 1);
        }

        assert.deepEqual(await days(), expected);
        for (const who of [EVA, BO, KIM])
          for (let number = 0; number <= LAST; number += 1)
            assert.deepEqual(
              await awayColleagues(db, who, dayOf(number)),
              expected[number] === who ? [AWAY] : [],
            );
      }),
      { numRuns: 15, interruptAfterTimeLimit: 8_000 },
    );
  });

  it('are one where several are named in the same second', async () => {
    await Promise.all([EVA, BO, KIM, EVA].map((who) => appoint([who, 0, 3])));

    const rows = await db.selectFrom('standIn').select('id').where('endedAt', 'is', null).execute();
    assert.equal(rows.length, 1);
  });

  it('end from a day on; who stood in before it is as it was', async () => {
    await appoint([EVA, 0, 1]);
    await appoint([BO, 4, 6]);

    const ended = await endStandIns(deps(), { ...common, firstDay: dayOf(3) });

    assert.equal(ended, 1);
    assert.deepEqual((await days()).slice(0, 7), [EVA, EVA, '-', '-', '-', '-', '-']);
    assert.equal(await endStandIns(deps(), { ...common, firstDay: dayOf(3) }), 0);
  });

  it('of others are left alone', async () => {
    await appointStandIn(deps(), {
      ...common,
      staffId: KIM,
      standInStaffId: EVA,
      firstDay: dayOf(0),
      lastDay: dayOf(3),
    });
    await appoint([BO, 0, 3]);

    await endStandIns(deps(), { ...common, firstDay: dayOf(0) });

    assert.equal((await readStandIns(db, dayOf(0))).get(KIM), EVA);
  });

  it('are put down with the days, and what is open today follows each change', async () => {
    called.length = 0;
    await appoint([EVA, 0, 6]);
    await appoint([BO, 5, 6]);
    await endStandIns(deps(), { ...common, firstDay: dayOf(0) });

    const rows = await db
      .selectFrom('audit')
      .select(['action', 'details', 'actorId'])
      .orderBy('id', 'desc')
      .limit(6)
      .execute();
    assert.equal(called.length, 3);
    assert.deepEqual(
      rows
        .toReversed()
        .map(({ action, details }) => {
          const { standIn, from, to } = details as Readonly<Record<string, string>>;
          return `${action} ${standIn} ${from?.slice(-2)}-${to?.slice(-2)}`;
        })
        .slice(0, 4),
      [
        `standIn.appointed ${EVA} 23-29`,
        `standIn.ended ${EVA} 23-29`,
        `standIn.appointed ${EVA} 23-27`,
        `standIn.appointed ${BO} 28-29`,
      ],
    );
    assert.ok(rows.every(({ actorId }) => actorId === 'entra-anna'));
  });
});
