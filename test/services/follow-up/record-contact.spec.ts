import assert from 'node:assert/strict';
import { recordContact } from '../../../services/follow-up/record-contact.ts';
import { forEachEngine } from '../../support/databases.ts';
import { clockTime, MONDAY, pupilId } from '../../support/small-school.ts';
import { ANNA, BO } from '../../support/small-staff.ts';
import { doer, type FollowUps, openFollowUp } from './follow-ups.ts';
import { standing } from './standing.ts';

const anna = doer('Anna Berg', ANNA);
const bo = doer('Bo Ek', BO);
const TUESDAY = MONDAY.add({ days: 1 });

forEachEngine('recordContact', (engine) => {
  let all: FollowUps;
  let id: string;

  beforeEach(async () => {
    ({ all, id } = await openFollowUp(engine));
  });
  afterEach(() => all.close());

  it('puts down who, when and how, tells whoever shows it, and rings for the delivery', async () => {
    const outcome = await all.contact(id, anna, { method: 'phone', counterpart: 'guardian' });

    assert.equal(outcome.kind, 'recorded');
    const row = await all.only();
    assert.deepEqual(
      [row.state, row.contactedById, row.contactedByName, row.method, row.counterpart, row.version],
      ['contacted', 'entra-Anna Berg', 'Anna Berg', 'phone', 'guardian', 2],
    );
    assert.ok(row.contactedAt?.equals(clockTime('09:12')));
    assert.deepEqual([all.changed.map((one) => one.state), all.rung()], [['contacted'], 1]);
  });

  it('leaves one row in the audit: who, what, when and from where', async () => {
    await all.contact(id, anna, { method: 'phone', counterpart: 'guardian' });

    const { contactId } = await all.only();
    const row = await all.storage.db
      .selectFrom('audit')
      .selectAll()
      .where('action', '=', 'followUp.contacted')
      .executeTakeFirstOrThrow();
    assert.deepEqual(
      [row.actorId, row.actorName, row.objectId, row.schoolId, row.conversationId, String(row.at)],
      ['entra-Anna Berg', 'Anna Berg', id, 'norr', '19:a@thread.tacv2', String(clockTime('09:12'))],
    );
    assert.deepEqual(row.details, {
      pupil: pupilId(0),
      contact: contactId,
      method: 'phone',
      counterpart: 'guardian',
    });
  });

  it('keeps a try that reached nobody, open, and due again', async () => {
    await all.contact(id, anna, { outcome: 'notReached' });

    const row = await all.only();
    assert.deepEqual([row.state, row.attempts, row.lastAttemptByName], ['open', 1, 'Anna Berg']);
    assert.ok(row.dueAt.equals(clockTime('10:12')) && row.firstDueAt?.equals(clockTime('10:00')));
  });

  it('keeps the first, and says to the second who it was', async () => {
    await all.contact(id, anna);

    const outcome = await all.contact(id, bo);

    assert.ok(outcome.kind === 'already' && outcome.followUp.contactedByName === 'Anna Berg');
    assert.deepEqual([all.changed.length, (await contacts()).length], [1, 1]);
  });

  it('lets the same person say afterwards how, without moving when it was', async () => {
    await all.contact(id, anna);
    all.at('11:30');

    const outcome = await all.contact(id, anna, { method: 'homeVisit', counterpart: 'pupil', version: 2 });

    assert.equal(outcome.kind, 'recorded');
    const row = await all.only();
    assert.deepEqual([row.method, row.counterpart], ['homeVisit', 'pupil']);
    assert.ok(row.contactedAt?.equals(clockTime('09:12')));
    assert.deepEqual(
      (await contacts()).map(({ method, undoneByName }) => [method, undoneByName]),
      [
        [null, 'Anna Berg'],
        ['homeVisit', null],
      ],
    );
  });

  it('lets the same person say that nobody was reached after all: it is open, and due from now', async () => {
    await all.contact(id, anna);
    all.at('09:30');

    await all.contact(id, anna, { outcome: 'notReached', version: 2 });

    const row = await all.only();
    assert.deepEqual([row.state, row.contactId, row.attempts], ['open', null, 1]);
    assert.ok(row.dueAt.equals(clockTime('10:30')));
  });

  it('does not bring back what a coordinator has taken back when Teams sends the press again', async () => {
    await all.contact(id, anna, { method: 'phone' });
    await all.undo(id, doer('Karin Koord'), { mayUndoOthers: true });

    const outcome = await all.contact(id, anna, { method: 'phone' });

    assert.ok(outcome.kind === 'takenBack' && outcome.by === 'Karin Koord');
    assert.equal((await all.only()).state, 'open');
  });

  it('counts where the item was closed meanwhile, and says that it was not needed', async () => {
    await all.reconcile([standing(0, 'reported')], { time: '09:00' });

    assert.equal((await all.contact(id, anna)).kind, 'notNeeded');
    assert.equal((await all.only()).state, 'contacted');
  });

  it('keeps a try in vain on an item that was closed, and opens it for nobody', async () => {
    await all.reconcile([standing(0, 'reported')], { time: '09:00' });

    assert.equal((await all.contact(id, anna, { outcome: 'notReached' })).kind, 'notNeeded');
    assert.deepEqual([(await all.only()).state, (await all.only()).attempts], ['closed', 1]);
  });

  it('counts on the day after, with when it was', async () => {
    all.at('07:50', TUESDAY);

    await all.contact(id, anna);

    assert.ok((await all.only()).contactedAt?.equals(clockTime('07:50', TUESDAY)));
  });

  it('does nothing where nobody was to be contacted', async () => {
    assert.deepEqual(await all.contact('nobody', anna), { kind: 'none' });
    assert.deepEqual([all.changed, all.rung()], [[], 0]);
  });

  it('puts nothing down where whoever shows it cannot follow', async () => {
    const deps = { ...all.deps, onChange: () => Promise.reject(new Error('no post')) };

    await assert.rejects(
      recordContact(deps, {
        ...anna,
        followUpId: id,
        outcome: 'reached',
        method: undefined,
        counterpart: undefined,
        version: 1,
        dueAgainAt: clockTime('10:00'),
      }),
    );

    assert.equal((await all.only()).state, 'open');
    assert.deepEqual([await contacts(), await all.audited()], [[], ['followUp.opened sedd']]);
  });

  async function contacts() {
    return await all.storage.db.selectFrom('contact').selectAll().orderBy('baseVersion').execute();
  }
});
