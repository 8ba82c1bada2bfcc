import assert from 'node:assert/strict';
import {
  type Action,
  actions,
  isAllowed,
  type Role,
  roles,
  type Whose,
} from '../../../services/people/permissions.ts';

const whose: readonly Whose[] = ['own', 'channel', 'school', 'other'];

/** What the routine says, written out a second time and by hand: o own, c channel, s school, * anywhere, - nothing. */
const table: Readonly<Record<Role, string>> = {
  //                     contact undo handOver appoint standIn others release list remind bind judge step pupil pupils name help eht
  mentor:
    '                    c       -    c        -       o       -      -       o    -      -    -     -    o     -      -    -    -',
  contactPerson:
    '                    o       -    o        -       o       -      -       o    -      -    -     -    o     -      -    -    -',
  standIn:
    '                    o       -    o        -       -       -      -       o    -      -    -     -    o     -      -    -    -',
  responsible:
    '                    o       -    o        -       -       -      -       o    -      -    -     -    -     -      -    -    -',
  stepOwner:
    '                    -       -    -        -       -       -      -       -    -      -    -     o    o     -      -    -    -',
  attendanceCoordinator:
    '                    s       s    s        s       s       s      s       s    s      s    s     s    s     s      s    s    s',
  mobileSchoolTeam:
    '                    s       -    s        -       -       -      -       s    -      -    -     -    s     s      -    -    s',
  principal:
    '                    s       s    s        s       s       s      s       s    s      s    s     s    s     s      s    s    s',
  ehtMember:
    '                    -       -    -        -       -       -      -       -    -      -    -     -    s     -      -    -    s',
  admin:
    '                    -       -    -        -       -       -      -       -    -      *    -     -    -     -      -    -    -',
};
const order: readonly Action[] = [
  'recordContact',
  'undoOthers',
  'handOver',
  'appointContactPerson',
  'appointStandIn',
  'appointOthersStandIn',
  'releaseMorning',
  'listOpen',
  'remindAll',
  'bindChannel',
  'judgeCases',
  'handleStep',
  'viewPupil',
  'listPupils',
  'nameAnyPupil',
  'readWholeHelp',
  'workInEht',
];
const reach: Readonly<Record<string, number>> = { '-': 0, o: 1, c: 2, s: 3, '*': 4 };

describe('permissions', () => {
  it('names every role and every action', () => {
    assert.deepEqual([...roles].sort(), Object.keys(table).sort());
    assert.deepEqual([...actions].sort(), [...order].sort());
  });

  for (const role of roles) {
    const signs = table[role].trim().split(/\s+/);
    for (const [index, action] of order.entries()) {
      const sign = signs[index] ?? '?';
      it(`lets ${role} ${action} as far as "${sign}"`, () => {
        const allowed = whose.filter((each) => isAllowed(role, action, each));

        assert.deepEqual(allowed, whose.slice(0, reach[sign]));
      });
    }
  }
});
