import assert from 'node:assert/strict';
import { recallAnswers, rememberAnswer } from '../../../services/posts/answers.ts';
import { ChatFailure } from '../../../services/posts/chat.ts';
import { deleteAnswers } from '../../../services/posts/delete-answers.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import { addConversations, POST_TABLES, START, type TestDelivery, testDelivery } from './delivery.ts';

const pupils = [
  ['elin', 'Elin', 'Berg'],
  ['anna', 'Anna Lena', 'Åström-Ek'],
  ['bo', 'Bo*', 'Ek'],
  ['other', 'Elin', 'Bergman Ek'],
] as const;

forEachEngine('an answer', (engine) => {
  let storage: Storage;
  let db: Db;
  let delivery: TestDelivery;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
    await db.insertInto('pupil').values(pupils.map(pupilRow)).execute();
  });
  beforeEach(async () => {
    await empty(db, [...POST_TABLES, 'answer']);
    await addConversations(db, 'c1');
    delivery = testDelivery(db);
  });
  after(async () => await storage.close());

  const say = async (activityId: string, text: string, at = START) =>
    await rememberAnswer(db, { conversationId: 'c1', activityId, threadId: undefined, text }, at);
  const named = async () =>
    (
      await db
        .selectFrom('answer')
        .select(['activityId', 'pupilId'])
        .orderBy('activityId')
        .orderBy('pupilId')
        .execute()
    ).map(({ activityId, pupilId }) => `${activityId} ${pupilId}`);
  const run = (mayGo = true) => deleteAnswers(delivery.deps, async () => mayGo);
  const deleted = () => delivery.far.calls.map(({ op, to, id }) => `${op} ${to} ${id}`);

  const texts: readonly (readonly [string, readonly string[]])[] = [
    ['Sparat: Elin Berg, 8B', ['elin']],
    ['**Elin Berg** och (Anna Lena Åström-Ek)', ['anna', 'elin']],
    ['Bo\\* Ek', ['bo']],
    ['Elin är här. Berg är det inte.', []],
    ['Det finns inget att ångra i dag.', []],
  ];
  for (const [text, ids] of texts) {
    it(`is remembered with the pupils whom it names: ${text}`, async () => {
      await say('m1', text);

      assert.deepEqual(
        await named(),
        ids.map((id) => `m1 ${id}`),
      );
    });
  }

  it('is forgotten after as long as a message is looked at', async () => {
    await say('m1', 'Elin Berg');

    await say('m2', 'Elin Berg', START.add({ hours: 24 * 121 }));

    assert.deepEqual(await named(), ['m2 elin']);
  });

  it('is deleted once, when a pupil whom it names is to be named no more', async () => {
    await say('m1', 'Elin Berg');
    await say('m2', 'Bo\\* Ek');
    await say('m3', 'Elin Berg, Bo\\* Ek');

    assert.equal(await recallAnswers(db, ['elin', 'nobody'], START), true);
    assert.equal(await recallAnswers(db, ['elin'], START), false);
    assert.deepEqual([await run(), await run()], [false, false]);

    assert.deepEqual(deleted(), ['delete c1 m1', 'delete c1 m3']);
    assert.deepEqual(await named(), ['m2 bo']);
  });

  for (const [kind, tries] of [
    ['unknown', 1],
    ['refused', 2],
  ] as const) {
    it(`lets no card wait: of two, ${tries} tried where Teams says ${kind}`, async () => {
      await say('m1', 'Elin Berg');
      await say('m2', 'Elin Berg');
      await recallAnswers(db, ['elin'], START);
      delivery.far.answer = () => {
        throw new ChatFailure(kind, 'code', 'no');
      };

      assert.equal(await run(), true);

      assert.equal(delivery.far.calls.length, tries);
    });
  }

  it('is tried again where Teams does not delete it, and where there is no time', async () => {
    await say('m1', 'Elin Berg');
    await recallAnswers(db, ['elin'], START);
    delivery.far.answer = () => {
      throw new ChatFailure('unknown', 'code', 'no');
    };

    assert.deepEqual([await run(), await run(false)], [true, true]);

    delivery.far.answer = undefined;
    assert.equal(await run(), false);
    assert.deepEqual(await named(), []);
  });
});

function pupilRow([id, givenName, familyName]: (typeof pupils)[number]) {
  return { id, givenName, familyName, schoolId: 'north', grade: 8, isProtected: false, removedAt: null };
}
