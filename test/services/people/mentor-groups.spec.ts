import assert from 'node:assert/strict';
import { importRoster } from '../../../services/people/import-roster.ts';
import { groupOf, mentorGroups } from '../../../services/people/mentor-groups.ts';
import type { RosterChange } from '../../../services/people/roster-source.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import { group, protectedPupil, pupil, roster, teacher } from './roster-data.ts';

forEachEngine('mentorGroups', (engine) => {
  let storage: Storage;
  let db: Db;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => {
    await empty(db, ['pupil', 'staff', 'school_group', 'group_member', 'group_mentor', 'source_cursor']);
  });
  after(async () => await storage.close());

  async function given(change: Partial<RosterChange>): Promise<void> {
    await importRoster({ db }, 'hub', roster(change), { mostGone: 1 });
  }

  it('gives the groups of the school with their pupils and mentors, by name', async () => {
    await given({
      pupils: [pupil('p2'), protectedPupil('p1'), pupil('s1', 'south')],
      staff: [teacher('t2'), teacher('t1')],
      groups: [
        group('g10', [], { name: '8 10' }),
        group('g9', ['p2', 'p1'], { name: '8 9', mentorIds: ['t2', 't1'] }),
        group('south', ['s1'], { schoolId: 'south' }),
        group('maths', ['p1'], { kind: 'teaching' }),
      ],
    });

    assert.deepEqual(await mentorGroups({ db }, 'north'), [
      { id: 'g9', name: '8 9', pupilIds: ['p1', 'p2'], mentorIds: ['t1', 't2'] },
      { id: 'g10', name: '8 10', pupilIds: [], mentorIds: [] },
    ]);
  });

  it('takes classes where the school has no mentor groups, and only there', async () => {
    const classes = [group('8A', ['p1'], { kind: 'class' }), group('m1', ['p1'], { schoolId: 'south' })];
    await given({ pupils: [pupil('p1')], groups: classes });

    const without = await mentorGroups({ db }, 'north');
    await given({ pupils: [pupil('p1')], groups: [...classes, group('m2', ['p1'])] });
    const withSome = await mentorGroups({ db }, 'north');

    assert.deepEqual(
      without.map((each) => each.id),
      ['8A'],
    );
    assert.deepEqual(
      withSome.map((each) => each.id),
      ['m2'],
    );
  });

  it('leaves out whoever has left: group, pupil, mentor', async () => {
    const groups = [group('8A', ['p1', 'p2'], { mentorIds: ['t1', 't2'] }), group('8B', [])];
    await given({ pupils: [pupil('p1'), pupil('p2')], staff: [teacher('t1'), teacher('t2')], groups });

    await given({ isWhole: false, removed: { personIds: ['p1', 't1'], groupIds: ['8B'] } });

    const left = await mentorGroups({ db }, 'north');
    assert.deepEqual(left, [{ id: '8A', name: '8A', pupilIds: ['p2'], mentorIds: ['t2'] }]);
  });
});

describe('groupOf', () => {
  const groups = [
    { id: 'g1', name: '8A', pupilIds: ['p1'], mentorIds: [] },
    { id: 'g2', name: '8B', pupilIds: ['p1', 'p2'], mentorIds: [] },
  ];

  it('finds the first of a pupil’s groups', () => {
    assert.deepEqual(
      ['p1', 'p2', 'p3'].map((id) => groupOf(groups, id)?.id),
      ['g1', 'g2', undefined],
    );
  });
});
