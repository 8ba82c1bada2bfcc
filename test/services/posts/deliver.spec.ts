import assert from 'node:assert/strict';
import { ChatFailure } from '../../../services/posts/chat.ts';
import { holdPost } from '../../../services/posts/hold-post.ts';
import { addTwin } from '../../../services/posts/twins.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import {
  addConversations,
  holdersOf,
  key,
  POST_TABLES,
  postOf,
  stale,
  statesOf,
  type TestDelivery,
  testDelivery,
  turnOfTheLoop,
  want,
} from './delivery.ts';

const ids = Array.from({ length: 8 }, (_, index) => `c${index}`);

forEachEngine('deliverStale', (engine) => {
  let storage: Storage;
  let db: Db;
  let delivery: TestDelivery;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => {
    await empty(db, POST_TABLES);
    await addConversations(db, ...ids);
    await want(db, ...ids.map((id) => key(`${id}/0`, id)));
    delivery = testDelivery(db);
  });
  after(async () => await storage.close());

  it('asks for nothing when everything is up to date', async () => {
    await delivery.deliver();

    assert.deepEqual([delivery.ops().length, delivery.rings, await statesOf(db)], [8, [], ['posted']]);
  });

  it('asks to be called again when the next try may be', async () => {
    let refusedAtMs = 0;
    delivery.far.answer = ({ to }) => {
      if (to === 'c4') throw new ChatFailure('unknown', 'network.timeout', 'no');
      if (to !== 'c3') return;
      refusedAtMs = delivery.time.nowMs();
      throw new ChatFailure('notAccepted', 'http.429', 'no', { retryAfterSeconds: 7 });
    };

    await delivery.deliver();

    const [ring, ...others] = delivery.rings;
    const left = Math.ceil((refusedAtMs + 7000 - delivery.time.nowMs()) / 1000);
    assert.deepEqual(others, []);
    assert.ok(refusedAtMs > 0 && ring !== undefined && Math.abs(ring - left) <= 1, `${ring} of ${left}`);
  });

  it('tries once a minute where Teams refuses its credentials, and loses nothing', async () => {
    delivery.far.answer = () => {
      throw new ChatFailure('notAuthorised', 'BotNotRegistered', 'no');
    };
    for (let minute = 0; minute < 15; minute += 1) {
      await delivery.deliver();
      delivery.time.advance(60);
    }
    assert.deepEqual(new Set(delivery.rings), new Set([60]));
    delivery.far.answer = undefined;

    await delivery.deliver();

    assert.deepEqual([await statesOf(db), ids.flatMap(delivery.far.shownIn).length], [['posted'], 8]);
  });

  it('begins nothing new when Sedd is stopping, sees what is under way to its end, and leaves none in doubt', async () => {
    const stopping = new AbortController();
    delivery = testDelivery(db, { mostInFlight: 3 });
    delivery.far.answer = async () => {
      while (delivery.far.calls.length < 3) await turnOfTheLoop();
      stopping.abort();
      for (let turn = 0; turn < 20; turn += 1) await turnOfTheLoop();
    };

    await delivery.deliver(stopping.signal);

    assert.equal(delivery.ops().length, 3);
    assert.deepEqual(await statesOf(db), ['posted', 'waiting']);
    assert.equal(ids.flatMap(delivery.far.shownIn).length, 3);
  });

  it('has what it left when it was stopped delivered by whoever is called', async () => {
    const stopping = new AbortController();
    delivery.far.answer = () => stopping.abort();
    await delivery.deliver(stopping.signal);
    delivery.far.answer = undefined;
    assert.deepEqual(delivery.rings, [1]);

    await delivery.settle();

    assert.deepEqual([await statesOf(db), delivery.ops().length], [['posted'], 8]);
  });

  it('comes to an end within minutes, and asks to be called for what is left', async () => {
    await want(db, ...Array.from({ length: 30 }, (_, post) => key(`c0/${post + 1}`, 'c0')));
    delivery.far.answer = async () => delivery.time.advance(20);

    await delivery.deliver();

    assert.ok(delivery.ops().length < 38, `${delivery.ops().length}`);
    assert.deepEqual(delivery.rings, [1]);
    delivery.far.answer = undefined;
    await delivery.settle();
    assert.equal(delivery.far.shownIn('c0').length, 31);
  });

  it('asks to be called when whoever works in a card is waited for no longer, and forgets them then', async () => {
    await delivery.deliver();
    delivery.facts.set('c1/0', 'changed');
    await stale(db, 'c1/0');
    const until = delivery.deps.clock.now().add({ seconds: 20 });
    await holdPost(db, key('c1/0', 'c1'), 'anna', until);

    await delivery.deliver();

    assert.deepEqual([delivery.rings, await holdersOf(db, 'c1/0')], [[20], ['anna']]);
    assert.deepEqual(delivery.far.shownIn('c1'), ['c1/0']);
    await delivery.settle();
    assert.deepEqual([delivery.far.shownIn('c1'), await holdersOf(db, 'c1/0')], [['changed'], []]);
  });

  it('deletes twins after the cards, and asks again for one that could not be deleted', async () => {
    await delivery.deliver();
    await addTwin(db, await postOf(db, 'c0/0'), 'm99', delivery.deps.clock.now());
    delivery.facts.set('c1/0', 'changed');
    await stale(db, 'c1/0');
    delivery.far.answer = ({ op }) => {
      if (op === 'delete') throw new ChatFailure('unknown', 'network.timeout', 'no');
    };

    await delivery.deliver();

    assert.deepEqual([delivery.ops().slice(8), delivery.rings], [['update', 'delete'], [30]]);
    delivery.far.answer = undefined;
    await delivery.settle();
    assert.deepEqual([delivery.ops().slice(10), delivery.rings], [['delete'], []]);
  });

  it('outlasts an hour in which nothing is accepted', async () => {
    const start = delivery.time.nowMs();
    delivery.far.answer = () => {
      if (delivery.time.nowMs() - start < 3_600_000)
        throw new ChatFailure('notAccepted', 'network.ECONNREFUSED', 'no');
    };

    await delivery.settle();

    assert.deepEqual([await statesOf(db), ids.flatMap(delivery.far.shownIn).length], [['posted'], 8]);
  });

  it('posts again after the grace what may have arrived, and counts the copies that there may be', async () => {
    let doubts = 0;
    delivery.far.answer = ({ to }, store) => {
      if (to !== 'c0' || doubts === 3) return;
      doubts += 1;
      store();
      throw new ChatFailure('unknown', 'http.502', 'no');
    };

    await delivery.settle();

    const { suspectedTwins, state } = await postOf(db, 'c0/0');
    assert.deepEqual([delivery.far.shownIn('c0').length, suspectedTwins, state], [4, 3, 'posted']);
    assert.equal(delivery.far.calls.length, 7 + 4);
  });

  it('gives a posting up that is in doubt again and again, and takes it up when there is news', async () => {
    delivery.far.answer = ({ to }) => {
      if (to === 'c0') throw new ChatFailure('unknown', 'http.502', 'no');
    };
    await delivery.settle();
    const givenUp = await postOf(db, 'c0/0');
    assert.deepEqual([givenUp.state, givenUp.suspectedTwins], ['undelivered', 12]);
    delivery.far.answer = undefined;
    await stale(db, 'c0/0');

    await delivery.settle();

    assert.deepEqual(delivery.far.shownIn('c0'), ['c0/0']);
  });
});
