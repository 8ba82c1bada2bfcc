import assert from 'node:assert/strict';
import { crossingText } from '../../cards/crossing-text.ts';
import { translator } from '../../locales/translator.ts';
import type { Crossing } from '../../services/routine/crossings.ts';

const words = translator('sv', 'Europe/Stockholm');
const share = { level: 'l', metric: 'totalAbsence', window: 'fourWeeks', over: 0.2, value: 0.224 } as const;
const count = { level: 'l', metric: 'occasions', window: 'term', over: 5, value: 6 } as const;

describe('a limit in words', () => {
  const told: readonly (readonly [string, Crossing, string])[] = [
    ['total absence', share, '22,4 % frånvaro på fyra veckor, gränsen är 20 %'],
    [
      'invalid absence',
      { ...share, metric: 'invalidAbsence', window: 'month' },
      '22,4 % ogiltig frånvaro sedan månadens början, gränsen är 20 %',
    ],
    [
      'one subject, whatever it is called',
      { ...share, metric: 'oneSubject', subject: 'Slöjd_trä' },
      '22,4 % frånvaro i Slöjd\\_trä på fyra veckor, gränsen är 20 %',
    ],
    [
      'hardly above, which rounded would be the limit itself',
      { ...share, value: 0.2004 },
      'strax över 20 % frånvaro på fyra veckor, gränsen är 20 %',
    ],
    [
      'not everything reported',
      { ...share, reporting: 0.93 },
      '22,4 % frånvaro på fyra veckor, gränsen är 20 % (93 % rapporterat)',
    ],
    [
      'as good as everything reported',
      { ...share, reporting: 0.9999 },
      '22,4 % frånvaro på fyra veckor, gränsen är 20 %',
    ],
    ['occasions', count, 'frånvaro vid 6 tillfällen under terminen, gränsen är 5'],
    [
      'invalid lessons',
      { ...count, metric: 'invalidLessons', over: 0, value: 1, window: 'today' },
      '1 lektion med ogiltig frånvaro under dagen, gränsen är 0',
    ],
    [
      'days in a row',
      { level: 'l', metric: 'consecutiveDays', over: 5, value: 6 },
      '6 skoldagar i rad utan närvaro, gränsen är 5',
    ],
  ];
  for (const [name, crossing, text] of told) {
    it(`is of ${name}`, () => {
      assert.equal(crossingText(crossing, words).replaceAll('\u00a0', ' '), text);
    });
  }
});
