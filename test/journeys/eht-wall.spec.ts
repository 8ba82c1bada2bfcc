import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { verbs } from '../../cards/verbs.ts';
import { syncBindings } from '../../services/posts/conversations.ts';
import { EHT_PURPOSES } from '../../services/posts/eht-purposes.ts';
import { actionsOf, cardOf, textsOf } from '../support/card-text.ts';
import { forEachEngine } from '../support/databases.ts';
import { coordinator, mentors, messagesIn, textOf } from '../support/morning-cards.ts';
import { COORDINATOR_CHANNEL, clockTime, guid, pupilId, smallMunicipality } from '../support/small-school.ts';
import { type CardInHand, cardIn, inHand, tap } from '../support/taps.ts';
import type { TeamsPlace } from '../support/teams-user.ts';
import {
  EHT_CHAT,
  type EhtApp,
  ehtChat,
  NEXT_TUESDAY,
  startEhtApp,
  TUESDAY,
  WEDNESDAY,
} from './eht-school.ts';
import { personal } from './personal.ts';

/** What only EHT talks about: who is on its list, what it ticks and what it decides. */
const CONTENT =
  /Handlingsplan|Möte med vårdnadshavare|fått berätta|Kartläggning gjord|EHT-checklista|Kvar att lösa/;
const OTHER_CHAT: TeamsPlace = { id: '19:other-eht@thread.v2', kind: 'groupChat' };

