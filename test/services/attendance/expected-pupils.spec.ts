import assert from 'node:assert/strict';
import type { SourceLesson } from '../../../services/attendance/attendance-source.ts';
import { expectedPupils } from '../../../services/attendance/expected-pupils.ts';
import { lesson, report } from './day-data.ts';

const members: Readonly<Record<string, readonly string[]>> = { '8A': ['p1', 'p2'], '8B': ['p2', 'p3'] };

function offered(more: Partial<SourceLesson>): Readonly<Record<string, number>> {
  const parts = expectedPupils(lesson('l1', '08:00', more), (id) => members[id] ?? []);
  return Object.fromEntries(parts.map((part) => [part.pupilId, part.offeredMinutes]));
}

describe('expectedPupils', () => {
  const cases: readonly { name: string; more: Partial<SourceLesson>; expected: Record<string, number> }[] = [
    { name: 'nobody of no group', more: {}, expected: {} },
    { name: 'the members of a group', more: { groupIds: ['8A'] }, expected: { p1: 60, p2: 60 } },
    {
      name: 'a member of two groups once',
      more: { groupIds: ['8A', '8B'] },
      expected: { p1: 60, p2: 60, p3: 60 },
    },
    {
      name: 'another length for one, and nothing to whoever does not take part',
      more: {
        groupIds: ['8A'],
        exceptions: [
          { pupilId: 'p1', offeredMinutes: 40 },
          { pupilId: 'p2', offeredMinutes: 0 },
        ],
      },
      expected: { p1: 40, p2: 0 },
    },
    {
      name: 'somebody added by an exception',
      more: { groupIds: ['8A'], exceptions: [{ pupilId: 'p9', offeredMinutes: 30 }] },
      expected: { p1: 60, p2: 60, p9: 30 },
    },
    {
      name: 'somebody only a teacher names',
      more: { attendances: [report.here('p9')] },
      expected: { p9: 60 },
    },
    {
      name: 'nothing of a cancelled lesson, whatever else is said',
      more: {
        isCancelled: true,
        groupIds: ['8A'],
        exceptions: [{ pupilId: 'p1', offeredMinutes: 40 }],
        attendances: [report.invalid('p2')],
      },
      expected: { p1: 0, p2: 0 },
    },
    { name: 'nobody of a group that is not known', more: { groupIds: ['9X'] }, expected: {} },
  ];
  for (const { name, more, expected } of cases) {
    it(`expects ${name}`, () => assert.deepEqual(offered(more), expected));
  }

  it('takes what is not reported as unknown', () => {
    const more = { groupIds: ['8A'], attendances: [report.here('p1')] };

    const parts = expectedPupils(lesson('l1', '08:00', more), (id) => members[id] ?? []);

    assert.deepEqual(
      parts.map((part) => [part.pupilId, part.isReported]),
      [
        ['p1', true],
        ['p2', false],
      ],
    );
  });
});
