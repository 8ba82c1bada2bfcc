import assert from 'node:assert/strict';
import { readSources } from './sources.ts';

const TOLD = /\.toZonedDateTimeISO\([^)]*\)\s*\.toPlainDate\(\)/;

describe('the day that it is at a school', () => {
  it('is told by one function', async () => {
    const files = await readSources(['bot', 'cards', 'services']);

    const tellers = files.filter(({ text }) => TOLD.test(text));

    assert.ok(files.length > 50);
    assert.deepEqual(
      tellers.map(({ file }) => file),
      ['services/clock.ts'],
    );
  });

  it('is found where it is told once more', () => {
    const planted = 'deps.clock\n  .now()\n  .toZonedDateTimeISO(school.timeZone)\n  .toPlainDate()';

    assert.match(planted, TOLD);
  });
});
