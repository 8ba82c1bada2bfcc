import assert from 'node:assert/strict';
import type { AttendanceSource } from '../../../services/attendance/attendance-source.ts';
import { forEachEngine } from '../../support/databases.ts';
import { dump } from '../../support/dump.ts';
import { clockTime, pupilId, reportedAllDay } from '../../support/small-school.ts';
import { type MorningSchool, openMorningSchool } from './morning-school.ts';

const FACTS = [
  'lesson',
  'pupil_lesson',
  'absence_notice',
  'day_sum',
  'follow_up',
  'morning',
  'post',
  'audit',
];

forEachEngine('a school’s morning', (engine) => {
  let school: MorningSchool;

  beforeEach(async () => {
    school = await openMorningSchool(engine, { withProtected: true });
  });
  afterEach(() => school.close());

  it('reads the day, opens what is to be followed up, and wants a card for each group and for the coordinator', async () => {
    school.marks = (pupil) => (pupil < 2 ? 'missing' : 'here');
    school.notices = [reportedAllDay(1)];

    await school.run('morning');

    assert.deepEqual(await school.followUps(), [[pupilId(0), 'open', 'unreportedAbsence']]);
    assert.deepEqual(await school.wanted(), ['morning 1', 'morning 1', 'schoolMorning 1']);
    assert.deepEqual(school.enqueued, ['deliver']);
    assert.equal((await school.whole())?.state, 'released');
  });

  it('opens nothing twice, and keeps its cards, when it is repeated', async () => {
    school.marks = (pupil) => (pupil < 2 ? 'missing' : 'here');
    await school.run('morning');
    const before = await dump(
      school.storage.db,
      FACTS.filter((table) => table !== 'post'),
    );

    await school.run('morning');

    assert.deepEqual(
      await dump(
        school.storage.db,
        FACTS.filter((table) => table !== 'post'),
      ),
      before,
    );
    assert.deepEqual(await school.wanted(), ['morning 2', 'morning 2', 'schoolMorning 2']);
  });

  it('is not set back by a reading that began before and took longer', async () => {
    await school.run('morning');
    const [source] = school.sources;
    assert.ok(source !== undefined);
    let letGo = () => {};
    const heldUp = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const isAsked = new Promise<void>((resolve) => {
      const slow: AttendanceSource = {
        ...source,
        readDay: async (...asked) => {
          resolve();
          await heldUp;
          return await source.readDay(...asked);
        },
      };
      school.sources.splice(0, 1, slow);
    });
    school.at('10:00');
    const slow = school.run('refresh');
    await isAsked;
    school.sources.splice(0, 1, source);
    school.at('10:30');
    await school.run('refresh');

    letGo();
    await slow;

    assert.equal(String((await school.whole())?.dataAt), String(clockTime('10:30')));
  });

  it('stores nothing of a day that a source fails to give', async () => {
    await school.run('roster');
    const before = await dump(school.storage.db, FACTS);
    school.failure = new Error('no answer');

    await assert.rejects(school.run('morning'));

    assert.deepEqual(await dump(school.storage.db, FACTS), before);
  });

  it('follows nothing up where the delivery cannot be rung for', async () => {
    school.marks = (pupil) => (pupil === 0 ? 'missing' : 'here');
    const jobs = { enqueue: () => Promise.reject(new Error('no queue')) };
    Object.assign(school.runs, { jobs });

    await assert.rejects(school.run('morning'));

    assert.deepEqual(await school.followUps(), []);
    assert.deepEqual(await school.wanted(), []);
    assert.equal(await school.whole(), undefined);
  });

  it('follows every long-term absent pupil up, also one who is reported', async () => {
    await school.longTermAbsent(0);
    school.marks = (pupil) => (pupil === 0 ? 'missing' : 'here');
    school.notices = [reportedAllDay(0)];

    await school.run('morning');

    assert.deepEqual(await school.followUps(), [[pupilId(0), 'open', 'longTermAbsence']]);
  });

  it('follows one up whose first lesson is still to come', async () => {
    await school.longTermAbsent(0);
    school.at('08:00');
    await school.run('morning');

    assert.deepEqual(await school.followUps(), [[pupilId(0), 'open', 'longTermAbsence']]);
  });

  it('closes what a guardian’s report explains later, and says why', async () => {
    school.marks = (pupil) => (pupil === 0 ? 'missing' : 'here');
    await school.run('morning');
    school.notices = [reportedAllDay(0)];

    await school.run('refresh');

    assert.deepEqual(await school.followUps(), [[pupilId(0), 'closed', 'unreportedAbsence']]);
    assert.match(await reasonsInAudit(), /followUp\.closed reported/);
  });

  it('calls a pupil late who has turned up', async () => {
    school.marks = (pupil) => (pupil === 0 ? 'missing' : 'here');
    await school.run('morning');
    school.marks = (pupil) => (pupil === 0 ? 'late' : 'here');

    await school.run('refresh');

    assert.deepEqual(await school.followUps(), [[pupilId(0), 'closed', 'unreportedAbsence']]);
    const view = await school.group(0);
    assert.deepEqual([view?.missing, view?.quality.lateArrivals], [[], 1]);
  });

  it('tells the log how it went in figures, and never a name, a pupil or a reason', async () => {
    school.marks = (pupil) => (pupil < 2 ? 'missing' : 'here');
    const rejected = [{ kind: 'attendance', id: pupilId(9), path: 'student.id', reason: 'invalid_type' }];
    const { readDay } = school.attendance;
    school.sources = [
      { ...school.attendance, readDay: async (...asked) => ({ ...(await readDay(...asked)), rejected }) },
    ];

    await school.run('morning');
    await school.run('refresh');
    await school.run('dayClose');

    const log = school.log.join('');
    assert.match(log, /"opened":2/);
    assert.match(log, /could not be read and were left out/);
    assert.doesNotMatch(log, /Elev\d|Exempel|Maja|Mentor"|00000001-0000-4000-8000/);
  });

  async function reasonsInAudit(): Promise<string> {
    const rows = await school.storage.db.selectFrom('audit').select(['action', 'details']).execute();
    return rows
      .map(({ action, details }) => `${action} ${(details as { reason?: string }).reason}`)
      .join('\n');
  }
});
