import assert from 'node:assert/strict';
import { forEachEngine } from '../../support/databases.ts';
import { clockTime } from '../../support/small-school.ts';
import { ANNA } from '../../support/small-staff.ts';
import { doer, type FollowUps, openFollowUps } from './follow-ups.ts';
import { standing } from './standing.ts';

const anna = doer('Anna Berg', ANNA);

forEachEngine('the time to contact', (engine) => {
  let all: FollowUps;

  beforeEach(async () => {
    all = await openFollowUps(engine);
  });
  afterEach(() => all.close());

  it('counts from the first lesson that is missed as the facts are now, until contact is made', async () => {
    const since: unknown[] = [];
    const missed = async (time: string | undefined, status: 'missing' | 'present' | 'reported') => {
      const firstMissedAt = time === undefined ? undefined : clockTime(time);
      await all.reconcile([standing(0, status, { firstMissedAt })]);
      since.push((await all.only()).firstMissedAt?.toString());
    };
    await missed('08:10', 'missing');
    await missed(undefined, 'present');
    await missed('13:00', 'missing');
    await missed('12:00', 'missing');
    await all.contact((await all.only()).id, anna, { version: 9 });

    await missed('08:10', 'missing');

    const times = ['08:10', undefined, '13:00', '12:00', '12:00'];
    assert.deepEqual(
      since,
      times.map((time) => (time === undefined ? undefined : clockTime(time).toString())),
    );
  });

  it('counts no lesson as missed of a pupil whose absence is reported by now, though one is followed up all the same', async () => {
    const longTerm = { isLongTerm: true, isSeen: false } as const;
    await all.reconcile([standing(0, 'missing', longTerm)]);

    await all.reconcile([standing(0, 'reported', { ...longTerm, firstMissedAt: clockTime('08:10') })]);

    const { state, firstMissedAt } = await all.only();
    assert.deepEqual([state, firstMissedAt], ['open', null]);
  });
});
