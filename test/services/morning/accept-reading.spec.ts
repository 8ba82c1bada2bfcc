import assert from 'node:assert/strict';
import { acceptReading } from '../../../services/morning/accept-reading.ts';
import { forEachEngine } from '../../support/databases.ts';
import { COORDINATOR_CHANNEL, clockTime, MONDAY } from '../../support/small-school.ts';
import { type MorningSchool, openMorningSchool } from './morning-school.ts';
import { followedUp, questionOf, questionsOf, reread } from './readings.ts';

const karin = { id: 'entra-karin', name: 'Karin Ek' };

forEachEngine('a reading that somebody says yes to', (engine) => {
  let school: MorningSchool;

  beforeEach(async () => {
    school = await openMorningSchool(engine);
    school.marks = (pupil) => (pupil === 0 ? 'missing' : 'here');
    await school.run('morning');
    school.at('10:00');
    school.marks = () => 'missing';
    await school.run('refresh');
    school.at('10:05');
    school.enqueued.length = 0;
  });
  afterEach(() => school.close());

  it('is read again and shown, and what they said holds for the day', async () => {
    assert.equal(await accept(), true);
    assert.deepEqual(school.enqueued, ['run', 'deliver']);

    await reread(school, '10:05');

    assert.equal((await followedUp(school)).length, 20);
    const view = await questionOf(school);
    assert.deepEqual([view?.accepted?.by, view?.isOver], ['Karin Ek', true]);
    school.at('10:35');
    await reread(school, '10:35');
    assert.equal((await school.group(0))?.dataAt.equals(clockTime('10:35')), true);
  });

  it('is answered once, and put down', async () => {
    const answers = await Promise.all([accept(), accept({ id: 'entra-bo', name: 'Bo Ek' })]);
    assert.deepEqual(answers.toSorted(), [false, true]);

    const audit = await school.storage.db
      .selectFrom('audit')
      .select(['objectId', 'details'])
      .where('action', '=', 'morning.readingAccepted')
      .execute();
    assert.deepEqual(audit, [{ objectId: `norr/${MONDAY}`, details: { heldFor: ['manyAbsent'] } }]);
  });

  it('is asked again where it says something else', async () => {
    await accept();
    school.days = [];

    await reread(school, '10:05');

    assert.equal((await followedUp(school)).length, 1);
    assert.deepEqual((await questionsOf(school)).length, 2);
  });

  it('is read by the day’s close once that has been', async () => {
    school.at('17:00');
    await school.run('dayClose');
    school.at('17:20');

    await accept();

    const runs = await school.storage.db.selectFrom('jobRun').select('job').execute();
    assert.deepEqual(
      runs.map(({ job }) => job),
      ['dayClose'],
    );
  });

  async function accept(actor = karin): Promise<boolean> {
    const { id } = await school.storage.db.selectFrom('heldReading').select('id').executeTakeFirstOrThrow();
    return await acceptReading(school.runs, school.config, id, {
      actor,
      conversationId: COORDINATOR_CHANNEL,
    });
  }
});
