import assert from 'node:assert/strict';
import { readNewlyAbove } from '../../../services/digest/above-limits.ts';
import { readContactTimes, rebuildContactTime } from '../../../services/digest/contact-time.ts';
import { readDigestGroups, readDigestTotal } from '../../../services/digest/digest-groups.ts';
import { takeRungs } from '../../../services/follow-up/take-rungs.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import { clockTime, groupId, MONDAY, pupilId } from '../../support/small-school.ts';
import { ANNA } from '../../support/small-staff.ts';
import { addChat, addOpen, rungsAt, seedSchool, TABLES } from '../follow-up/reminder-school.ts';
import { schoolWith } from '../schedule/schools.ts';

forEachEngine('the figures of the digest', (engine) => {
  let storage: Storage;
  let db: Db;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => {
    await empty(db, [...TABLES, 'contact_time', 'day_sum']);
    await seedSchool(db);
  });
  after(async () => await storage.close());

  const schoolDay = { schoolId: 'norr', day: MONDAY };
  const reached = (time: string) =>
    ({
      state: 'contacted',
      firstMissedAt: clockTime('08:10'),
      contactedAt: clockTime(time),
      contactedById: 'entra-anna',
      contactedByName: 'Anna Berg',
    }) as const;
  const closed = { state: 'closed', closedAt: clockTime('09:00'), closedReason: 'reported' } as const;
  const time = async () => (await readContactTimes(db, 'norr', { from: MONDAY, to: MONDAY }))[0];

  it('take the median of those who were reached, and count none that needed nothing', async () => {
    for (const [index, at] of ['08:20', '08:40', '10:10'].entries()) await addOpen(db, index, reached(at));
    await addOpen(db, 3);
    await addOpen(db, 4, closed);
    await addOpen(db, 5, { ...closed, attempts: 1 });

    await rebuildContactTime(db, schoolDay, clockTime('11:00'));

    assert.deepEqual(await time(), { day: MONDAY, followUps: 5, contacted: 3, medianMinutes: 30 });
  });

  it('come out the same however often they are built again, and follow what is taken back', async () => {
    await addOpen(db, 0, reached('08:20'));
    const rebuild = async () => await rebuildContactTime(db, schoolDay, clockTime('11:00'));
    await rebuild();
    await rebuild();
    const before = await time();
    const undone = { state: 'open', contactedAt: null, contactedById: null, contactedByName: null } as const;
    await db.updateTable('followUp').set(undone).execute();

    await rebuild();

    assert.equal(before?.medianMinutes, 10);
    assert.deepEqual(await time(), { day: MONDAY, followUps: 1, contacted: 0, medianMinutes: undefined });
  });

  it('count each group, and those without a group in the whole', async () => {
    await addChat(db, ANNA);
    await addOpen(db, 0, reached('08:20'));
    await addOpen(db, 1, { attempts: 1, dueAt: clockTime('12:00') });
    await addOpen(db, 2);
    await addOpen(db, 3, { groupId: groupId(1), ...closed });
    await addOpen(db, 4, { groupId: null, dueAt: clockTime('15:00'), firstDueAt: clockTime('15:00') });
    await takeRungs(rungsAt(db, '10:00').deps);

    const groups = await readDigestGroups(db, 'norr', MONDAY, clockTime('10:00'));

    assert.deepEqual(groups, [
      { name: '8A', followUps: 3, contacted: 1, notReached: 1, open: 2, overdue: 1, unreportedLessons: 0 },
    ]);
    const total = await readDigestTotal(db, 'norr', MONDAY);
    assert.deepEqual(total, { followUps: 4, contacted: 1, notReached: 1, open: 3, overdue: 1 });
  });

  it('name who has come above a limit since the school day before: strictly, and no protected pupil', async () => {
    const sum = (number: number, day: string, missedMinutes: number) => ({
      pupilId: pupilId(number),
      day: MONDAY.with({ day: Number(day) }),
      schoolId: 'norr',
      offeredMinutes: 100,
      reportedMinutes: 100,
      validMinutes: 0,
      invalidMinutes: missedMinutes,
      lessons: 1,
      lessonsReported: 1,
      lessonsMissed: 0,
      lateArrivals: 0,
    });
    for (const number of [0, 1, 2]) await addOpen(db, number);
    await addOpen(db, 3, { isProtected: true });
    await db
      .insertInto('daySum')
      .values([
        ...[sum(0, '19', 0), sum(0, '20', 42)],
        ...[sum(1, '19', 0), sum(1, '20', 40)],
        ...[sum(2, '19', 60), sum(2, '20', 60)],
        ...[sum(3, '19', 0), sum(3, '20', 90)],
      ])
      .execute();

    const above = await readNewlyAbove(db, schoolWith(), MONDAY);

    assert.deepEqual(
      above.map(({ name, limit, absence, reporting }) => [name, limit, absence, reporting]),
      [['Elev0 Exempel', 0.2, 0.21, 1]],
    );
  });
});
