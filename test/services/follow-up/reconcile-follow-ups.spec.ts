import assert from 'node:assert/strict';
import type { PupilToday } from '../../../services/attendance/today.ts';
import { reconcileFollowUps } from '../../../services/follow-up/reconcile-follow-ups.ts';
import { recordContact } from '../../../services/follow-up/record-contact.ts';
import type { Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { clockTime, groupId, guid, MONDAY, pupilId } from '../../support/small-school.ts';
import { standing } from './standing.ts';

forEachEngine('reconcileFollowUps', (engine) => {
  let storage: Storage;

  beforeEach(async () => {
    storage = await engine.open();
  });
  afterEach(() => storage.close());

  it('opens one for whoever is missing, with who answers and until when', async () => {
    const counts = await reconcile([standing(0, 'missing'), standing(1, 'present'), standing(2, 'unknown')]);

    assert.deepEqual(counts, { opened: 1, reopened: 0, closed: 0 });
    const [row, ...others] = await rows();
    assert.deepEqual(others, []);
    assert.equal(row?.pupilId, pupilId(0));
    assert.deepEqual([row?.groupId, row?.responsibleStaffId], [groupId(0), guid(3, 1)]);
    assert.ok(row?.dueAt.equals(clockTime('10:00')) && row.openedAt.equals(clockTime('08:45')));
  });

  it('changes nothing when it is repeated', async () => {
    await reconcile([standing(0, 'missing')]);
    const before = await rows();

    const counts = await reconcile([standing(0, 'missing')], '09:00');

    assert.deepEqual(counts, { opened: 0, reopened: 0, closed: 0 });
    assert.deepEqual(JSON.stringify(await rows()), JSON.stringify(before));
  });

  it('opens one item where two do it at the same time', async () => {
    const pupils = Array.from({ length: 20 }, (_, number) => standing(number, 'missing'));

    const counts = await Promise.all([reconcile(pupils), reconcile(pupils.toReversed()), reconcile(pupils)]);

    assert.equal(
      counts.reduce((sum, { opened }) => sum + opened, 0),
      20,
    );
    assert.equal((await rows()).length, 20);
    assert.equal((await audited()).length, 20);
  });

  it('closes and opens again as the facts change, and leaves each step in the audit', async () => {
    await reconcile([standing(0, 'missing')]);
    await reconcile([standing(0, 'reported')], '10:00');
    const [closed] = await rows();
    await reconcile([standing(0, 'missing')], '10:30');

    assert.deepEqual([closed?.state, closed?.closedReason], ['closed', 'reported']);
    assert.ok(closed?.closedAt?.equals(clockTime('10:00')));
    const [again] = await rows();
    assert.deepEqual([again?.state, again?.closedReason, again?.closedAt], ['open', null, null]);
    assert.deepEqual(
      (await audited()).map(({ action, actorId }) => [action, actorId]),
      [
        ['followUp.opened', 'sedd'],
        ['followUp.closed', 'sedd'],
        ['followUp.reopened', 'sedd'],
      ],
    );
  });

  it('leaves contact that was made as it is, whatever comes after', async () => {
    await reconcile([standing(0, 'missing')]);
    await contact();
    const before = await rows();

    for (const status of ['reported', 'present', 'missing', 'unknown'] as const)
      await reconcile([standing(0, status)], '10:00');

    assert.deepEqual(JSON.stringify(await rows()), JSON.stringify(before));
  });

  it('lets contact stand that is made while it closes', async () => {
    await reconcile([standing(0, 'missing')]);

    await Promise.all([reconcile([standing(0, 'reported')], '10:00'), contact()]);

    const [row] = await rows();
    assert.deepEqual([row?.state, row?.contactedByName], ['contacted', 'Anna Berg']);
  });

  it('keeps days apart', async () => {
    await reconcile([standing(0, 'missing')]);

    const counts = await reconcile([standing(0, 'missing')], '08:45', MONDAY.add({ days: 1 }));

    assert.equal(counts.opened, 1);
    assert.equal((await rows()).length, 2);
  });

  it('takes a pupil without a group', async () => {
    await reconcile([standing(0, 'missing')], '08:45', MONDAY, { groupId: null, staffId: null });

    const [row] = await rows();
    assert.deepEqual([row?.groupId, row?.responsibleStaffId], [null, null]);
  });

  async function reconcile(
    pupils: readonly PupilToday[],
    time = '08:45',
    day = MONDAY,
    place: { readonly groupId: string | null; readonly staffId: string | null } = {
      groupId: groupId(0),
      staffId: guid(3, 1),
    },
  ) {
    return await storage.db.transaction().execute(
      async (trx) =>
        await reconcileFollowUps(trx, {
          schoolId: 'norr',
          day,
          now: clockTime(time),
          dueAt: clockTime('10:00'),
          pupils,
          placeOf: () => place,
        }),
    );
  }

  async function contact(): Promise<void> {
    await recordContact(
      {
        db: storage.db,
        jobs: { enqueue: async () => {} },
        clock: { now: () => clockTime('09:12') },
        onChange: async () => {},
      },
      {
        pupilId: pupilId(0),
        day: MONDAY,
        actor: { id: 'entra-anna', name: 'Anna Berg' },
        conversationId: '19:a@thread.tacv2',
      },
    );
  }

  async function rows() {
    return await storage.db.selectFrom('followUp').selectAll().orderBy('day').orderBy('pupilId').execute();
  }

  async function audited() {
    return await storage.db.selectFrom('audit').selectAll().orderBy('id').execute();
  }
});
