import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import type { AttendanceSource } from '../../../services/attendance/attendance-source.ts';
import { pullSums } from '../../../services/morning/pull-sums.ts';
import { forEachEngine } from '../../support/databases.ts';
import { MONDAY, openRoutineSchool, type RoutineSchool } from '../routine/routine-school.ts';

forEachEngine('pullSums', (engine) => {
  let own: RoutineSchool;
  let asked: string[];
  beforeEach(async () => {
    own = await openRoutineSchool(engine);
    asked = [];
  });
  afterEach(() => own.close());

  function source(...gives: readonly ('lessons' | 'sums')[]): AttendanceSource {
    return {
      id: 'sums',
      gives: new Set(gives),
      readDay: async () => ({
        lessons: [],
        notices: [],
        rejected: [],
        readAt: Temporal.Instant.from('2026-11-23T16:00:00Z'),
      }),
      readSums: async (_school, firstDay, lastDay) => {
        asked.push(`${firstDay} ${lastDay}`);
        const minutes = {
          offeredMinutes: 6_000,
          reportedMinutes: 6_000,
          validMinutes: 1_500,
          invalidMinutes: 0,
        };
        return { sums: [{ pupilId: 'p1', ...minutes }], rejected: [] };
      },
    };
  }
  const pull = (...gives: readonly ('lessons' | 'sums')[]) =>
    pullSums(
      { db: own.storage.db, attendance: [source(...gives)], log: { warn: () => {} } as never },
      own.school,
      MONDAY,
    );

  it('reads each window once, and the routine is judged by them at the close of the day', async () => {
    await pull('sums');
    const { proposed } = await own.evaluate();

    assert.deepEqual(
      asked.toSorted(),
      ['2026-08-18', '2026-10-27', '2026-11-01', '2026-11-23'].map((first) => `${first} ${MONDAY}`),
    );
    assert.equal(proposed, 2);
    assert.equal((await own.caseOf('p1', 'investigation')).state, 'proposed');
  });

  it('reads nothing where there are lessons, or no sums', async () => {
    await pull('lessons', 'sums');
    await pull('lessons');

    assert.deepEqual(asked, []);
  });
});
