import assert from 'node:assert/strict';
import type { PupilToday } from '../../../services/attendance/today.ts';
import { type FollowUpRow, followUpChange, hasBeenTried } from '../../../services/follow-up/follow-up.ts';
import { followUpRow } from './follow-up-rows.ts';
import { standing } from './standing.ts';

type State = FollowUpRow['state'] | 'nothing';
const missing = standing(0, 'missing');
const reported = standing(0, 'reported');
const present = standing(0, 'present');
const unknown = standing(0, 'unknown');
const noLessons = standing(0, 'noLessons');
const longTerm = (pupil: PupilToday): PupilToday => ({ ...pupil, isLongTerm: true });
/** Seen in the morning and missed since, as far as anybody has reported. */
const seenBefore = (pupil: PupilToday): PupilToday => ({ ...pupil, isSeen: true });

describe('what today’s facts mean for a follow-up', () => {
  const rules: readonly (readonly [string, State, PupilToday, string])[] = [
    ['whoever is missing is to be contacted', 'nothing', missing, 'open unreportedAbsence'],
    ['whoever is reported is not', 'nothing', reported, 'none'],
    ['whoever is here is not', 'nothing', present, 'none'],
    ['nobody is, of whom nothing is known', 'nothing', unknown, 'none'],
    ['nobody is before the first lesson', 'nothing', noLessons, 'none'],
    ['a long-term absent pupil who is missing is', 'nothing', longTerm(missing), 'open longTermAbsence'],
    ['one is also where the absence is reported', 'nothing', longTerm(reported), 'open longTermAbsence'],
    ['one is also where nothing is reported yet', 'nothing', longTerm(unknown), 'open longTermAbsence'],
    ['one who is here is not', 'nothing', longTerm(present), 'none'],
    [
      'one who has been seen today is not, where the rest is reported',
      'nothing',
      longTerm(seenBefore(reported)),
      'none',
    ],
    [
      'one who was seen and is missing now is',
      'nothing',
      longTerm(seenBefore(missing)),
      'open longTermAbsence',
    ],
    ['one is also before the first lesson', 'nothing', longTerm(noLessons), 'open longTermAbsence'],
    ['one is not on a day without lessons', 'nothing', longTerm({ ...noLessons, hasLessons: false }), 'none'],

    ['a report that comes later ends it', 'open', reported, 'close reported'],
    ['coming late ends it', 'open', present, 'close arrived'],
    ['that nothing is known any more ends nothing', 'open', unknown, 'none'],
    ['that the lessons are gone ends nothing', 'open', noLessons, 'none'],
    ['whoever is still missing is still to be contacted', 'open', missing, 'none'],
    ['a report does not end that of a long-term absent pupil', 'open', longTerm(reported), 'none'],
    ['being seen does', 'open', longTerm(present), 'close arrived'],

    ['whoever is missing after all is to be contacted again', 'closed', missing, 'reopen'],
    ['whoever is reported stays ended', 'closed', reported, 'none'],
    ['whoever is here stays ended', 'closed', present, 'none'],
    [
      'a long-term absent pupil who turns out reported and unseen is to be contacted again',
      'closed',
      longTerm(reported),
      'reopen',
    ],

    ['that contact which was made was not needed is kept with it', 'contacted', reported, 'close reported'],
    ['so is that the pupil came', 'contacted', present, 'close arrived'],
    ['contact stays while the pupil is missing', 'contacted', missing, 'none'],
    ['contact stays while nothing is known', 'contacted', unknown, 'none'],
    [
      'a report makes no contact with a long-term absent pupil needless',
      'contacted',
      longTerm(reported),
      'none',
    ],
  ];

  for (const [rule, state, pupil, expected] of rules) {
    it(rule, () => {
      const change = followUpChange(state === 'nothing' ? undefined : row(state), pupil);

      assert.equal('reason' in change ? `${change.kind} ${change.reason}` : change.kind, expected);
    });
  }

  it('contact that was not needed is needed after all where the report is taken back', () => {
    const row = followUpRow({ state: 'contacted', closedReason: 'reported' });

    assert.deepEqual(followUpChange(row, missing), { kind: 'reopen' });
    assert.deepEqual(followUpChange(row, reported), { kind: 'none' });
  });
});

describe('hasBeenTried', () => {
  const cases: readonly (readonly [string, Partial<FollowUpRow>, boolean])[] = [
    ['nobody has pressed', {}, false],
    ['somebody reached nobody', { attempts: 1 }, true],
    ['somebody reached somebody', { state: 'contacted' }, true],
    ['it was closed before anybody tried', { state: 'closed' }, false],
  ];
  for (const [name, row, expected] of cases) {
    it(`is ${expected} where ${name}`, () => {
      assert.equal(hasBeenTried(followUpRow(row)), expected);
    });
  }
});

function row(state: FollowUpRow['state']): FollowUpRow {
  return followUpRow({ state, closedReason: state === 'closed' ? 'reported' : null });
}
