import assert from 'node:assert/strict';
import { forEachEngine } from '../../support/databases.ts';
import { clockTime, groupId, MONDAY } from '../../support/small-school.ts';
import { ANNA, BO } from '../../support/small-staff.ts';
import { doer, type FollowUps, openFollowUps } from './follow-ups.ts';
import { standing } from './standing.ts';

const anna = doer('Anna Berg', ANNA);
const bo = doer('Bo Ek', BO);

forEachEngine('reconcileFollowUps', (engine) => {
  let all: FollowUps;

  beforeEach(async () => {
    all = await openFollowUps(engine);
  });
  afterEach(() => all.close());

  it('opens one for whoever is missing, with who answers, until when, and since when', async () => {
    const counts = await all.reconcile([
      standing(0, 'missing'),
      standing(1, 'present'),
      standing(2, 'unknown'),
    ]);

    assert.deepEqual(counts, { opened: 1, reopened: 0, closed: 0, corrected: 0 });
    const row = await all.only();
    assert.deepEqual(
      [row.groupId, row.responsibleStaffId, row.responsibleRole],
      [groupId(0), ANNA, 'mentor'],
    );
    assert.deepEqual(
      [row.dueAt, row.firstDueAt, row.openedAt, row.firstMissedAt].map(String),
      ['10:00', '10:00', '08:45', '08:10'].map((time) => String(clockTime(time))),
    );
  });

  it('changes nothing when it is repeated', async () => {
    await all.reconcile([standing(0, 'missing')]);
    const before = await all.only();

    const counts = await all.reconcile([standing(0, 'missing')], { time: '09:00' });

    assert.deepEqual(counts, { opened: 0, reopened: 0, closed: 0, corrected: 0 });
    assert.deepEqual(JSON.stringify(await all.only()), JSON.stringify(before));
  });

  it('opens one item where two do it at the same time', async () => {
    const pupils = Array.from({ length: 20 }, (_, number) => standing(number, 'missing'));

    const counts = await Promise.all([
      all.reconcile(pupils),
      all.reconcile(pupils.toReversed()),
      all.reconcile(pupils),
    ]);

    assert.equal(
      counts.reduce((sum, { opened }) => sum + opened, 0),
      20,
    );
    assert.equal((await all.rows()).length, 20);
    assert.equal((await all.audited()).length, 20);
  });

  it('closes and opens again as the facts change, and leaves each step in the audit', async () => {
    await all.reconcile([standing(0, 'missing')]);
    await all.reconcile([standing(0, 'reported')], { time: '10:00' });
    const closed = await all.only();
    await all.reconcile([standing(0, 'missing')], { time: '10:30' });

    assert.deepEqual([closed.state, closed.closedReason, closed.correctedAt], ['closed', 'reported', null]);
    assert.ok(closed.closedAt?.equals(clockTime('10:00')));
    const again = await all.only();
    assert.deepEqual([again.state, again.closedReason, again.closedAt], ['open', null, null]);
    assert.deepEqual(await all.audited(), [
      'followUp.opened sedd',
      'followUp.closed sedd',
      'followUp.reopened sedd',
    ]);
    assert.deepEqual(await all.notices(), []);
  });

  it('raises the version with each change, so that a card that is older is known to be', async () => {
    const versions: number[] = [];
    for (const status of ['missing', 'reported', 'reported', 'missing', 'present'] as const) {
      await all.reconcile([standing(0, status)]);
      versions.push((await all.only()).version);
    }

    assert.deepEqual(versions, [1, 2, 2, 3, 4]);
  });

  it('keeps days apart', async () => {
    await all.reconcile([standing(0, 'missing')]);

    const counts = await all.reconcile([standing(0, 'missing')], { day: MONDAY.add({ days: 1 }) });

    assert.equal(counts.opened, 1);
    assert.equal((await all.rows()).length, 2);
  });

  it('takes a pupil without a group, and one for whom nobody answers', async () => {
    await all.reconcile([standing(0, 'missing')], { groupId: null, responsible: undefined });

    const row = await all.only();
    assert.deepEqual([row.groupId, row.responsibleStaffId, row.responsibleRole], [null, null, null]);
  });

  describe('after somebody has tried', () => {
    const tries = [
      { name: 'contact', more: { outcome: 'reached', method: 'phone' }, state: 'contacted' },
      { name: 'a try in vain', more: { outcome: 'notReached' }, state: 'closed' },
    ] as const;
    const facts = [
      ['a guardian reports late', 'reported'],
      ['the pupil turns up in the third lesson', 'present'],
    ] as const;
    for (const { name, more, state } of tries) {
      for (const [what, status] of facts) {
        it(`keeps ${name}, and tells whoever made it once, when ${what}`, async () => {
          await all.reconcile([standing(0, 'missing')]);
          const { id, contactId } = await all.only();
          await all.contact(id, anna, more);

          const counts = await all.reconcile([standing(0, status)], { time: '10:00' });
          const again = await all.reconcile([standing(0, status)], { time: '10:30' });

          const reason = status === 'present' ? 'arrived' : 'reported';
          assert.deepEqual([counts.corrected, again.corrected], [1, 0]);
          const row = await all.only();
          assert.deepEqual([row.state, row.closedReason, row.correctedReason], [state, reason, reason]);
          assert.ok(row.correctedAt?.equals(clockTime('10:00')));
          assert.equal(row.contactId === contactId, state === 'closed');
          assert.deepEqual(
            (await all.notices()).map(([kind, staffId]) => [kind, staffId]),
            [['corrected', ANNA]],
          );
          assert.equal((await all.audited()).filter((one) => one === 'followUp.corrected sedd').length, 1);
        });
      }
    }

    it('tells everybody who tried, each once, and nobody whose try was taken back or who is not on the staff', async () => {
      await all.reconcile([standing(0, 'missing')]);
      const { id } = await all.only();
      await all.contact(id, anna, { outcome: 'notReached' });
      await all.contact(id, anna, { outcome: 'notReached', version: 2 });
      await all.contact(id, bo, { version: 3 });
      await all.undo(id, bo);
      await all.contact(id, doer('Rektor'), { version: 5 });

      await all.reconcile([standing(0, 'reported')], { time: '10:00' });

      assert.deepEqual(await all.notices(), [
        ['corrected', ANNA, { followUp: id, pupil: standing(0, 'missing').pupilId, reason: 'reported' }],
      ]);
    });

    it('tells once, also where the pupil is missing again and reported again', async () => {
      await all.reconcile([standing(0, 'missing')]);
      await all.contact((await all.only()).id, anna, { outcome: 'notReached' });

      for (const status of ['reported', 'missing', 'present'] as const)
        await all.reconcile([standing(0, status)], { time: '10:00' });

      assert.equal((await all.notices()).length, 1);
      assert.equal((await all.only()).correctedReason, 'arrived');
    });

    it('has it needed again where the report is taken back, due as if it were new', async () => {
      await all.reconcile([standing(0, 'missing')]);
      await all.contact((await all.only()).id, anna, { outcome: 'notReached' });
      await all.reconcile([standing(0, 'reported')], { time: '10:00' });

      await all.reconcile([standing(0, 'missing')], { time: '10:30' });

      const row = await all.only();
      assert.deepEqual([row.state, row.attempts, row.correctedAt], ['open', 1, null]);
      assert.ok(row.dueAt.equals(clockTime('10:00')));
    });

    it('leaves contact made where the pupil is missing again, and what is undone then is needed', async () => {
      await all.reconcile([standing(0, 'missing')]);
      const { id } = await all.only();
      await all.contact(id, anna);
      await all.reconcile([standing(0, 'reported')], { time: '10:00' });
      await all.reconcile([standing(0, 'missing')], { time: '10:30' });
      const { state } = await all.only();

      await all.undo(id, anna);

      assert.deepEqual([state, (await all.only()).state], ['contacted', 'open']);
    });

    it('lets whoever undoes contact that was not needed have it over: nobody is reminded of it', async () => {
      await all.reconcile([standing(0, 'missing')]);
      const { id } = await all.only();
      await all.contact(id, anna);
      await all.reconcile([standing(0, 'reported')], { time: '10:00' });

      await all.undo(id, anna);

      assert.equal((await all.only()).state, 'closed');
    });

    it('corrects nothing that a long-term absent pupil’s report does not make needless', async () => {
      const longTerm = { isLongTerm: true };
      await all.reconcile([standing(0, 'missing', longTerm)]);
      await all.contact((await all.only()).id, anna);

      const { corrected } = await all.reconcile([standing(0, 'reported', longTerm)], { time: '10:00' });

      assert.equal(corrected, 0);
      assert.deepEqual(await all.notices(), []);
    });

    it('is no correction where somebody tries only after it was closed: they have been told', async () => {
      await all.reconcile([standing(0, 'missing')]);
      await all.reconcile([standing(0, 'reported')], { time: '09:00' });
      const outcome = await all.contact((await all.only()).id, anna);

      await all.reconcile([standing(0, 'reported')], { time: '10:00' });

      assert.equal(outcome.kind, 'notNeeded');
      const row = await all.only();
      assert.deepEqual([row.state, row.contactedByName, row.correctedAt], ['contacted', 'Anna Berg', null]);
      assert.deepEqual(await all.notices(), []);
    });
  });
});
