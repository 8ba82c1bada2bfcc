import assert from 'node:assert/strict';
import {
  type AppointInput,
  appointContactPerson,
  endContactPerson,
} from '../../../services/follow-up/appoint.ts';
import { assignAnew } from '../../../services/follow-up/assign-anew.ts';
import type { FollowUpRow } from '../../../services/follow-up/follow-up.ts';
import { takeRungs } from '../../../services/follow-up/take-rungs.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import { clockTime, groupId, MONDAY, pupilId } from '../../support/small-school.ts';
import { ANNA, BO, EVA } from '../../support/small-staff.ts';
import { addStandIn } from '../people/staffed-school.ts';
import { doer } from './follow-ups.ts';
import { addOpen, rungsAt, seedSchool, TABLES } from './reminder-school.ts';

const KARIN = doer('Karin Koord');
const today = { firstDay: MONDAY, lastDay: MONDAY };

forEachEngine('contact persons', (engine) => {
  let storage: Storage;
  let db: Db;
  let changed: string[];
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => {
    changed = [];
    await empty(db, TABLES);
    await seedSchool(db);
    const eva = { givenName: 'Eva', familyName: 'Ek', email: null, principalName: null, entraId: null };
    await db
      .insertInto('staff')
      .values({ id: EVA, ...eva, removedAt: null })
      .execute();
    await db
      .insertInto('groupMentor')
      .values({ groupId: groupId(0), staffId: ANNA })
      .execute();
  });
  after(async () => await storage.close());

  const at = (time: string) => {
    const { deps, school } = rungsAt(db, time);
    const onChange = async (_db: Db, row: FollowUpRow) => void changed.push(row.id);
    return { deps: { ...deps, onChange }, school };
  };
  const input = (staffId: string, number = 1): AppointInput => ({
    ...KARIN,
    pupilId: pupilId(number),
    staffId,
  });
  const appoint = async (staffId: string, time = '09:00') => {
    const { deps, school } = at(time);
    return await appointContactPerson(deps, school, input(staffId));
  };
  const end = async () => {
    const { deps, school } = at('09:30');
    return await endContactPerson(deps, school, { ...KARIN, pupilId: pupilId(1) });
  };
  /** A follow-up of a pupil of Anna's group. */
  async function open(number: number, more: Parameters<typeof addOpen>[2] = {}): Promise<string> {
    const id = await addOpen(db, number, more);
    await db
      .insertInto('groupMember')
      .values({ groupId: groupId(0), pupilId: pupilId(number) })
      .execute();
    return id;
  }
  const responsible = async (id: string) => {
    const row = await db.selectFrom('followUp').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    return `${row.responsibleRole} ${NAMES.get(row.responsibleStaffId ?? '')} v${row.version}`;
  };
  const told = async () => {
    const rows = await db.selectFrom('notice').select(['kind', 'staffId']).orderBy('kind').execute();
    return rows.map(({ kind, staffId }) => `${kind} ${NAMES.get(staffId)}`);
  };
  const NAMES = new Map([
    [ANNA, 'Anna'],
    [BO, 'Bo'],
    [EVA, 'Eva'],
  ]);

  it('are told once, and so is whoever they take the place of', async () => {
    await open(1);

    const outcomes = [await appoint(BO), await appoint(BO), await appoint(EVA)];

    assert.deepEqual(outcomes, [
      { kind: 'appointed', before: undefined },
      { kind: 'already' },
      { kind: 'appointed', before: BO },
    ]);
    assert.deepEqual((await told()).toSorted(), ['appointed Bo', 'appointed Eva', 'appointmentEnded Bo']);
  });

  it('are told again where they are appointed again', async () => {
    await open(1);
    await appoint(BO);
    await end();

    await appoint(BO, '10:00');

    assert.equal((await told()).filter((each) => each === 'appointed Bo').length, 2);
  });

  it('answer for what is open, of which the version stays; when it ends, the mentor answers again', async () => {
    const id = await open(1);

    await appoint(BO);
    const during = await responsible(id);
    const isEnded = await end();

    assert.deepEqual([during, isEnded], ['contactPerson Bo v1', true]);
    assert.equal(await responsible(id), 'mentor Anna v1');
    assert.deepEqual(changed, [id, id]);
  });

  it('who are away have their stand-in answer', async () => {
    const id = await open(1);
    await addStandIn(db, BO, EVA, today);

    await appoint(BO);

    assert.equal(await responsible(id), 'standIn Eva v1');
  });

  const kept = [
    ['somebody has tried', { attempts: 1 }],
    ['has been handed over', { responsibleRole: 'handedOver' }],
    ['is contacted', { state: 'closed', closedAt: clockTime('09:00'), closedReason: 'arrived' }],
    ['was of another day', { day: MONDAY.subtract({ days: 3 }) }],
  ] as const;
  for (const [name, more] of kept) {
    it(`take nothing over that ${name}`, async () => {
      const id = await open(1, more);

      await appoint(BO);

      assert.match(await responsible(id), / Anna /);
    });
  }

  it('end once, and nothing ends where there is none', async () => {
    await open(1);
    await appoint(BO);

    assert.deepEqual([await end(), await end()], [true, false]);
  });

  it('are one, where several are appointed in the same second', async () => {
    await open(1);

    await Promise.all([BO, EVA, ANNA, BO, EVA].map((staffId) => appoint(staffId)));

    const rows = await db
      .selectFrom('contactPerson')
      .select('staffId')
      .where('endedAt', 'is', null)
      .execute();
    assert.equal(rows.length, 1);
  });

  it('and stand-ins are told once of what has been reminded of before it came to them', async () => {
    const [due, early] = [await open(1), await open(2, { firstDueAt: clockTime('11:00') })];
    await takeRungs(at('10:00').deps);
    await addStandIn(db, ANNA, EVA, today);
    const { deps, school } = at('10:20');

    for (const time of ['10:20', '10:30'])
      await db.transaction().execute((trx) => assignAnew(deps, trx, school, clockTime(time)));

    assert.deepEqual(
      [await responsible(due), await responsible(early)],
      ['standIn Eva v1', 'standIn Eva v1'],
    );
    const told = await db.selectFrom('notice').select(['kind', 'staffId', 'details']).execute();
    const details = { followUp: due, pupil: pupilId(1) };
    assert.deepEqual(told, [{ kind: 'handedOver', staffId: EVA, details }]);
  });

  it('and stand-ins take over what is open, of that school and of those alone whom it concerns', async () => {
    const [own, other] = [await open(1), await open(2)];
    const elsewhere = await open(3, { schoolId: 'soder' });
    await appoint(BO);
    changed = [];
    await addStandIn(db, ANNA, EVA, today);

    const { deps, school } = at('09:30');
    await db.transaction().execute((trx) => assignAnew(deps, trx, school, clockTime('09:30')));

    assert.deepEqual(
      [await responsible(own), await responsible(other), await responsible(elsewhere)],
      ['contactPerson Bo v1', 'standIn Eva v1', 'mentor Anna v1'],
    );
    assert.deepEqual(changed, [other]);
  });
});
