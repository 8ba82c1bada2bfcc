import assert from 'node:assert/strict';
import { forEachEngine } from '../support/databases.ts';
import { messagesIn, textOf } from '../support/morning-cards.ts';
import { pupilId } from '../support/small-school.ts';
import { cardIn } from '../support/taps.ts';
import { EHT_CHAT, ehtChat, WEDNESDAY } from './eht-school.ts';
import { type EhtWallApp, NAMED, startEhtWall } from './eht-wall.ts';

forEachEngine('the wall around EHT, inside', (engine) => {
  let app: EhtWallApp;

  before(async () => {
    app = await startEhtWall(engine);
  });
  after(() => app.close());

  it('refuses in EHT’s conversation whoever does not work there, and puts it down', async () => {
    const audited = await app.refusals();
    const hand = cardIn(app, ehtChat);

    for (const [verb, data] of app.everyPress(`ehtList:norr/${WEDNESDAY}:0`)) {
      const answer = await app.user('Anna Berg').pressExecute(ehtChat, hand.messageId, verb, data);
      assert.match(textOf(answer), /Det här är för dem som arbetar i EHT/, verb);
    }

    assert.equal((await app.refusals()) - audited, app.everyPress('').length);
  });

  it('answers no older client, whose answer would stand there for good', async () => {
    const hand = cardIn(app, ehtChat);
    const before = messagesIn(app, ehtChat).length;

    await app.eht.siv().pressSubmit(ehtChat, hand.messageId, 'eht.open', {
      on: `ehtList:norr/${WEDNESDAY}:0`,
      pupil: pupilId(0),
    });

    const [said, ...more] = messagesIn(app, ehtChat).slice(before);
    assert.ok(said !== undefined, 'nothing was said');
    assert.deepEqual(more, []);
    assert.equal(said.activity.attachments, undefined);
    assert.match(String(said.activity.text), /^Den här Teams-appen är för gammal/);
    assert.doesNotMatch(JSON.stringify(said.activity), /Elev\d/);
  });

  it('falls where the conversation is bound to anything else besides', async () => {
    await app.storage.db
      .insertInto('binding')
      .values({
        conversationId: EHT_CHAT,
        schoolId: 'norr',
        role: 'mentorGroup',
        groupName: '7A',
        origin: 'config',
      })
      .execute();

    for (const [verb, data] of app.everyPress(`ehtList:norr/${WEDNESDAY}:0`)) {
      const answer = await app.eht.siv().pressExecute(ehtChat, app.listId(), verb, data);
      assert.doesNotMatch(JSON.stringify(answer.body), /Elev\d/, verb);
    }

    await app.storage.db
      .deleteFrom('binding')
      .where('conversationId', '=', EHT_CHAT)
      .where('role', '=', 'mentorGroup')
      .execute();
  });

  it('leaves nothing of it in the log', () => {
    assert.doesNotMatch(app.log.join(''), NAMED);
  });
});
