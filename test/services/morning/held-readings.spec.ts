import assert from 'node:assert/strict';
import { morningText } from '../../../bot/commands/morning-text.ts';
import { readStatus } from '../../../bot/status-report.ts';
import { forEachEngine } from '../../support/databases.ts';
import {
  COORDINATOR_CHANNEL,
  clockTime,
  MONDAY,
  pupilId,
  reportedAllDay,
} from '../../support/small-school.ts';
import { type MorningSchool, openMorningSchool } from './morning-school.ts';
import { followedUp, questionOf, questionsOf, reread } from './readings.ts';

const ordinary = (pupil: number) => (pupil === 0 ? 'missing' : 'here');

forEachEngine('a reading after the morning', (engine) => {
  let school: MorningSchool;

  beforeEach(async () => {
    school = await openMorningSchool(engine);
    school.marks = ordinary;
    await school.run('morning');
    school.at('10:00');
  });
  afterEach(() => school.close());

  const doubtful = [
    ['far more are absent than usual', { marks: () => 'missing' }, 'manyAbsent'],
    ['nothing is reported any more', { marks: undefined }, 'fewLessonsReported'],
    ['there are no lessons', { days: [] }, 'noLessons'],
  ] as const;
  for (const [name, becomes, kind] of doubtful) {
    it(`in which ${name} leaves everything as it was, and the coordinator is asked`, async () => {
      const before = await standing();
      Object.assign(school, becomes);

      await school.run('refresh');

      assert.deepEqual(await standing(), before);
      assert.deepEqual(await heldFor(), [kind]);
      assert.deepEqual(await questionsOf(school), [[COORDINATOR_CHANNEL, 'waiting', 1]]);
      assert.match(
        school.log.join(''),
        new RegExp(`"level":40.*"kind":"${kind}".*the cards stay as they are`),
      );
      assert.deepEqual((await readStatus(school.storage.db)).held, [
        { what: 'reading', schoolId: 'norr', day: MONDAY.toString(), reasons: [kind], canBeAsked: true },
      ]);
    });

    it(`in which ${name} is held at the day’s close as well`, async () => {
      await school.run('refresh');
      const before = await standing();
      Object.assign(school, becomes);
      school.at('17:00');

      await school.run('dayClose');

      assert.deepEqual(await standing(), before);
      assert.deepEqual(await heldFor(), [kind]);
    });
  }

  it('that is held takes the name of whoever it says is protected', async () => {
    school.marks = () => 'missing';
    const { attendance } = school;
    const protectedIds = new Set([pupilId(3)]);
    school.sources = [
      { ...attendance, readDay: async (...of) => ({ ...(await attendance.readDay(...of)), protectedIds }) },
    ];

    await school.run('refresh');

    const nameless = await school.storage.db
      .selectFrom('pupil')
      .select('id')
      .where('givenName', 'is', null)
      .execute();
    assert.deepEqual(nameless, [{ id: pupilId(3) }]);
  });

  it('that is held is told of where a morning is run by hand', async () => {
    const told = async () => await morningText(school.storage.db, school.config, MONDAY, { isDryRun: false });
    const before = await told();
    school.days = [];

    await school.run('refresh');

    assert.doesNotMatch(before, /held/);
    assert.match(
      await told(),
      /\nThe last reading is held until the coordinator says so, .*: no lesson has begun\.\n/,
    );
  });

  it('that is held is nobody’s business any more once another day has its morning', async () => {
    school.days = [];
    await school.run('refresh');
    const tuesday = MONDAY.add({ days: 1 });
    school.days = [tuesday.toString()];
    school.at('08:45', tuesday);

    await school.run('morning', tuesday);

    assert.deepEqual((await readStatus(school.storage.db)).held, []);
  });

  it('that is in order again ends the question, and the cards follow', async () => {
    school.marks = () => 'missing';
    await school.run('refresh');
    school.marks = (pupil) => (pupil < 2 ? 'missing' : 'here');
    school.at('10:30');

    await reread(school, '10:30');

    assert.deepEqual(await followedUp(school), [pupilId(0), pupilId(1)]);
    const view = await questionOf(school);
    assert.deepEqual([view?.isOver, view?.accepted], [true, undefined]);
    assert.equal(view?.cardsAt.equals(clockTime('10:30')), true);
    assert.deepEqual((await readStatus(school.storage.db)).held, []);
  });

  it('that is held once more asks in the same place, as it stands then', async () => {
    school.marks = () => 'missing';
    await school.run('refresh');
    school.days = [];
    school.at('10:30');

    await reread(school, '10:30');

    assert.deepEqual(await questionsOf(school), [[COORDINATOR_CHANNEL, 'waiting', 2]]);
    const view = await questionOf(school);
    assert.deepEqual(
      view?.heldFor.map(({ kind }) => kind),
      ['noLessons'],
    );
    assert.equal(view?.readAt.equals(clockTime('10:30')), true);
  });

  it('corrects what was reported, however few lessons are', async () => {
    school.notices = [reportedAllDay(0)];

    await school.run('refresh');

    assert.deepEqual(await school.followUps(), [[pupilId(0), 'closed', 'unreportedAbsence']]);
  });

  it('of a morning that somebody let out is not held for the same again', async () => {
    await school.storage.db
      .updateTable('morning')
      .set({ releasedById: 'entra-karin', releasedByName: 'Karin Ek' })
      .set({ heldFor: JSON.stringify([{ kind: 'manyAbsent', absent: 20, usual: 1, pupils: 20 }]) })
      .execute();
    school.marks = () => 'missing';

    await school.run('refresh');

    assert.equal((await followedUp(school)).length, 20);
    assert.deepEqual(await questionsOf(school), []);
  });

  /** The facts, what follows from them, and how often the mentors' cards were wanted. */
  async function standing() {
    const { db } = school.storage;
    return {
      lessons: await db
        .selectFrom('pupilLesson')
        .selectAll()
        .orderBy('lessonId')
        .orderBy('pupilId')
        .execute(),
      sums: await db.selectFrom('daySum').selectAll().orderBy('pupilId').execute(),
      followUps: await school.followUps(),
      dataAt: (await school.group(0))?.dataAt.toString(),
      cards: (await school.wanted()).filter((card) => card.startsWith('morning')),
    };
  }

  async function heldFor(): Promise<readonly string[] | undefined> {
    return (await questionOf(school))?.heldFor.map(({ kind }) => kind);
  }
});
