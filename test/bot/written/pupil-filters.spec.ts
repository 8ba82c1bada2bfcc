import assert from 'node:assert/strict';
import { pupilFilters } from '../../../bot/written/pupil-filters.ts';
import { schoolSaid } from '../../../bot/written/school-said.ts';
import { EVERYBODY, type PupilFilter } from '../../../services/pupils/pupil-filter.ts';

const choices = {
  levels: [
    { key: 'deep', name: 'Fördjupad utredning och mobilt skolteam' },
    { key: 'simple', name: 'Brev, EHT och enkel utredning' },
    { key: 'notice', name: 'Mentorn uppmärksammar' },
  ],
  groups: ['7A', '8 B', 'Blå gruppen'],
  metrics: [{ metric: 'invalidAbsence' as const, name: 'Ogiltig frånvaro' }],
};

describe('what a list of pupils is narrowed to', () => {
  const said: readonly (readonly [string, Partial<PupilFilter>])[] = [
    ['', {}],
    ['8B', { group: '8 B' }],
    ['i 8 b', { group: '8 B' }],
    ['blå gruppen', { group: 'Blå gruppen' }],
    ['åk 8', { grade: 8 }],
    ['årskurs 9', { grade: 9 }],
    ['grade 7', { grade: 7 }],
    ['åk8', { grade: 8 }],
    ['utan kontaktperson', { isWithoutContactPerson: true }],
    ['som saknar kontaktperson', { isWithoutContactPerson: true }],
    ['without a contact person', { isWithoutContactPerson: true }],
    ['försenade', { isOverdue: true }],
    ['med försenade steg', { isOverdue: true }],
    ['overdue', { isOverdue: true }],
    ['Fördjupad utredning och mobilt skolteam', { level: 'deep' }],
    ['fördjupad', { level: 'deep' }],
    ['brev', { level: 'simple' }],
    ['notice', { level: 'notice' }],
    ['mentorn uppmärksammar 7A', { level: 'notice', group: '7A' }],
    ['ogiltig frånvaro', { metric: 'invalidAbsence' }],
    ['åk 8, utan kontaktperson och försenade', { grade: 8, isWithoutContactPerson: true, isOverdue: true }],
  ];
  for (const [text, filter] of said) {
    it(`is read of "${text}"`, () => {
      assert.deepEqual(pupilFilters(text, choices), { filter: { ...EVERYBODY, ...filter }, unknown: [] });
    });
  }

  it('is said to be not understood where it is not, or may be several levels', () => {
    assert.deepEqual(pupilFilters('utredning blåbär 8B', choices), {
      filter: { ...EVERYBODY, group: '8 B' },
      unknown: ['utredning', 'blåbär'],
    });
  });
});

describe('the school that is named', () => {
  const norr = { name: 'Torpaskolan Norr' };
  const soder = { name: 'Torpaskolan Söder' };

  it('is taken out of what was written', () => {
    assert.deepEqual(schoolSaid('8B torpaskolan soder', [norr, soder], norr), { school: soder, rest: '8B' });
  });

  it('is the usual one, or the only one, where none is named', () => {
    assert.equal(schoolSaid('8B', [norr, soder], norr).school, norr);
    assert.equal(schoolSaid('8B', [norr], undefined).school, norr);
    assert.equal(schoolSaid('8B', [norr, soder], undefined).school, undefined);
    assert.equal(schoolSaid('8B', [soder], norr).school, soder);
  });
});
