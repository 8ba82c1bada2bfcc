import assert from 'node:assert/strict';
import fc from 'fast-check';
import { csvText, safeCell } from '../../services/csv.ts';

describe('csvText', () => {
  it('begins with a byte order mark, separates by semicolons, and ends each row as spreadsheets do', () => {
    assert.equal(
      csvText([
        ['Skola', 'I tid'],
        ['Norr', '66,7'],
      ]),
      '\uFEFFSkola;I tid\r\nNorr;66,7\r\n',
    );
  });

  it('quotes what would end a cell', () => {
    assert.equal(csvText([['a;b', 'say "hi"', 'two\nlines']]), '\uFEFF"a;b";"say ""hi""";"two\nlines"\r\n');
  });

  for (const start of ['=', '+', '-', '@', '\t', '\r', ' =', '＝']) {
    it(`has no cell that a spreadsheet runs: ${JSON.stringify(start)}`, () => {
      assert.equal(safeCell(`${start}1+1`), `'${start}1+1`);
    });
  }

  it('is read back as it was written, but for the apostrophes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 4 })),
        (rows) => {
          const cells = readBack(csvText(rows));

          assert.deepEqual(
            cells,
            rows.map((row) => row.map(safeCell)),
          );
          for (const cell of cells.flat()) assert.doesNotMatch(cell, /^[=+\-@\t\r]/);
        },
      ),
    );
  });
});

/** As a spreadsheet reads it. */
function readBack(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^;\r\n"]*))(;|\r\n)/gy;
  cell.lastIndex = 1;
  for (let found = cell.exec(text); found !== null; found = cell.exec(text)) {
    row.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
    if (found[3] === '\r\n') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}
