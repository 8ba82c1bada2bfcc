import assert from 'node:assert/strict';
import { aim } from '../../bench/bench-row.ts';
import { tableOf } from '../../bench/table.ts';

describe('the table of the benchmarks', () => {
  it('shows each row with its yardstick, its ratio, and whether the aim is met', () => {
    const rows = [
      { what: 'cards', measured: '4 000/s', reference: '5 000/s', ratio: 0.8, aim: aim(['≥ 0.75', true]) },
      { what: 'start', measured: '2.0 s', aim: aim(['< 1.5 s', false], ['< 350 MB', true]) },
    ];

    const table = tableOf([{ title: 'Speed', rows }]);

    const [heads, , title, cards, start] = table.split('\n');
    assert.match(heads ?? '', /^what +measured +reference, same run +ratio +aim +met$/);
    assert.equal(title, 'Speed');
    assert.match(cards ?? '', /^ {2}cards +4 000\/s +5 000\/s +0\.80 +≥ 0\.75 +yes$/);
    assert.match(start ?? '', /^ {2}start +2\.0 s +< 1\.5 s, < 350 MB +NO$/);
    assert.equal(cards?.indexOf('≥'), start?.indexOf('<'));
  });
});
