import assert from 'node:assert/strict';
import type { FollowUpRow } from '../../../services/follow-up/follow-up.ts';
import { isFollowedUpInGroup } from '../../../services/follow-up/group-card.ts';
import { type FollowUpDeps, recordContact } from '../../../services/follow-up/record-contact.ts';
import type { Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { clockTime, groupId, MONDAY, pupilId } from '../../support/small-school.ts';

const anna = { id: 'entra-anna', name: 'Anna Berg' };

forEachEngine('recordContact', (engine) => {
  let storage: Storage;
  let changed: FollowUpRow[];
  let rung: number;

  beforeEach(async () => {
    storage = await engine.open();
    [changed, rung] = [[], 0];
  });
  afterEach(() => storage.close());

  it('puts down who and when, tells whoever shows it, and rings for the delivery', async () => {
    await followUp('open');

    const outcome = await contact(anna);

    assert.equal(outcome.kind, 'recorded');
    const [row] = await rows();
    assert.deepEqual(
      [row?.state, row?.contactedById, row?.contactedByName],
      ['contacted', 'entra-anna', 'Anna Berg'],
    );
    assert.ok(row?.contactedAt?.equals(clockTime('09:12')));
    assert.deepEqual([changed.map(({ id }) => id), rung], [[row?.id], 1]);
  });

  it('leaves one row in the audit: who, what, when and from where', async () => {
    await followUp('open');

    await contact(anna);

    const [row] = await rows();
    const audit = await storage.db.selectFrom('audit').selectAll().execute();
    assert.deepEqual(
      audit.map(({ action, actorId, objectId, schoolId, conversationId, details }) => [
        action,
        actorId,
        objectId,
        schoolId,
        conversationId,
        details,
      ]),
      [['followUp.contacted', 'entra-anna', row?.id, 'norr', '19:a@thread.tacv2', {}]],
    );
  });

  it('gives one result, one audit row and one ring where twenty do it at once', async () => {
    await followUp('open');
    const people = Array.from({ length: 20 }, (_, n) => ({ id: `entra-${n}`, name: `Person ${n}` }));

    const outcomes = await Promise.all(people.map((who) => contact(who)));

    const winners = outcomes.filter(({ kind }) => kind === 'recorded');
    assert.equal(winners.length, 1);
    const [row] = await rows();
    for (const outcome of outcomes)
      assert.ok('followUp' in outcome && outcome.followUp.contactedById === row?.contactedById);
    assert.equal((await storage.db.selectFrom('audit').select('id').execute()).length, 1);
    assert.equal(rung, 1);
  });

  it('keeps the first, and says to the second who it was', async () => {
    await followUp('open');
    await contact(anna);

    const outcome = await contact({ id: 'entra-bo', name: 'Bo Ek' });

    assert.ok(outcome.kind === 'already' && outcome.followUp.contactedByName === 'Anna Berg');
    assert.equal(changed.length, 1);
  });

  it('counts where the item was closed meanwhile', async () => {
    await followUp('closed');

    assert.equal((await contact(anna)).kind, 'recorded');
  });

  it('does nothing where nobody was to be contacted', async () => {
    assert.deepEqual(await contact(anna), { kind: 'none' });
    assert.deepEqual([changed, rung], [[], 0]);
  });

  it('puts nothing down where whoever shows it cannot follow', async () => {
    await followUp('open');

    await assert.rejects(contact(anna, { onChange: () => Promise.reject(new Error('no post')) }));

    assert.equal((await rows())[0]?.state, 'open');
    assert.deepEqual(await storage.db.selectFrom('audit').select('id').execute(), []);
  });

  describe('on a group’s card', () => {
    const cases: readonly (readonly [
      string,
      { group?: number; members?: number[]; isProtected?: boolean },
      boolean,
    ])[] = [
      ['a pupil of the group', { group: 0, members: [0] }, true],
      ['a pupil who has left the group since', { group: 0, members: [1] }, true],
      ['a pupil who came to the group since', { group: 1, members: [0] }, true],
      ['a pupil who had no group', { members: [0] }, true],
      ['a pupil of another group', { group: 1, members: [1] }, false],
      ['a protected pupil', { group: 0, members: [0], isProtected: true }, false],
    ];

    for (const [name, { group, members = [], isProtected = false }, isThere] of cases) {
      it(`${isThere ? 'stands' : 'does not stand'} ${name}`, async () => {
        await followUp('open', group === undefined ? null : groupId(group));
        const names = isProtected
          ? { givenName: null, familyName: null }
          : { givenName: 'Elev', familyName: 'Exempel' };
        await storage.db
          .insertInto('pupil')
          .values({ id: pupilId(0), schoolId: 'norr', ...names, grade: 8, isProtected, removedAt: null })
          .execute();
        for (const one of members)
          await storage.db
            .insertInto('groupMember')
            .values({ groupId: groupId(one), pupilId: pupilId(0) })
            .execute();
        const asked = { pupilId: pupilId(0), groupId: groupId(0), day: MONDAY };

        assert.equal(await isFollowedUpInGroup(storage.db, asked), isThere);
        assert.equal(
          await isFollowedUpInGroup(storage.db, { ...asked, day: MONDAY.add({ days: 1 }) }),
          false,
        );
      });
    }
  });

  async function contact(actor: typeof anna, more: Partial<FollowUpDeps> = {}) {
    const deps: FollowUpDeps = {
      db: storage.db,
      jobs: {
        enqueue: async () => {
          rung += 1;
        },
      },
      clock: { now: () => clockTime('09:12') },
      onChange: async (_db, row) => void changed.push(row),
      ...more,
    };
    return await recordContact(deps, {
      pupilId: pupilId(0),
      day: MONDAY,
      actor,
      conversationId: '19:a@thread.tacv2',
    });
  }

  async function followUp(state: 'open' | 'closed', group: string | null = groupId(0)): Promise<void> {
    await storage.db
      .insertInto('followUp')
      .values({
        pupilId: pupilId(0),
        schoolId: 'norr',
        groupId: group,
        day: MONDAY,
        reason: 'unreportedAbsence',
        state,
        responsibleStaffId: null,
        openedAt: clockTime('08:45'),
        dueAt: clockTime('10:00'),
        contactedAt: null,
        contactedById: null,
        contactedByName: null,
        closedAt: state === 'closed' ? clockTime('09:00') : null,
        closedReason: state === 'closed' ? 'reported' : null,
      })
      .execute();
  }

  async function rows() {
    return await storage.db.selectFrom('followUp').selectAll().execute();
  }
});
