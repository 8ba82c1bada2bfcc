import assert from 'node:assert/strict';
import { firstResponsible } from '../../../services/people/responsible.ts';

describe('firstResponsible', () => {
  const cases = [
    { name: 'nobody without a group', group: undefined, expected: undefined },
    { name: 'nobody in a group without mentors', group: { mentorIds: [] }, expected: undefined },
    { name: 'the only mentor', group: { mentorIds: ['t1'] }, expected: 't1' },
    { name: 'the same of several, as given', group: { mentorIds: ['t1', 't2'] }, expected: 't1' },
    { name: 'the same of several, turned round', group: { mentorIds: ['t2', 't1'] }, expected: 't1' },
  ];
  for (const { name, group, expected } of cases) {
    it(`is ${name}`, () => assert.equal(firstResponsible(group), expected));
  }
});
