import assert from 'node:assert/strict';
import { readContacts } from '../../../services/follow-up/change-follow-up.ts';
import { handOver } from '../../../services/follow-up/hand-over.ts';
import { standingOf } from '../../../services/follow-up/standing.ts';
import { forEachEngine } from '../../support/databases.ts';
import { staffId } from '../../support/small-staff.ts';
import { doer, type FollowUps, OPENED, openFollowUp } from './follow-ups.ts';
import { standing } from './standing.ts';

const people = Array.from({ length: 20 }, (_, number) => doer(`Person ${number}`, staffId(100 + number)));
const karin = doer('Karin Koord');

forEachEngine('what is done to one follow-up at the same time', (engine) => {
  let all: FollowUps;
  let id: string;

  beforeEach(async () => {
    ({ all, id } = await openFollowUp(engine));
  });
  afterEach(() => all.close());

  it('gives one result where twenty reach somebody: one contact, one audit row, one ring, and all are told of it', async () => {
    const outcomes = await Promise.all(people.map((who) => all.contact(id, who, { method: 'phone' })));

    const row = await all.only();
    assert.equal(outcomes.filter(({ kind }) => kind === 'recorded').length, 1);
    assert.equal(outcomes.filter(({ kind }) => kind === 'already').length, 19);
    for (const outcome of outcomes)
      assert.ok('followUp' in outcome && outcome.followUp.contactedById === row.contactedById);
    assert.equal((await readContacts(all.storage.db, id)).length, 1);
    assert.deepEqual(await all.audited(), [
      'followUp.opened sedd',
      `followUp.contacted ${row.contactedById}`,
    ]);
    assert.deepEqual([all.changed.length, all.rung(), row.version], [1, 1, OPENED + 1]);
  });

  it('gives one try in vain where twenty reach nobody, and the others are told of it', async () => {
    const outcomes = await Promise.all(people.map((who) => all.contact(id, who, { outcome: 'notReached' })));

    const row = await all.only();
    assert.deepEqual([row.attempts, row.state, row.version], [1, 'open', OPENED + 1]);
    for (const outcome of outcomes)
      assert.ok('followUp' in outcome && outcome.followUp.lastAttemptByName === row.lastAttemptByName);
  });

  it('counts a press once that Teams sends ten times at once', async () => {
    const [anna] = people;
    assert.ok(anna !== undefined);

    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => all.contact(id, anna, { outcome: 'notReached' })),
    );

    assert.deepEqual([...new Set(outcomes.map(({ kind }) => kind))], ['recorded']);
    assert.equal((await all.only()).attempts, 1);
  });

  it('loses no contact where one half reaches somebody and the other nobody', async () => {
    await Promise.all(
      people.map((who, number) => all.contact(id, who, number % 2 === 0 ? {} : { outcome: 'notReached' })),
    );

    const row = await all.only();
    assert.equal(row.state, 'contacted');
    const valid = (await readContacts(all.storage.db, id)).filter(({ undoneAt }) => undoneAt === null);
    assert.equal(valid.filter(({ outcome }) => outcome === 'reached').length, 1);
    assert.equal(valid.length, 1 + row.attempts);
  });

  it('takes a contact back once where several do', async () => {
    const [anna] = people;
    assert.ok(anna !== undefined);
    await all.contact(id, anna);

    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () => all.undo(id, anna)).concat(
        all.undo(id, karin, { mayUndoOthers: true }),
      ),
    );

    assert.equal(outcomes.filter(({ kind }) => kind === 'undone').length, 1);
    assert.equal((await all.audited()).filter((one) => one.startsWith('followUp.undone')).length, 1);
    assert.equal((await all.only()).state, 'open');
  });

  it('hands over once where several do: the cards of the others did not show it yet', async () => {
    const to = people.slice(0, 4).map(({ actor }) => actor.staffId ?? '');

    await Promise.all(
      to.flatMap((toStaffId) =>
        [1, 2].map(() => handOver(all.deps, { ...karin, followUpId: id, toStaffId, version: OPENED })),
      ),
    );

    const handed = (await all.audited()).filter((one) => one.startsWith('followUp.handedOver'));
    assert.equal(handed.length, 1);
    assert.deepEqual(
      (await all.notices()).map(([kind, staff]) => [kind, staff]),
      [['handedOver', (await all.only()).responsibleStaffId]],
    );
  });

  it('comes to an end, and stands as its history says, whatever is done at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { version } = await all.only();
      const done = people.map(async (who, number): Promise<unknown> => {
        const status = number % 2 === 0 ? ('reported' as const) : ('missing' as const);
        switch (number % 5) {
          case 0:
            return await all.contact(id, who, { version });
          case 1:
            return await all.contact(id, who, { version, outcome: 'notReached' });
          case 2:
            return await all.undo(id, karin, { mayUndoOthers: true });
          case 3:
            return await all.reconcile([standing(0, status)]);
          default:
            return await handOver(all.deps, {
              ...who,
              followUpId: id,
              toStaffId: staffId(200 + number),
              version,
            });
        }
      });

      await Promise.all(done);

      const row = await all.only();
      const contacts = await readContacts(all.storage.db, id);
      const { state, contactId, attempts } = standingOf(row, contacts);
      assert.deepEqual([row.state, row.contactId, row.attempts], [state, contactId, attempts]);
      const reached = contacts.filter((one) => one.undoneAt === null && one.outcome === 'reached');
      assert.ok(reached.length <= 1);
      const recorded = (await all.audited()).filter((one) => /followUp\.(contacted|notReached) /.test(one));
      assert.equal(recorded.length, contacts.length);
    }
  });

  it('locks nobody out where the day is gone through twice and twenty pupils pressed at once', async () => {
    const pupils = Array.from({ length: 20 }, (_, number) => standing(number, 'missing'));
    await all.reconcile(pupils);
    const rows = await all.rows();

    const work = rows.flatMap((row, number) => [
      all.contact(row.id, people[number] ?? karin),
      all.contact(row.id, karin, { outcome: 'notReached' }),
    ]);
    await Promise.all([
      ...work,
      all.reconcile(pupils.map((pupil) => ({ ...pupil, status: 'reported' }))),
      all.reconcile(pupils.toReversed()),
    ]);

    assert.deepEqual([...new Set((await all.rows()).map(({ state }) => state))], ['contacted']);
  });
});
