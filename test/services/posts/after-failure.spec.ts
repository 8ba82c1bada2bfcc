import assert from 'node:assert/strict';
import { afterFailure, type DeliveryFailure } from '../../../services/posts/after-failure.ts';

const GRACE = 30;
const fresh = { activityId: null };
const there = { activityId: 'm1' };

function failure(kind: DeliveryFailure['kind'], retryAfterSeconds?: number): DeliveryFailure {
  return { kind, code: 'code', retryAfterSeconds };
}

describe('afterFailure', () => {
  const waits: readonly (readonly [string, object, DeliveryFailure, number, number])[] = [
    ['not accepted, the first time', fresh, failure('notAccepted'), 0, 1],
    ['not accepted, the third time', fresh, failure('notAccepted'), 2, 4],
    ['not accepted, the eighth time', fresh, failure('notAccepted'), 7, 120],
    ['not accepted, after a day', fresh, failure('notAccepted'), 5_000, 120],
    ['not accepted, and asked to wait', fresh, failure('notAccepted', 7), 4, 7],
    ['an update not accepted', there, failure('notAccepted'), 0, 1],
    ['a card that cannot be made', fresh, failure('notMade'), 3, 8],
    ['a posting in doubt', fresh, failure('unknown'), 0, 30],
    ['a posting in doubt for the second time', fresh, failure('unknown'), 1, 60],
    ['a posting in doubt again and again', fresh, failure('unknown'), 8, 300],
    ['a posting in doubt, and asked to wait', fresh, failure('unknown', 40), 0, 40],
    ['a posting in doubt, and asked to wait for less than the grace', fresh, failure('unknown', 5), 0, 30],
    ['an update in doubt', there, failure('unknown'), 0, 1],
    ['an update in doubt, after a day', there, failure('unknown'), 5_000, 120],
    ['an update in doubt, and asked to wait', there, failure('unknown', 40), 0, 40],
    ['refused credentials', fresh, failure('notAuthorised'), 7, 60],
    ['a posting that answers as if it were an update', fresh, failure('messageGone'), 0, 1],
  ];

  for (const [name, post, what, attempts, seconds] of waits) {
    it(`tries again after ${seconds} s: ${name}`, () => {
      const next = afterFailure({ ...fresh, ...post, attempts }, what, GRACE);

      assert.equal(next.kind, 'again');
      assert.equal(next.kind === 'again' && next.afterSeconds, seconds);
    });
  }

  it('does not count refused credentials against the post', () => {
    const next = afterFailure({ ...fresh, attempts: 4 }, failure('notAuthorised'), GRACE);

    assert.equal(next.kind === 'again' && next.attempts, 4);
  });

  it('posts anew what is gone', () => {
    assert.equal(afterFailure({ ...there, attempts: 0 }, failure('messageGone'), GRACE).kind, 'anew');
  });

  const ends: readonly (readonly [string, object, DeliveryFailure['kind'], number, object])[] = [
    ['refused', fresh, 'refused', 0, { isInDoubt: false, breaksConversation: false }],
    ['refused as an update', there, 'refused', 0, { isInDoubt: false, breaksConversation: false }],
    ['unreachable', fresh, 'unreachable', 0, { isInDoubt: false, breaksConversation: true }],
    ['in doubt twelve times', fresh, 'unknown', 11, { isInDoubt: true, breaksConversation: false }],
    ['not made twelve times', there, 'notMade', 11, { isInDoubt: false, breaksConversation: false }],
  ];

  for (const [name, post, kind, attempts, end] of ends) {
    it(`gives up what is ${name}`, () => {
      const next = afterFailure({ ...fresh, ...post, attempts }, failure(kind), GRACE);

      assert.deepEqual(next, { kind: 'givenUp', ...end });
    });
  }

  const held: readonly (readonly [string, object, DeliveryFailure, boolean])[] = [
    ['was asked to wait', fresh, failure('notAccepted', 7), true],
    ['accepts nothing', there, failure('notAccepted'), true],
    ['was asked to wait while in doubt', fresh, failure('unknown', 40), true],
    ['gave no answer', fresh, failure('unknown'), false],
    ['would have got a card that cannot be made', fresh, failure('notMade'), false],
  ];

  for (const [name, post, what, isHeld] of held) {
    it(`${isHeld ? 'leaves alone' : 'goes on with'} the conversation that ${name}`, () => {
      const next = afterFailure({ ...fresh, ...post, attempts: 0 }, what, GRACE);

      assert.equal(next.kind === 'again' && next.holdsConversation, isHeld);
    });
  }

  it('says that a first posting is in doubt, and an update never', () => {
    const first = afterFailure({ ...fresh, attempts: 0 }, failure('unknown'), GRACE);
    const update = afterFailure({ ...there, attempts: 0 }, failure('unknown'), GRACE);

    assert.deepEqual(
      [first.kind === 'again' && first.isInDoubt, update.kind === 'again' && update.isInDoubt],
      [true, false],
    );
  });
});
