import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createPacing, teamsLimits } from '../../../services/posts/pacing.ts';

/** Teams' own windows, as published; ours have to stay inside them. */
const teamsWindows = [
  { most: 7, withinMs: 1_000 },
  { most: 8, withinMs: 2_000 },
  { most: 60, withinMs: 30_000 },
];
const TENANT_PER_SECOND = 50;

describe('pacing', () => {
  it('lets the first call go at once', () => {
    const pacing = createPacing();

    assert.equal(pacing.waitFor('a', false, 1_000), 0);
  });

  it('reaches the rate that it promises when there is enough to do', () => {
    const sent = simulate(
      Array.from({ length: 1_500 }, (_, index) => ({ conversation: `c${index}`, isUrgent: false })),
    );

    const seconds = ((sent.at(-1)?.at ?? 0) - (sent[0]?.at ?? 0)) / 1_000;
    assert.ok(seconds < 1.1 * (1_500 / TENANT_PER_SECOND), `${seconds} s`);
  });

  it('never goes beyond any of the windows, whatever the order, the conversations and the urgency', () => {
    const call = fc.record({ conversation: fc.constantFrom('a', 'b', 'c', 'd'), isUrgent: fc.boolean() });
    fc.assert(
      fc.property(fc.array(call, { minLength: 1, maxLength: 200 }), (calls) => {
        const sent = simulate(calls);

        assert.ok(
          mostWithin(
            sent.map((one) => one.at),
            1_000,
          ) <= TENANT_PER_SECOND,
        );
        for (const conversation of ['a', 'b', 'c', 'd']) {
          const own = sent.filter((one) => one.conversation === conversation).map((one) => one.at);
          for (const { most, withinMs } of teamsWindows) assert.ok(mostWithin(own, withinMs) <= most);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('lets what people wait for go before the bulk is through', () => {
    const pacing = createPacing();
    for (let index = 0; index < 40; index += 1) pacing.note(`bulk${index}`, 1_000);

    assert.ok(pacing.waitFor('next', false, 1_000) > 0);
    assert.equal(pacing.waitFor('pressed', true, 1_000), 0);
  });

  it('waits with a conversation as long as Teams asked, and with everything for a moment', () => {
    const pacing = createPacing();

    pacing.pause('a', 31_000, 1_000);

    assert.equal(pacing.waitFor('a', true, 1_000), 30_000);
    assert.equal(pacing.waitFor('b', true, 1_000), 250);
    assert.equal(pacing.waitFor('b', true, 1_250), 0);
  });

  it('waits for nothing that lies in the future because the clock was set back', () => {
    const pacing = createPacing();
    for (let call = 0; call < 6; call += 1) pacing.note('a', 3_600_000 + call);
    pacing.pause('a', 3_660_000, 3_600_010);

    assert.equal(pacing.waitFor('a', false, 10_000), 0);
  });

  it('keeps its windows when the clock is corrected by a little', () => {
    const pacing = createPacing();
    for (let call = 0; call < 6; call += 1) pacing.note('a', 10_000);

    assert.ok(pacing.waitFor('a', true, 9_500) > 1_000);
  });

  it('forgets conversations that were not posted to for long', () => {
    const pacing = createPacing();
    for (let index = 0; index < 500; index += 1) pacing.note(`c${index}`, 10_000 + index);
    pacing.pause('p', 20_000, 11_000);
    assert.equal(pacing.size, 501);

    pacing.note('new', 10_000_000);

    assert.equal(pacing.size, 1);
  });
});

/** Sends every call as early as pacing lets it, in the given order, on a clock of whole milliseconds. */
function simulate(calls: readonly { readonly conversation: string; readonly isUrgent: boolean }[]) {
  const pacing = createPacing(teamsLimits);
  let now = 10_000;
  return calls.map(({ conversation, isUrgent }) => {
    now += Math.ceil(pacing.waitFor(conversation, isUrgent, now));
    pacing.note(conversation, now);
    return { conversation, at: now };
  });
}

function mostWithin(times: readonly number[], withinMs: number): number {
  return Math.max(
    0,
    ...times.map((start) => times.filter((at) => at >= start && at < start + withinMs).length),
  );
}
