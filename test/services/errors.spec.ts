import assert from 'node:assert/strict';
import { SeddError } from '../../services/errors.ts';

describe('an error of Sedd’s', () => {
  it('has a code to branch on, the facts that explain it, and what caused it', () => {
    const cause = new Error('connect refused');

    const error = new SeddError('source.down', 'The source does not answer', { source: 'hub' }, cause);

    assert.ok(error instanceof Error);
    assert.deepEqual(
      [error.name, error.code, error.message, error.facts, error.cause],
      ['SeddError', 'source.down', 'The source does not answer', { source: 'hub' }, cause],
    );
  });

  it('has no cause where it is the first, and no facts where there are none', () => {
    const error = new SeddError('run.unknown', 'There is no such job');

    assert.equal('cause' in error, false);
    assert.deepEqual(error.facts, {});
  });
});
