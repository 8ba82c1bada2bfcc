import assert from 'node:assert/strict';
import { syncBindings } from '../../services/posts/conversations.ts';
import { forEachEngine } from '../support/databases.ts';
import { smallMunicipality } from '../support/small-school.ts';
import { cardsIn } from './eht-hands.ts';
import { EHT_CHAT, ehtChat, NEXT_TUESDAY, WEDNESDAY } from './eht-school.ts';
import { CONTENT, type EhtWallApp, ELSEWHERE, NAMED, OTHER_CHAT, startEhtWall } from './eht-wall.ts';

forEachEngine('the wall around EHT, over time', (engine) => {
  let app: EhtWallApp;

  before(async () => {
    app = await startEhtWall(engine);
    for (const [, place] of ELSEWHERE) await app.leaveCards(place);
  });
  after(() => app.close());

  it('lets nothing out over a whole meeting, nor a name in a notification or the log', async () => {
    await app.until('14:00', WEDNESDAY);
    for (const day of ['2026-11-26', '2026-11-27', '2026-11-30', '2026-12-01'])
      for (const time of ['08:00', '12:01', '15:01', '17:00']) await app.until(time, day);

    for (const { conversationId, activity } of app.connector.messages()) {
      assert.doesNotMatch(String(activity.summary), /Elev\d/);
      if (conversationId === EHT_CHAT || conversationId === OTHER_CHAT.id) continue;
      assert.doesNotMatch(JSON.stringify(activity), CONTENT, conversationId);
    }
    assert.match(app.eht.cards().join('\n'), CONTENT);
    assert.doesNotMatch(app.log.join(''), NAMED);
  });

  it('has nothing of a school’s in its old conversation once another is EHT’s, and the list in the new one', async () => {
    await app.until('14:00', NEXT_TUESDAY);
    assert.match(app.eht.cards().join('\n'), /Elev0/);
    // Whoever works with a pupil at that moment does not keep the list there.
    await app.eht.open('Elev0 Exempel');
    const moved = { ...app.config, channels: { ...app.config.channels, eht: '19:new@thread.v2' } };
    const { runs } = app.sedd;
    const municipality = smallMunicipality(app.connector.url, 1);

    await syncBindings(app.storage.db, { ...municipality, schools: [moved] });
    await runs.jobs.enqueue(app.storage.db, 'deliver', {});
    await app.settled();
    await app.until('14:01', NEXT_TUESDAY);

    assert.deepEqual(
      new Set(app.eht.cards()),
      new Set(['Det som stod här hör till EHT och visas inte längre i den här konversationen.']),
    );
    assert.match(cardsIn(app, { id: '19:new@thread.v2', kind: 'groupChat' }).join('\n'), /Elev0 Exempel/);
    for (const [verb, data] of app.everyPress(`ehtList:norr/${WEDNESDAY}:0`)) {
      const answer = await app.eht.siv().pressExecute(ehtChat, app.listId(), verb, data);
      assert.doesNotMatch(JSON.stringify(answer.body), /Elev\d/, verb);
    }
  });
});