forEachEngine('the wall around EHT', (engine) => {
  let app: EhtApp;
  let decisionId: string;
  const siv = () => app.user('Siv Kurator');
  const shown = (place: TeamsPlace) =>
    messagesIn(app, place)
      .filter(({ activity }) => activity.attachments !== undefined)
      .map(({ activity }) => textsOf(cardOf(activity)).join('\n'));

  before(async () => {
    app = await startEhtApp({
      engine,
      groups: 1,
      perGroup: 5,
      municipality: {
        schools: [
          school('norr', 1, EHT_CHAT),
          // Another school's EHT, with the same people in it.
          school('syd', 2, OTHER_CHAT.id),
        ],
      },
    });
    await app.absent({ 0: 30, 1: 25 });
    await app.until('14:00', TUESDAY);
    app.clock.set('13:05', WEDNESDAY);
    await decideSomething();
  });
  after(() => app.close());

  function school(id: string, number: number, eht: string) {
    return {
      id,
      name: id,
      organisation: guid(9, number),
      roles: {
        attendanceCoordinators: ['karin.koord@skola.example'],
        ehtMembers: ['siv.kurator@skola.example'],
      },
      channels:
        id === 'norr'
          ? { eht, coordinator: COORDINATOR_CHANNEL, mentorGroups: { '7A': mentors(0).id } }
          : { eht },
      eht: { weekday: 'wednesday', time: '13:00', from: '2026-08-26' },
    };
  }

  /** The first pupil of the newest list. */
  async function openPupil(): Promise<CardInHand> {
    const hand = cardIn(app, ehtChat);
    const button = actionsOf(hand.card).find(({ verb }) => verb === 'eht.open');
    return inHand(await siv().pressExecute(ehtChat, hand.messageId, 'eht.open', button?.data ?? {}), hand);
  }

  async function decideSomething(): Promise<void> {
    const panel = await openPupil();
    const form = inHand(await tap(siv(), ehtChat, panel, 'Nytt beslut'), panel);
    await tap(siv(), ehtChat, form, 'Besluta', { choice: 'plan', owner: 'siv.kurator@skola.example' });
    await app.settled();
    const row = await app.storage.db.selectFrom('ehtDecision').select('id').executeTakeFirstOrThrow();
    decisionId = row.id;
  }

  /** Every verb of EHT's, and the one that shows a card again, with all that it could ask for. */
  function everyPress(on: string): readonly (readonly [string, object])[] {
    const all = Object.keys(verbs).filter((verb) => verb.startsWith('eht.') || verb === 'card.show');
    const data = {
      on,
      pupil: pupilId(0),
      step: guid(7, 1),
      version: 1,
      point: 'heard',
      decision: decisionId,
      choice: 'meet',
      owner: 'siv.kurator@skola.example',
      reason: 'alreadyDone',
      time: '5',
    };
    return all.map((verb) => [verb, data]);
  }

  const elsewhere: readonly (readonly [string, TeamsPlace])[] = [
    ['a mentors’ channel', mentors(0)],
    ['the coordinator’s channel', coordinator],
    ['a chat of one’s own', personal('Siv Kurator')],
    ['another school’s EHT', OTHER_CHAT],
  ];
  for (const [name, place] of elsewhere) {
    it(`gives nothing to ${name}, whatever is pressed there, changes nothing, and puts each down`, async () => {
      await siv().write(place, 'hej');
      await leaveCards(place);
      const before = await ehtRows();
      const audited = await refusals();
      let pressed = 0;
      for (const purpose of EHT_PURPOSES) {
        for (const [verb, data] of everyPress(`${purpose}:norr/${WEDNESDAY}:0`)) {
          const answer = await siv().pressExecute(place, 'some-message', verb, data);
          assert.doesNotMatch(JSON.stringify(answer.body), CONTENT, `${verb} on ${purpose}`);
          assert.doesNotMatch(JSON.stringify(answer.body), /Elev\d/, `${verb} on ${purpose}`);
          pressed += 1;
        }
      }
      for (const text of ['eht', 'visa eht listan', 'show eht list']) await siv().write(place, text);
      await app.settled();

      assert.deepEqual(await ehtRows(), before);
      assert.equal((await refusals()) - audited, pressed);
      const said = JSON.stringify(messagesIn(app, place).map(({ activity }) => activity));
      assert.doesNotMatch(said, CONTENT);
    });
  }

  it('tells elsewhere only when the next meeting is', async () => {
    await siv().write(mentors(0), 'eht');

    const [said] = messagesIn(app, mentors(0)).slice(-1);
    assert.match(
      String(said?.activity.text),
      /Nästa elevhälsoträff är onsdag 25 november 13:00\. Listan står i EHT:s konversation\./,
    );
  });

  it('refuses in EHT’s conversation whoever does not work there, and puts it down', async () => {
    const audited = await refusals();
    const hand = cardIn(app, ehtChat);

    for (const [verb, data] of everyPress(`ehtList:norr/${WEDNESDAY}:0`)) {
      const answer = await app.user('Anna Berg').pressExecute(ehtChat, hand.messageId, verb, data);
      assert.match(textOf(answer), /Det här är för dem som arbetar i EHT/, verb);
    }

    assert.equal((await refusals()) - audited, everyPress('').length);
  });

  it('answers no older client, whose answer would stand there for good', async () => {
    const hand = cardIn(app, ehtChat);
    const before = messagesIn(app, ehtChat).length;

    await siv().pressSubmit(ehtChat, hand.messageId, 'eht.open', {
      on: `ehtList:norr/${WEDNESDAY}:0`,
      pupil: pupilId(0),
    });

    const [said] = messagesIn(app, ehtChat).slice(before);
    assert.equal(said?.activity.attachments, undefined);
    assert.doesNotMatch(JSON.stringify(said?.activity ?? ''), /Elev\d/);
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

    const hand = { messageId: listId() };
    for (const [verb, data] of everyPress(`ehtList:norr/${WEDNESDAY}:0`)) {
      const answer = await siv().pressExecute(ehtChat, hand.messageId, verb, data);
      assert.doesNotMatch(JSON.stringify(answer.body), /Elev\d/, verb);
    }

    await app.storage.db
      .deleteFrom('binding')
      .where('conversationId', '=', EHT_CHAT)
      .where('role', '=', 'mentorGroup')
      .execute();
  });

  it('lets nothing out over a whole meeting, nor a name in a notification or the log', async () => {
    await app.until('14:00', WEDNESDAY);
    for (const day of ['2026-11-26', '2026-11-27', '2026-11-30', '2026-12-01'])
      for (const time of ['08:00', '12:01', '15:01', '17:00']) await app.until(time, day);

    for (const { conversationId, activity } of app.connector.messages()) {
      assert.doesNotMatch(String(activity.summary), /Elev\d/);
      if (conversationId === EHT_CHAT || conversationId === OTHER_CHAT.id) continue;
      assert.doesNotMatch(JSON.stringify(activity), CONTENT, conversationId);
    }
    assert.match(shown(ehtChat).join('\n'), CONTENT);
    assert.doesNotMatch(app.log.join(''), /Elev\d|Handlingsplan/);
  });

  it('has nothing of a school’s in its old conversation once another is EHT’s, and the list in the new one', async () => {
    await app.until('14:00', NEXT_TUESDAY);
    assert.match(shown(ehtChat).join('\n'), /Elev0/);
    // Whoever works with a pupil at that moment does not keep the list there.
    await openPupil();
    const moved = { ...app.config, channels: { ...app.config.channels, eht: '19:new@thread.v2' } };
    const { runs } = app.sedd;
    const municipality = smallMunicipality(app.connector.url, 1);

    await syncBindings(app.storage.db, { ...municipality, schools: [moved] });
    await runs.jobs.enqueue(app.storage.db, 'deliver', {});
    await app.settled();
    await app.until('14:01', NEXT_TUESDAY);

    assert.deepEqual(
      new Set(shown(ehtChat)),
      new Set(['Det som stod här hör till EHT och visas inte längre i den här konversationen.']),
    );
    assert.match(shown({ id: '19:new@thread.v2', kind: 'groupChat' }).join('\n'), /Elev0 Exempel/);
    for (const [verb, data] of everyPress(`ehtList:norr/${WEDNESDAY}:0`)) {
      const answer = await siv().pressExecute(ehtChat, listId(), verb, data);
      assert.doesNotMatch(JSON.stringify(answer.body), /Elev\d/, verb);
    }
  });

  /** The message of the list. */
  function listId(): string {
    return messagesIn(app, ehtChat)[0]?.id ?? '';
  }

  /** As if EHT had been there before: its cards stand there, and can be found when they are pressed. */
  async function leaveCards({ id }: TeamsPlace): Promise<void> {
    const posts = EHT_PURPOSES.map((purpose) => ({
      purpose,
      subject: `norr/${WEDNESDAY}`,
      conversationId: id,
      schoolId: 'norr',
      day: Temporal.PlainDate.from(WEDNESDAY),
      threadId: null,
      wantedVersion: 1,
      shownVersion: 1,
      shownDigest: null,
      activityId: 'some-message',
      state: 'posted' as const,
      createdAt: clockTime('08:00'),
    }));
    await app.storage.db.insertInto('post').values(posts).execute();
  }

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

  async function refusals(): Promise<number> {
    const rows = await app.storage.db
      .selectFrom('audit')
      .select('id')
      .where('action', '=', 'press.refused')
      .execute();
    return rows.length;
  }
});
