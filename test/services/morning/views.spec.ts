import assert from 'node:assert/strict';
import { forEachEngine } from '../../support/databases.ts';
import { clockTime, guid, MONDAY, pupilId, reportedAllDay } from '../../support/small-school.ts';
import { type MorningSchool, openMorningSchool } from './morning-school.ts';

forEachEngine('what a morning shows', (engine) => {
  let school: MorningSchool;

  beforeEach(async () => {
    school = await openMorningSchool(engine, { perGroup: 20, withProtected: true });
    // Pupil 19 is protected.
    school.marks = (pupil) =>
      [0, 1, 19, 25].includes(pupil) ? 'missing' : pupil === 2 ? 'valid' : pupil === 3 ? 'late' : 'here';
    school.notices = [reportedAllDay(1)];
  });
  afterEach(() => school.close());

  it('is nothing before it has run, and nothing of another school’s group', async () => {
    assert.deepEqual([await school.group(0), await school.whole()], [undefined, undefined]);

    await school.run('morning');

    assert.equal(await school.group(99), undefined);
    assert.equal(await school.group(0, MONDAY.add({ days: 1 })), undefined);
  });

  it('is to a group’s mentors where each of its pupils stands', async () => {
    await school.run('morning');

    const view = await school.group(0);
    assert.deepEqual(
      [view?.missing, view?.reported, view?.notSeenYet].map((lines) =>
        lines?.map(({ name, notice }) => [name, notice]),
      ),
      [
        [['Elev0 Exempel', undefined]],
        [
          ['Elev1 Exempel', 'reported'],
          ['Elev2 Exempel', 'valid'],
        ],
        [],
      ],
    );
    assert.equal(view?.quality.lateArrivals, 1);
  });

  it('is to the coordinator how many, and of protected pupils only that the special routine has one', async () => {
    await school.run('morning');

    const { missing, reported, toContact, contacted, protectedFollowUps } = (await school.whole()) ?? {};
    assert.deepEqual(
      { missing, reported, toContact, contacted, protectedFollowUps },
      { missing: 2, reported: 2, toContact: 2, contacted: 0, protectedFollowUps: 1 },
    );
    assert.doesNotMatch(
      JSON.stringify([await school.group(0), await school.whole()]),
      new RegExp(pupilId(19)),
    );
  });

  it('puts those to contact first, and orders names as Swedish does', async () => {
    await school.run('morning');
    for (const [pupil, name] of [
      [0, 'Östen'],
      [4, 'Åke'],
      [5, 'Zara'],
      [6, 'Ärla'],
    ] as const) {
      await school.storage.db
        .updateTable('pupil')
        .set({ givenName: name })
        .where('id', '=', pupilId(pupil))
        .execute();
    }
    school.marks = (pupil) => ([0, 4, 5, 6].includes(pupil) ? 'missing' : 'here');
    await school.run('refresh');
    await contacted(4);

    const names = (await school.group(0))?.missing.map(({ name }) => name.split(' ')[0]);

    assert.deepEqual(names, ['Zara', 'Ärla', 'Östen', 'Åke']);
  });

  it('keeps whoever is still to be contacted, when their lesson is taken back and nothing is said of them any more', async () => {
    await school.run('morning');
    const { marks } = school;
    school.marks = (pupil, day) => (pupil === 0 ? 'unmarked' : (marks?.(pupil, day) ?? 'here'));

    await school.run('refresh');

    const view = await school.group(0);
    assert.doesNotMatch(String(view?.missing.map(({ name }) => name)), /Elev0/);
    assert.deepEqual(
      view?.notSeenYet.map(({ name, followUp }) => [name, followUp?.state]),
      [['Elev0 Exempel', 'open']],
    );
  });

  it('is as of when the data were read: nothing changes because time goes on', async () => {
    await school.run('morning');
    const before = [await school.group(0), await school.whole()];

    school.at('13:00');

    assert.deepEqual(JSON.stringify([await school.group(0), await school.whole()]), JSON.stringify(before));
  });

  it('says who made contact and when, and on which day where it was a later one', async () => {
    await school.run('morning');
    await contacted(0);
    await contacted(1);
    const followUp = async () => (await school.group(0))?.missing[0]?.followUp;
    const told = await followUp();
    assert.ok(told?.state === 'contacted');
    assert.deepEqual([told.by, String(told.at), told.on], ['Anna Berg', '2026-11-23T08:12:00Z', undefined]);

    await contacted(0, clockTime('00:10', MONDAY.add({ days: 1 })));

    const later = await followUp();
    assert.equal(later?.state === 'contacted' ? String(later.on) : '', '2026-11-24');
  });

  it('keeps a pupil on the card of the group that was told, when the pupil has left it since', async () => {
    await school.run('morning');
    school.groupsOf = (pupil) => [pupil === 0 ? 1 : Math.floor(pupil / 20)];
    await school.run('roster');
    await school.run('refresh');

    for (const group of [0, 1]) {
      const names = (await school.group(group))?.missing.map(({ name }) => name);
      assert.ok(names?.includes('Elev0 Exempel'), `${names} in ${group}`);
    }
    const tomorrow = MONDAY.add({ days: 1 });
    school.days.push(tomorrow.toString());
    school.at('08:45', tomorrow);
    await school.run('morning', tomorrow);
    const names = (await school.group(0, tomorrow))?.missing.map(({ name }) => name);
    assert.deepEqual(names, ['Elev1 Exempel']);
  });

  it('counts nobody who has left the school', async () => {
    await school.run('morning');
    const { db } = school.storage;
    for (const pupil of [0, 19])
      await db
        .updateTable('pupil')
        .set({ removedAt: clockTime('09:00') })
        .where('id', '=', pupilId(pupil))
        .execute();

    const { missing, toContact, protectedFollowUps } = (await school.whole()) ?? {};

    assert.deepEqual([missing, toContact, protectedFollowUps], [1, 1, 0]);
  });

  it('tells of pupils to contact who stand on no card', async () => {
    school.groupsOf = (pupil) => (pupil === 0 || pupil === 19 ? [] : [Math.floor(pupil / 20)]);

    await school.run('morning');

    // Lessons concern groups; the teacher has reported the two all the same.
    const view = await school.whole();
    assert.deepEqual([view?.toContact, view?.withoutGroup], [2, 1]);
    const rows = await school.storage.db
      .selectFrom('followUp')
      .select('responsibleStaffId')
      .distinct()
      .execute();
    assert.equal(rows.length, 2);
  });

  it('gives a pupil of two groups to the mentors of one, and shows both', async () => {
    school.groupsOf = (pupil) => (pupil === 0 ? [1, 0] : [Math.floor(pupil / 20)]);

    await school.run('morning');

    const row = await school.storage.db
      .selectFrom('followUp')
      .innerJoin('schoolGroup', 'schoolGroup.id', 'followUp.groupId')
      .select(['schoolGroup.name', 'responsibleStaffId'])
      .where('pupilId', '=', pupilId(0))
      .executeTakeFirst();
    assert.deepEqual([row?.name, row?.responsibleStaffId], ['7A', guid(3, 1)]);
    for (const group of [0, 1]) assert.equal((await school.group(group))?.missing[0]?.pupilId, pupilId(0));
  });

  async function contacted(pupil: number, at = clockTime('09:12')): Promise<void> {
    await school.storage.db
      .updateTable('followUp')
      .set({ state: 'contacted', contactedAt: at, contactedById: 'entra-anna', contactedByName: 'Anna Berg' })
      .where('pupilId', '=', pupilId(pupil))
      .execute();
  }
});
