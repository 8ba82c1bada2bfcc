import assert from 'node:assert/strict';
import { readPupilPage } from '../../../services/pupils/read-pupil-page.ts';
import { readViewable } from '../../../services/pupils/viewable-pupils.ts';
import { declineCase, withdrawCase } from '../../../services/routine/end-case.ts';
import { forEachEngine } from '../../support/databases.ts';
import { ANNA, EVA } from '../../support/small-staff.ts';
import { karin, MONDAY, openRoutineSchool, type RoutineSchool } from '../routine/routine-school.ts';

forEachEngine('readPupilPage', (engine) => {
  let own: RoutineSchool;
  before(async () => {
    own = await openRoutineSchool(engine);
    await own.absent('p1', 25);
    await own.absent('p3', 25);
    await own.evaluate();
    await contacts(12);
  });
  after(() => own.close());

  const page = (pupilId: string, school = own.school) =>
    readPupilPage({ db: own.storage.db, routines: own.routines }, school, pupilId, MONDAY);

  /** So many contacts, a minute apart, the first of them undone. */
  async function contacts(count: number): Promise<void> {
    const { db } = own.storage;
    const { id: followUpId } = await db
      .insertInto('followUp')
      .values({
        pupilId: 'p1',
        schoolId: 'norr',
        day: MONDAY,
        reason: 'unreportedAbsence',
        state: 'open',
        openedAt: own.deps.clock.now(),
        dueAt: own.deps.clock.now(),
      } as never)
      .returning('id')
      .executeTakeFirstOrThrow();
    const rows = Array.from({ length: count }, (_, number) => ({
      followUpId,
      pupilId: 'p1',
      schoolId: 'norr',
      day: MONDAY,
      outcome: 'reached' as const,
      actorId: 'a',
      conversationId: '19:a',
      actorName: `Anna ${number}`,
      at: own.deps.clock.now().add({ minutes: number }),
      baseVersion: number,
      ...(number === 0 ? { undoneAt: own.deps.clock.now(), undoneById: 'a', undoneByName: 'Anna' } : {}),
    }));
    await db
      .insertInto('contact')
      .values(rows as never)
      .execute();
  }

  it('has the weeks, the windows, the last ten contacts, and every case with its steps', async () => {
    const view = await page('p1');

    assert.deepEqual(view?.weeks.map(({ monday, validMinutes }) => `${monday} ${validMinutes}`).slice(-2), [
      '2026-11-16 1250',
      '2026-11-23 250',
    ]);
    assert.equal(view?.windows.fourWeeks?.validMinutes, 5_000);
    assert.deepEqual(view?.contacts.map(({ by }) => by).slice(0, 2), ['Anna 11', 'Anna 10']);
    assert.deepEqual([view?.contacts.length, view?.moreContacts], [10, 1]);
    assert.deepEqual(view?.cases.map(({ levelName, state }) => `${levelName} ${state}`).toSorted(), [
      'Ser över proposed',
      'Utredning proposed',
    ]);
    const steps = view?.cases.flatMap((one) =>
      one.steps.map(({ name, hasLegalWeight }) => `${name} ${hasLegalWeight}`),
    );
    assert.deepEqual(steps?.toSorted(), ['Brev false', 'Enkel utredning true', 'Ser över false']);
  });

  it('is not there for a protected pupil, nor for one of another school, nor for nobody', async () => {
    assert.equal(await page('p3'), undefined);
    assert.equal(await page('p1', { ...own.school, id: 'soder' }), undefined);
    assert.equal(await page('nobody'), undefined);
  });

  it('can be meant by a name only of those who are somebody’s to see, and never of a protected pupil', async () => {
    const ids = async (staffId: string, schoolIds: readonly string[] = []) =>
      (await readViewable(own.storage.db, { staffId, day: MONDAY, schoolIds }))
        .map(({ id }) => id)
        .toSorted();

    assert.deepEqual(await ids(EVA, ['norr']), ['p1', 'p2']);
    assert.deepEqual(await ids(ANNA), ['p1', 'p2']);
    assert.deepEqual(await ids(EVA), []);
    await own.storage.db
      .updateTable('routineStep')
      .set({ state: 'open', ownerStaffId: EVA })
      .where('pupilId', 'in', ['p1', 'p3'])
      .execute();
    assert.deepEqual(await ids(EVA), ['p1']);
  });

  it('tells a case that somebody has declined from one that rested on wrong data', async () => {
    const notice = await own.caseOf('p1', 'notice');
    const investigation = await own.caseOf('p1', 'investigation');
    await own.storage.db
      .updateTable('routineCase')
      .set({ asks: 'withdraw', askedDay: MONDAY })
      .where('id', '=', investigation.id)
      .execute();

    await declineCase(own.deps, { ...karin, caseId: notice.id, reason: 'wrongData' });
    await withdrawCase(own.deps, { ...karin, caseId: investigation.id });

    const view = await page('p1');
    assert.deepEqual(view?.cases.map(({ levelName, state }) => `${levelName} ${state}`).toSorted(), [
      'Ser över declined',
      'Utredning withdrawn',
    ]);
  });
});
