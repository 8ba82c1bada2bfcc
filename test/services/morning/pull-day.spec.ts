import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import type { AttendanceSource } from '../../../services/attendance/attendance-source.ts';
import { backfill } from '../../../services/morning/close-day.ts';
import { pullDay } from '../../../services/morning/pull-day.ts';
import { forEachEngine } from '../../support/databases.ts';
import { MONDAY, pupilId, reportedAllDay } from '../../support/small-school.ts';
import { daysBefore, type MorningSchool, openMorningSchool } from './morning-school.ts';

forEachEngine('reading a day', (engine) => {
  let school: MorningSchool;
  let asked: string[];

  beforeEach(async () => {
    school = await openMorningSchool(engine);
    await school.run('roster');
    asked = [];
  });
  afterEach(() => school.close());

  it('lays together what two sources give', async () => {
    school.notices = [reportedAllDay(0)];
    school.sources = [noted('lessons'), noted('notices')];

    await pullDay(school.runs, 'norr', MONDAY);

    assert.deepEqual(asked, ['lessons 2026-11-23', 'notices 2026-11-23']);
    assert.equal(await count('lesson'), 2);
    assert.equal(await count('absenceNotice'), 1);
  });

  it('stores nothing where one of them fails: reported pupils would be called missing', async () => {
    const failing = { ...noted('notices'), readDay: () => Promise.reject(new Error('no answer')) };
    school.sources = [noted('lessons'), failing];

    await assert.rejects(pullDay(school.runs, 'norr', MONDAY));

    assert.deepEqual([await count('lesson'), await count('absenceNotice')], [0, 0]);
  });

  it('asks no source for what it does not give', async () => {
    school.sources = [noted('sums')];

    await pullDay(school.runs, 'norr', MONDAY);

    assert.deepEqual(asked, []);
  });

  describe('of the last four weeks, at the first start', () => {
    const twenty = daysBefore(20).map(String);

    it('is done for each school day, the last first', async () => {
      school.sources = [noted('lessons')];

      const read = await backfill(school.runs, school.config, MONDAY);

      assert.equal(read, 20);
      assert.deepEqual(
        asked,
        twenty.map((day) => `lessons ${day}`),
      );
    });

    it('is not done again for what is there', async () => {
      school.days = [...twenty];
      await backfill(school.runs, school.config, MONDAY);
      school.sources = [noted('lessons')];

      assert.equal(await backfill(school.runs, school.config, MONDAY), 0);
      assert.deepEqual(asked, []);
    });

    it('leaves a day out that cannot be read, and says so', async () => {
      school.sources = [noted('lessons', (day) => day === twenty[3])];

      assert.equal(await backfill(school.runs, school.config, MONDAY), 19);
      assert.match(school.log.join(''), new RegExp(`"level":40.*"day":"${twenty[3]}".*judged without it`));
    });

    it('gives up after three of them, so that today does not wait for a source without a memory', async () => {
      school.sources = [noted('lessons', (day) => day !== twenty[0])];

      assert.equal(await backfill(school.runs, school.config, MONDAY), 1);
      assert.equal(asked.length, 4);
    });

    it('does not stand in the way of the morning', async () => {
      school.sources = [noted('lessons', (day) => day !== '2026-11-23')];
      school.marks = (pupil) => (pupil === 0 ? 'missing' : 'here');

      await school.run('morning');

      assert.deepEqual(await school.followUps(), [[pupilId(0), 'open', 'unreportedAbsence']]);
    });
  });

  it('in the evening is done once more for the days before, since teachers correct what they reported', async () => {
    const [friday = MONDAY] = daysBefore(1);
    school.days = [friday.toString(), MONDAY.toString()];
    school.marks = () => 'missing';
    await school.run('dayClose', friday);
    school.marks = () => 'here';

    await school.run('dayClose');

    const rows = await school.storage.db.selectFrom('daySum').select(['day', 'lessonsMissed']).execute();
    assert.equal(rows.length, 40);
    assert.ok(rows.every(({ lessonsMissed }) => lessonsMissed === 0));
  });

  /** A source of one kind that notes what it is asked for; `fails` says for which days it has no answer. */
  function noted(
    kind: 'lessons' | 'notices' | 'sums',
    fails: (day: string) => boolean = () => false,
  ): AttendanceSource {
    return {
      ...school.attendance,
      id: kind,
      gives: new Set([kind]),
      readDay: async (schoolId, day) => {
        asked.push(`${kind} ${day}`);
        if (fails(day.toString())) throw new Error('no answer');
        const whole = await school.attendance.readDay(schoolId, Temporal.PlainDate.from(day));
        return kind === 'lessons' ? { ...whole, notices: [] } : { ...whole, lessons: [] };
      },
    };
  }

  async function count(table: 'lesson' | 'absenceNotice'): Promise<number> {
    const rows = await school.storage.db.selectFrom(table).select('id').execute();
    return rows.length;
  }
});
