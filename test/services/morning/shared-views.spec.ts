import assert from 'node:assert/strict';
import { type ReadMorning, shareMorningViews } from '../../../services/morning/shared-views.ts';
import { thisMoment } from '../../../services/posts/moments.ts';
import { forEachEngine } from '../../support/databases.ts';
import { groupId, type Mark, MONDAY, pupilId, reportedAllDay } from '../../support/small-school.ts';
import { type MorningSchool, openMorningSchool } from './morning-school.ts';

const GROUPS = 4;
const MANY = 20;
const MARKS: ReadonlyMap<number, Mark> = new Map([
  [0, 'missing'],
  [1, 'missing'],
  [2, 'valid'],
  [3, 'late'],
  [4, 'missing'],
  [5, 'unmarked'],
  [10, 'missing'],
]);

forEachEngine('what many cards of a school show, read at once', (engine) => {
  let school: MorningSchool;
  let read: ReadMorning;

  beforeEach(async () => {
    school = await openMorningSchool(engine, { groups: GROUPS, perGroup: 5, withProtected: true });
    // Pupil 4 is protected.
    school.marks = (pupil) => MARKS.get(pupil) ?? 'here';
    school.notices = [reportedAllDay(1), reportedAllDay(12)];
    await school.longTermAbsent(5, 11);
    await school.run('morning');
    read = shareMorningViews(school.storage.db);
  });
  afterEach(() => school.close());

  const view = (group: number, seenAt: number, alike: number) =>
    read(school.config, groupId(group), MONDAY, { seenAt, alike });
  const missing = async (...asked: Parameters<typeof view>) => (await view(...asked))?.missing.length;

  /** Nothing is said any more of the one who was missing in the first group. */
  async function takenBack(): Promise<void> {
    await school.storage.db.updateTable('followUp').set({ state: 'closed' }).execute();
    await school.storage.db.deleteFrom('pupilLesson').where('pupilId', '=', pupilId(0)).execute();
  }

  it('is what each shows by itself', async () => {
    school.groupsOf = (pupil) => (pupil === 0 ? [1] : pupil === 6 ? [1, 2] : [Math.floor(pupil / 5)]);
    await school.run('roster');
    await school.run('refresh');
    const seenAt = thisMoment();

    for (const group of [...Array(GROUPS).keys(), 99]) {
      const alone = await school.group(group);
      assert.equal(JSON.stringify(await view(group, seenAt, MANY)), JSON.stringify(alone), `group ${group}`);
    }
    assert.doesNotMatch(JSON.stringify(await view(0, seenAt, MANY)), new RegExp(pupilId(4)));
  });

  it('serves the posts that had been seen before it was read, and no others', async () => {
    const before = thisMoment();
    assert.equal(await missing(0, before, MANY), 1);
    await takenBack();

    assert.equal(await missing(0, before, MANY), 1);
    assert.equal(await missing(0, thisMoment(), MANY), 0);
  });

  it('is read for a few by themselves', async () => {
    const seenAt = thisMoment();
    assert.equal(await missing(0, seenAt, 2), 1);
    await takenBack();

    assert.equal(await missing(0, seenAt, 2), 0);
  });

  it('is kept no longer than until the last of them', async () => {
    const seenAt = thisMoment();
    await view(0, seenAt, MANY);
    await takenBack();

    assert.equal(await missing(0, seenAt, 0), 1);
    assert.equal(await missing(0, seenAt, 0), 0);
  });

  it('is of one day', async () => {
    const seenAt = thisMoment();
    await view(0, seenAt, MANY);

    const tomorrow = MONDAY.add({ days: 1 });
    assert.equal(await read(school.config, groupId(0), tomorrow, { seenAt, alike: MANY }), undefined);
  });

  it('is read anew after a reading that failed', async () => {
    const { db } = school.storage;
    const seenAt = thisMoment();
    const failing = db.schema.alterTable('morning').renameTo('elsewhere');
    await failing.execute();
    await assert.rejects(view(0, seenAt, MANY));
    await db.schema.alterTable('elsewhere').renameTo('morning').execute();

    assert.equal(await missing(0, seenAt, MANY), 1);
  });
});
