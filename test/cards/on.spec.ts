import assert from 'node:assert/strict';
import fc from 'fast-check';
import { onText, parseOn } from '../../cards/on.ts';

describe('the card that a button stands on', () => {
  it('comes back as it was written, whatever ids the student system has', () => {
    const anyOn = fc.record(
      {
        purpose: fc.constantFrom('morning', 'reminder', 'ownList', 'digest', 'reply'),
        subject: fc.stringMatching(/^[^\n\r\u2028\u2029]{1,200}$/u).filter((text) => text.length <= 200),
        page: fc.nat(99),
      },
      { noNullPrototype: true },
    );

    fc.assert(fc.property(anyOn, (on) => assert.deepEqual(parseOn(onText(on)), on)));
  });

  for (const text of [
    '',
    'morning',
    'morning:8b',
    'morning:8b:',
    'morning::0',
    ':8b:0',
    'morning:8b:x',
    'm0rning:8b:0',
  ])
    it(`is none in "${text}"`, () => {
      assert.equal(parseOn(text), undefined);
    });
});
