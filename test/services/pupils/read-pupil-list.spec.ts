import assert from 'node:assert/strict';
import { EVERYBODY } from '../../../services/pupils/pupil-filter.ts';
import { readPupilList } from '../../../services/pupils/read-pupil-list.ts';
import { acceptCase } from '../../../services/routine/accept-case.ts';
import { forEachEngine } from '../../support/databases.ts';
import { EVA } from '../../support/small-staff.ts';
import { karin, MONDAY, openRoutineSchool, type RoutineSchool } from '../routine/routine-school.ts';

forEachEngine('readPupilList', (engine) => {
  let own: RoutineSchool;
  beforeEach(async () => {
    own = await openRoutineSchool(engine);
  });
  afterEach(() => own.close());

  const list = (filter = {}, day = MONDAY) =>
    readPupilList({ db: own.storage.db, routines: own.routines }, own.school, day, {
      ...EVERYBODY,
      ...filter,
    });

  it('shows each pupil once, at the gravest level, with the percent of its window', async () => {
    await own.absent('p1', 25);
    await own.absent('p2', 15);
    await own.evaluate();

    const view = await list();

    assert.deepEqual(
      view.pupils.map(({ pupilId, level, absence, isProposed }) => [
        pupilId,
        level.key,
        absence?.total,
        isProposed,
      ]),
      [
        ['p1', 'investigation', 0.25, true],
        ['p2', 'notice', 0.15, true],
      ],
    );
    assert.deepEqual(
      view.levels.map(({ name }) => name),
      ['Utredning', 'Ser över'],
    );
    assert.deepEqual(view.groups, ['8A']);
  });

  it('shows a protected pupil by a reference alone, and not where a grade or group is asked for', async () => {
    await own.absent('p3', 25);
    await own.evaluate();

    const [protectedOne] = (await list()).protectedPupils;

    assert.deepEqual(Object.keys(protectedOne ?? {}).toSorted(), [
      'absence',
      'isProposed',
      'level',
      'overdue',
      'reference',
    ]);
    assert.equal((await list()).pupils.length, 0);
    assert.equal((await list({ level: 'investigation' })).protectedPupils.length, 1);
    assert.equal((await list({ grade: 8 })).protectedPupils.length, 0);
    assert.equal((await list({ group: '8A' })).protectedPupils.length, 0);
  });

  it('counts the steps that are overdue, and narrows to them and to those without a contact person', async () => {
    await own.absent('p1', 15);
    await own.absent('p2', 15);
    await own.evaluate();
    await acceptCase(own.deps, {
      ...karin,
      school: own.school,
      caseId: (await own.caseOf('p1', 'notice')).id,
    });
    await own.storage.db
      .insertInto('contactPerson')
      .values({
        pupilId: 'p2',
        schoolId: 'norr',
        staffId: EVA,
        since: own.deps.clock.now(),
        appointedById: 'k',
        appointedByName: 'Karin',
      })
      .execute();

    const later = MONDAY.add({ days: 14 });
    const idsOf = async (filter: object) => (await list(filter, later)).pupils.map(({ pupilId }) => pupilId);

    assert.deepEqual(
      (await list({}, later)).pupils.map(({ pupilId, overdue }) => `${pupilId} ${overdue}`).toSorted(),
      ['p1 1', 'p2 0'],
    );
    assert.deepEqual(await idsOf({ isOverdue: true }), ['p1']);
    assert.deepEqual(await idsOf({ isWithoutContactPerson: true }), ['p1']);
    assert.equal((await list()).pupils.find(({ pupilId }) => pupilId === 'p2')?.contactPerson, 'Eva Ek');
  });

  it('shows nobody whose case is over, or who has left', async () => {
    await own.absent('p1', 25);
    await own.evaluate();
    await own.storage.db
      .updateTable('pupil')
      .set({ removedAt: own.deps.clock.now() })
      .where('id', '=', 'p1')
      .execute();

    assert.deepEqual((await list()).pupils, []);
  });
});
