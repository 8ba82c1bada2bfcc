import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareInRoutine, type InRoutine } from '../../../services/routine/routine-order.ts';
import { routinesFrom } from './routines.ts';

const text = (one: InRoutine) => `${one.level} ${one.key}${one.isFollowUp === true ? ' again' : ''}`;

describe('the order of a routine', () => {
  const routines = routinesFrom();
  const all: readonly InRoutine[] = [...(routines.at(-1)?.levels ?? [])]
    .reverse()
    .flatMap(({ key: level, steps }) =>
      steps.flatMap(({ key }) => [
        { level, key, isFollowUp: false },
        { level, key, isFollowUp: true },
      ]),
    );
  const gone: readonly InRoutine[] = [
    { level: 'anOldLevel', key: 'a' },
    { level: 'anOldLevel', key: 'b' },
    { level: 'olderStill', key: 'a' },
  ];

  it('puts the gravest level first, its steps as they are done, and what no routine knows last', () => {
    assert.ok(new Set(all.map(({ level }) => level)).size > 1);
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...all, ...gone], { minLength: all.length + gone.length }),
        (lines) => {
          assert.deepEqual(lines.toSorted(compareInRoutine(routines)).map(text), [...all, ...gone].map(text));
        },
      ),
    );
  });
});
