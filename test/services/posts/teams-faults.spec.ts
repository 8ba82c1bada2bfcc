import assert from 'node:assert/strict';
import { createConnector } from '../../../bot/connector.ts';
import { createTeamsChat } from '../../../bot/teams-chat.ts';
import type { ChatFailureKind } from '../../../services/posts/chat.ts';
import { rememberConversation } from '../../../services/posts/conversations.ts';
import { readDeliveryStatus } from '../../../services/posts/delivery-status.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { type ConnectorFault, connectorFaults } from '../../support/connector-faults.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import {
  type ConnectorBehaviour,
  type LoopbackConnector,
  startLoopbackConnector,
} from '../../support/loopback-connector.ts';
import {
  addConversations,
  GRACE_SECONDS,
  key,
  POST_TABLES,
  postOf,
  stale,
  type TestDelivery,
  testDelivery,
  want,
} from './delivery.ts';

/** The deliverer over the real connector and HTTP: what each answer of Teams leads to, from the first call to the end. */
/** What comes is waited for, however busy the machine is; and what never comes is not waited for long. */
const PATIENT_MS = 30_000;
const IMPATIENT_MS = 500;

forEachEngine('what Teams answers', (engine) => {
  let storage: Storage;
  let db: Db;
  let far: LoopbackConnector;
  let delivery: TestDelivery;
  let gaps: number[];
  let patienceMs: number;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => {
    gaps = [];
    patienceMs = PATIENT_MS;
    await empty(db, POST_TABLES);
    far = await startLoopbackConnector();
    await addConversations(db, 'c1');
    await db.updateTable('conversation').set({ serviceUrl: far.url }).execute();
    await want(db, key('8A', 'c1'));
    const connector = createConnector({
      allowedHosts: new Set([new URL(far.url).host]),
      get timeoutMs() {
        return patienceMs;
      },
      token: async () => undefined,
    });
    delivery = testDelivery(db, { chat: createTeamsChat({ connector, botId: '28:sedd' }) });
  });
  afterEach(() => far.close());
  after(async () => await storage.close());

  const posts = () => far.requests().filter((request) => request.method === 'POST').length;
  const standing = () => far.messages().filter((message) => message.deletedAt === undefined);
  /** The next call meets the fault; the seconds between the calls are kept. */
  const failOnce = ({ behaviour }: ConnectorFault) => {
    let next: ConnectorBehaviour | undefined = behaviour;
    patienceMs = ['silent', 'stall'].includes(behaviour.kind) ? IMPATIENT_MS : PATIENT_MS;
    let lastMs: number | undefined;
    far.script(() => {
      const nowMs = delivery.time.nowMs();
      if (lastMs !== undefined) gaps.push((nowMs - lastMs) / 1_000);
      lastMs = nowMs;
      const now = next;
      next = undefined;
      patienceMs = PATIENT_MS;
      return now;
    });
  };
  const faultsOf = (...kinds: readonly ChatFailureKind[]) =>
    connectorFaults.filter(({ kind }) => kinds.includes(kind));

  async function change(text: string): Promise<void> {
    delivery.facts.set('8A', text);
    await stale(db, '8A');
  }

  describe('to a first posting', () => {
    for (const fault of faultsOf('notAccepted', 'notAuthorised')) {
      it(`${fault.name}: is posted again after the wait, and is there once`, async () => {
        failOnce(fault);

        await delivery.settle();

        assert.ok((gaps[0] ?? 0) >= (fault.retryAfterSeconds ?? 1), `${gaps}`);
        const { suspectedTwins, state } = await postOf(db, '8A');
        assert.deepEqual([posts(), standing().length, suspectedTwins, state], [2, 1, 0, 'posted']);
      });
    }

    for (const fault of faultsOf('unknown')) {
      it(`${fault.name}: is posted again after the grace, and the copy that there may be is counted`, async () => {
        failOnce(fault);

        await delivery.settle();

        assert.ok((gaps[0] ?? 0) >= Math.max(fault.retryAfterSeconds ?? 0, GRACE_SECONDS), `${gaps}`);
        const after = await postOf(db, '8A');
        assert.deepEqual([posts(), after.state, after.suspectedTwins], [2, 'posted', 1]);
        assert.equal(standing().length, fault.behaviour.stored === true ? 2 : 1);
      });
    }

    for (const fault of faultsOf('unreachable')) {
      it(`${fault.name}: nothing is sent there until it is heard from, and then the card`, async () => {
        failOnce(fault);
        await delivery.settle();
        await change('two are missing');
        await delivery.settle();
        const { broken, undelivered } = await readDeliveryStatus(db);
        assert.deepEqual([posts(), broken.map((one) => one.code)], [1, [fault.code]]);
        assert.equal(undelivered.length, 0);

        const { url: serviceUrl } = far;
        const place = { id: 'c1', kind: 'channel', tenantId: 'tenant-a' } as const;
        await rememberConversation(db, { ...place, serviceUrl, teamId: undefined, name: undefined });
        await delivery.settle();

        assert.deepEqual([posts(), standing().length], [2, 1]);
      });
    }

    for (const fault of faultsOf('refused')) {
      it(`${fault.name}: is a dead letter, until there is something new to show`, async () => {
        failOnce(fault);
        await delivery.settle();
        await delivery.settle();
        const { undelivered } = await readDeliveryStatus(db);
        assert.deepEqual(undelivered, [{ conversationId: 'c1', code: fault.code, posts: 1 }]);
        assert.equal(posts(), 1);

        await change('two are missing');
        await delivery.settle();

        assert.deepEqual([posts(), standing().length], [2, 1]);
        assert.deepEqual((await readDeliveryStatus(db)).undelivered, []);
      });
    }
  });

  describe('to an update', () => {
    beforeEach(async () => {
      await delivery.deliver();
      await change('two are missing');
    });

    for (const fault of faultsOf('notAccepted', 'notAuthorised', 'unknown')) {
      it(`${fault.name}: is sent again, and makes no copy`, async () => {
        const { activityId } = await postOf(db, '8A');
        failOnce(fault);

        await delivery.settle();

        assert.ok((gaps[0] ?? 0) >= (fault.retryAfterSeconds ?? 1), `${gaps}`);
        const [message, ...others] = standing();
        assert.deepEqual([message?.id, others, far.requests().length], [activityId, [], 3]);
        assert.equal(message?.activity.summary, 'two are missing');
        assert.equal((await postOf(db, '8A')).suspectedTwins, 0);
      });
    }

    it('that the message is gone: a new one takes its place', async () => {
      const [gone] = faultsOf('messageGone');
      assert.ok(gone !== undefined);
      failOnce(gone);

      await delivery.settle();

      const { activityId } = await postOf(db, '8A');
      assert.deepEqual([posts(), far.messages().at(-1)?.id], [2, activityId]);
    });

    for (const fault of faultsOf('unreachable', 'refused')) {
      it(`${fault.name}: is given up, and leaves what is shown`, async () => {
        failOnce(fault);

        await delivery.settle();
        await delivery.settle();

        assert.equal(far.requests().length, 2);
        assert.deepEqual(
          standing().map((message) => message.activity.summary),
          ['8A'],
        );
        const { undelivered } = await readDeliveryStatus(db);
        assert.deepEqual(
          undelivered.map((one) => one.code),
          [fault.code],
        );
      });
    }
  });
});
