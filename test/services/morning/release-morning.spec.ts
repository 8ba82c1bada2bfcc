import assert from 'node:assert/strict';
import { releaseMorning } from '../../../services/morning/release-morning.ts';
import { forEachEngine } from '../../support/databases.ts';
import { COORDINATOR_CHANNEL, clockTime, MONDAY, pupilId } from '../../support/small-school.ts';
import { type MorningSchool, openMorningSchool } from './morning-school.ts';

const karin = { id: 'entra-karin', name: 'Karin Ek' };

forEachEngine('releaseMorning', (engine) => {
  let school: MorningSchool;

  beforeEach(async () => {
    school = await openMorningSchool(engine);
    school.marks = () => 'missing';
    await school.run('morning');
    school.at('09:00');
  });
  afterEach(() => school.close());

  it('lets the cards out as the data stand, and says who did and when', async () => {
    assert.deepEqual(await school.wanted(), ['schoolMorning 1']);

    assert.equal(await release(), true);

    const view = await school.whole();
    assert.equal(view?.state, 'released');
    assert.deepEqual(
      [view?.releasedBy?.name, view?.releasedBy?.at.equals(clockTime('09:00'))],
      ['Karin Ek', true],
    );
    assert.equal((await school.followUps()).length, 20);
    assert.deepEqual(await school.wanted(), ['morning 1', 'morning 1', 'schoolMorning 2']);
  });

  it('is done once, by one of those who do it at once', async () => {
    const people = Array.from({ length: 8 }, (_, n) => ({ id: `entra-${n}`, name: `Person ${n}` }));

    const released = await Promise.all(people.map((who) => release(who)));

    assert.equal(released.filter(Boolean).length, 1);
    const audit = await school.storage.db
      .selectFrom('audit')
      .select(['actorId', 'objectId', 'conversationId'])
      .where('action', '=', 'morning.released')
      .execute();
    assert.deepEqual(
      audit.map(({ objectId, conversationId }) => [objectId, conversationId]),
      [['norr/2026-11-23', COORDINATOR_CHANNEL]],
    );
    assert.equal(`Person ${audit[0]?.actorId.slice(6)}`, (await school.whole())?.releasedBy?.name);
  });

  it('and a refresh at the same time open each item once', async () => {
    await Promise.all([release(), school.run('refresh')]);

    assert.equal((await school.followUps()).length, 20);
    const audit = await school.storage.db
      .selectFrom('audit')
      .select('id')
      .where('action', '=', 'followUp.opened')
      .execute();
    assert.equal(audit.length, 20);
    assert.equal((await school.whole())?.state, 'released');
  });

  it('does nothing where it is out already, or has not run', async () => {
    await release();
    const before = await school.wanted();

    assert.equal(await release({ id: 'entra-bo', name: 'Bo Ek' }), false);
    assert.equal(await release(karin, MONDAY.add({ days: 1 })), false);

    assert.deepEqual(await school.wanted(), before);
    assert.equal((await school.whole())?.releasedBy?.name, 'Karin Ek');
  });

  it('stays as said at the refresh, whatever the data are then', async () => {
    await release();
    school.marks = (pupil) => (pupil === 0 ? 'missing' : 'here');

    await school.run('refresh');

    const view = await school.whole();
    assert.deepEqual([view?.state, view?.releasedBy?.name], ['released', 'Karin Ek']);
    assert.deepEqual(
      (await school.followUps()).filter(([, state]) => state === 'open'),
      [[pupilId(0), 'open', 'unreportedAbsence']],
    );
  });

  async function release(actor = karin, day = MONDAY): Promise<boolean> {
    return await releaseMorning(school.runs, school.config, day, {
      actor,
      conversationId: COORDINATOR_CHANNEL,
    });
  }
});
