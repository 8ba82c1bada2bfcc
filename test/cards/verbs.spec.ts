import assert from 'node:assert/strict';
import { type Verb, verbs } from '../../cards/verbs.ts';
import { guid } from '../support/small-school.ts';

const contacted = { pupil: guid(1, 1), day: '2026-11-23', group: guid(2, 1), page: 0 };
const page = { group: guid(2, 1), day: '2026-11-23', page: 1 };
const release = { school: 'norr', day: '2026-11-23' };

describe('verbs', () => {
  const taken: readonly (readonly [Verb, object])[] = [
    ['followUp.contacted', contacted],
    ['morning.page', page],
    ['morning.release', release],
  ];
  for (const [verb, payload] of taken) {
    it(`takes what the card of ${verb} sends`, () => {
      assert.deepEqual(verbs[verb].parse(payload), payload);
    });
  }

  const refused: readonly (readonly [string, Verb, object])[] = [
    ['no payload', 'followUp.contacted', {}],
    ['an id that is none', 'followUp.contacted', { ...contacted, pupil: '7' }],
    ['a day that does not exist', 'followUp.contacted', { ...contacted, day: '2026-02-30' }],
    ['a time', 'followUp.contacted', { ...contacted, day: '2026-11-23T08:00:00Z' }],
    ['more than ids', 'followUp.contacted', { ...contacted, name: 'Elin Berg' }],
    ['null', 'morning.page', { ...page, group: null }],
    ['a page before the first', 'morning.page', { ...page, page: -1 }],
    ['half a page', 'morning.page', { ...page, page: 0.5 }],
    ['a page that no card has', 'morning.page', { ...page, page: 21 }],
    ['a school without a name', 'morning.release', { ...release, school: '' }],
    ['a list', 'morning.release', { ...release, school: ['norr'] }],
  ];
  for (const [name, verb, payload] of refused) {
    it(`refuses ${name} (${verb})`, () => {
      assert.equal(verbs[verb].safeParse(payload).success, false);
    });
  }
});
