import assert from 'node:assert/strict';
import { parseUtterance } from '../../../bot/written/utterance.ts';
import { unknown, utterances } from './utterances.ts';

describe('parseUtterance', () => {
  for (const [text, says] of utterances) {
    it(`reads "${text}" as ${says.kind}`, () => {
      assert.deepEqual(parseUtterance(text), says);
    });
  }

  for (const text of unknown) {
    it(`does not understand "${text}"`, () => {
      assert.deepEqual(parseUtterance(text), { kind: 'unknown', text });
    });
  }

  it('gives back what it does not understand without what Teams puts around it', () => {
    const utterance = parseUtterance('<div>Var&nbsp;är&#10;<b>Oscar</b>&#63;</div>\n🤔');

    assert.deepEqual(utterance, { kind: 'unknown', text: 'Var är Oscar ?' });
  });

  it('answers nothing at all with help', () => {
    assert.deepEqual(parseUtterance(' '), { kind: 'help' });
  });

  it('is tried on more than two hundred texts', () => {
    assert.ok(new Set(utterances.map(([text]) => text)).size > 200);
  });
});
