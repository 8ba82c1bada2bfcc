import assert from 'node:assert/strict';
import { inLanguage, levelName, stepName } from '../../../services/routine/routine-names.ts';
import { routinesFrom } from './routines.ts';

const ROUTINE = `routines:
  - validFrom: 2026-08-01
    name: Rutin
    levels:
      - key: notice
        name: Ser över
        nameEn: Takes note
        when: [{ metric: totalAbsence, window: fourWeeks, over: 0.1 }]
        steps:
          - { key: look, name: Ser över frånvaron, nameEn: Looks into it, role: mentor, dueInSchoolDays: 5 }
          - { key: call, name: Ringer hem, role: mentor, dueInSchoolDays: 5 }
    eht:
      checklist: [{ key: heard, name: Eleven är hörd, nameEn: The pupil was heard }]
      decisions: [{ key: map, name: Kartlägg, nameEn: Map, dueInSchoolDays: 5 }]
`;

describe('the names of a routine', () => {
  const routines = routinesFrom(ROUTINE);
  const origin = { routineValidFrom: '2026-08-01', level: 'notice' };

  const languages = [
    ['sv', ['Ser över', 'Ser över frånvaron', 'Ringer hem', 'Eleven är hörd', 'Kartlägg']],
    ['en', ['Takes note', 'Looks into it', 'Ringer hem', 'The pupil was heard', 'Map']],
  ] as const;
  for (const [language, expected] of languages) {
    it(`are the school's own in ${language}, and those there are where that lacks one`, () => {
      const read = inLanguage(routines, language);

      const names = [
        levelName(read, origin),
        stepName(read, { ...origin, key: 'look' }),
        stepName(read, { ...origin, key: 'call' }),
        read[0]?.eht?.checklist[0]?.name,
        read[0]?.eht?.decisions[0]?.name,
      ];
      assert.deepEqual(names, expected);
    });
  }

  it('are their keys where the routine is gone', () => {
    const gone = { ...origin, routineValidFrom: '2020-08-01', key: 'look' };

    assert.deepEqual([levelName(routines, gone), stepName(routines, gone)], ['notice', 'look']);
  });
});
