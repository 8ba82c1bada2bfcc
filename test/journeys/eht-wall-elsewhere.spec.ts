import assert from 'node:assert/strict';
import { EHT_PURPOSES } from '../../services/posts/eht-purposes.ts';
import { forEachEngine } from '../support/databases.ts';
import { mentors, messagesIn } from '../support/morning-cards.ts';
import { WEDNESDAY } from './eht-school.ts';
import { CONTENT, type EhtWallApp, ELSEWHERE, NAMED, startEhtWall } from './eht-wall.ts';

forEachEngine('the wall around EHT, elsewhere', (engine) => {
  let app: EhtWallApp;

  before(async () => {
    app = await startEhtWall(engine);
  });
  after(() => app.close());

  for (const [name, place] of ELSEWHERE) {
    it(`gives nothing to ${name}, whatever is pressed there, changes nothing, and puts each down`, async () => {
      await app.leaveCards(place);
      const before = await ehtRows();
      const audited = await app.refusals();
      let pressed = 0;
      for (const purpose of EHT_PURPOSES) {
        for (const [verb, data] of app.everyPress(`${purpose}:norr/${WEDNESDAY}:0`)) {
          const answer = await app.eht.siv().pressExecute(place, 'some-message', verb, data);
          assert.doesNotMatch(JSON.stringify(answer.body), CONTENT, `${verb} on ${purpose}`);
          assert.doesNotMatch(JSON.stringify(answer.body), /Elev\d/, `${verb} on ${purpose}`);
          pressed += 1;
        }
      }
      for (const text of ['eht', 'visa eht listan', 'show eht list']) await app.eht.siv().write(place, text);
      await app.settled();

      assert.deepEqual(await ehtRows(), before);
      assert.equal((await app.refusals()) - audited, pressed);
      const said = JSON.stringify(messagesIn(app, place).map(({ activity }) => activity));
      assert.doesNotMatch(said, CONTENT);
    });
  }

  it('tells elsewhere only when the next meeting is', async () => {
    await app.eht.siv().write(mentors(0), 'eht');

    const [said] = messagesIn(app, mentors(0)).slice(-1);
    assert.match(
      String(said?.activity.text),
      /Nästa elevhälsoträff är onsdag 25 november 13:00\. Listan står i EHT:s konversation\./,
    );
  });

  it('leaves nothing of it in the log', () => {
    assert.doesNotMatch(app.log.join(''), NAMED);
  });

  async function ehtRows(): Promise<unknown> {
    const { db } = app.storage;
    return [
      await db.selectFrom('ehtDecision').selectAll().execute(),
      await db.selectFrom('ehtPoint').selectAll().execute(),
      await db.selectFrom('ehtPupil').selectAll().orderBy('day').orderBy('pupilId').execute(),
      await db.selectFrom('ehtMeeting').selectAll().execute(),
      await db.selectFrom('routineStep').selectAll().orderBy('id').execute(),
    ];
  }
});
