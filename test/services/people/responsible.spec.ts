import assert from 'node:assert/strict';
import { responsibleFor } from '../../../services/people/responsible.ts';

describe('responsibleFor', () => {
  const cases = [
    { name: 'nobody without a group', mentors: undefined, expected: undefined },
    { name: 'nobody in a group without mentors', mentors: [], expected: undefined },
    { name: 'the only mentor', mentors: ['t1'], expected: 'mentor t1' },
    { name: 'the same of several, as given', mentors: ['t1', 't2'], expected: 'mentor t1' },
    { name: 'the same of several, turned round', mentors: ['t2', 't1'], expected: 'mentor t1' },
    { name: 'the mentor who is there', mentors: ['t1', 't2'], away: { t1: 't9' }, expected: 'mentor t2' },
    { name: 'the stand-in where all are away', mentors: ['t1'], away: { t1: 't9' }, expected: 'standIn t9' },
    {
      name: 'the contact person before any mentor',
      mentors: ['t1'],
      contact: 't5',
      expected: 'contactPerson t5',
    },
    {
      name: 'a contact person without a group',
      mentors: undefined,
      contact: 't5',
      expected: 'contactPerson t5',
    },
    {
      name: 'who stands in for the contact person',
      mentors: ['t1'],
      contact: 't5',
      away: { t5: 't9' },
      expected: 'standIn t9',
    },
    {
      name: 'the stand-in even where they are away too: somebody has to be named',
      mentors: ['t1'],
      away: { t1: 't9', t9: 't8' },
      expected: 'standIn t9',
    },
  ];
  for (const { name, mentors, contact, away = {}, expected } of cases) {
    it(`is ${name}`, () => {
      const group = mentors === undefined ? undefined : { mentorIds: mentors };
      const found = responsibleFor('p1', group, {
        contactPersons: new Map(contact === undefined ? [] : [['p1', contact]]),
        standIns: new Map(Object.entries(away)),
      });

      assert.equal(found && `${found.role} ${found.staffId}`, expected);
    });
  }
});
