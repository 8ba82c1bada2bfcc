import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { listMeeting } from '../../services/eht/hold-meeting.ts';
import { actionsOf } from '../support/card-text.ts';
import { forEachEngine } from '../support/databases.ts';
import { messagesIn, textOf } from '../support/morning-cards.ts';
import { pupilId } from '../support/small-school.ts';
import { cardIn, newestCard, tap, titlesOf } from '../support/taps.ts';
import { type EhtHands, startEht } from './eht-hands.ts';
import {
  EHT_CHAT,
  type EhtApp,
  type EhtAppOptions,
  ehtChat,
  ehtDeps,
  NEXT_TUESDAY,
  NEXT_WEDNESDAY,
  TUESDAY,
  WEDNESDAY,
} from './eht-school.ts';

forEachEngine('EHT’s list', (engine) => {
  let app: EhtApp;
  let eht: EhtHands;
  const start = async (options: EhtAppOptions = {}) => {
    ({ app, eht } = await startEht({ engine, ...options }));
  };
  afterEach(() => app.close());

  it('has its list made up for after downtime, until the meeting ends', async () => {
    await start();

    await app.until('13:20', WEDNESDAY);

    assert.equal(eht.cards().length, 1);
    assert.match(eht.newest(), /Elevhälsoträff onsdag 25 november: 2 elever/);
  });

  it('has no list of a meeting that has ended, and is closed however long Sedd was down', async () => {
    await start();
    await app.until('14:00', TUESDAY);

    await app.until('09:00', '2026-11-30');

    assert.match(
      eht.newest(),
      /Sammanfattning av elevhälsoträffen onsdag 25 november[\s\S]*nästa gång \(2\)/,
    );
    await app.until('14:30', '2026-12-02');
    assert.equal(eht.cards().length, 2);
    const run = await app.storage.db
      .selectFrom('jobRun')
      .select(['state', 'note'])
      .where('job', '=', 'ehtList')
      .where('day', '=', Temporal.PlainDate.from('2026-12-02'))
      .executeTakeFirstOrThrow();
    assert.deepEqual(run, { state: 'skipped', note: 'tooLate' });
  });

  it('comes as soon as EHT has a conversation, where it had none when the list was due', async () => {
    await start();
    await app.storage.db.deleteFrom('binding').where('role', '=', 'eht').execute();
    await app.until('14:10', TUESDAY);
    assert.deepEqual(eht.cards(), []);

    await app.user('Karin Koord').write(ehtChat, 'koppla eht');
    await app.until('15:00', TUESDAY);

    assert.match(eht.newest(), /Elevhälsoträff onsdag 25 november: 2 elever[\s\S]*Avsluta mötet/);
  });

  it('is taken back where the meeting is moved, whose own list is as if there had been none before', async () => {
    await start();
    await app.until('14:00', TUESDAY);
    const seen = await eht.open('Elev0 Exempel');
    moveMeeting({ day: '2026-11-25', movedTo: { day: '2026-11-27', time: '10:00' } });

    await app.until('14:05', WEDNESDAY);
    const late = await tap(eht.siv(), ehtChat, seen, 'Nästa');
    await app.until('14:00', '2026-11-26');

    const [first, second] = eht.cards();
    assert.equal(eht.cards().length, 2);
    assert.equal(first, 'Elevhälsoträff onsdag 25 november: en nyare lista finns längre ner');
    assert.match(textOf(late), /mötet är flyttat eller inställt/);
    assert.match(second ?? '', /Elevhälsoträff fredag 27 november: 2 elever/);
    assert.doesNotMatch(second ?? '', /förra mötet/);
  });

  it('says that a meeting is not held which was cancelled, unless something has been done at it', async () => {
    await start();
    await app.until('14:00', TUESDAY);
    await tap(eht.siv(), ehtChat, await eht.open('Elev0 Exempel'), 'Har tagits upp');
    moveMeeting({ day: '2026-11-25' });
    await app.until('15:00', WEDNESDAY);
    assert.match(eht.newest(), /Sammanfattning av elevhälsoträffen onsdag 25 november/);

    await app.until('14:00', NEXT_TUESDAY);
    moveMeeting({ day: '2026-12-02' });
    await app.until('15:00', NEXT_WEDNESDAY);

    assert.equal(eht.newest(), 'Elevhälsoträff onsdag 2 december: mötet är flyttat eller inställt');
  });

  /** As after a start with other settings. */
  const moveMeeting = (exception: object) => {
    Object.assign(app.config, { eht: { ...app.config.eht, exceptions: [exception] } });
  };

  it('closes a meeting before the next one’s list, where its room was gone when it ended', async () => {
    await start();
    await app.until('14:00', TUESDAY);
    const room = app.storage.db.deleteFrom('binding').where('role', '=', 'eht');
    await room.execute();
    await app.until('14:01', WEDNESDAY);
    const before = await openMeetings();
    await app.storage.db
      .insertInto('binding')
      .values({ conversationId: EHT_CHAT, schoolId: 'norr', role: 'eht', groupName: '', origin: 'config' })
      .execute();

    await listMeeting(ehtDeps(app), app.config, Temporal.PlainDate.from('2026-12-02'));

    assert.deepEqual([before, await openMeetings()], [[WEDNESDAY], ['2026-12-02']]);
  });

  it('speaks English at a school that does', async () => {
    await start({ school: { language: 'en' } });
    await app.untilMeeting();

    const hand = cardIn(app, ehtChat);
    const button = actionsOf(hand.card).find(({ verb }) => verb === 'eht.open');
    const panel = await eht.siv().pressExecute(ehtChat, hand.messageId, 'eht.open', button?.data ?? {});
    await eht.siv().write(ehtChat, 'show eht list');
    await app.settled();

    assert.match(eht.cards()[0] ?? '', /Pupil-health meeting Wednesday 25 November: 2 pupils on the list/);
    assert.match(textOf(panel), /1 of 2 · pupil-health meeting Wednesday 25 November/);
    const said = messagesIn(app, ehtChat).map(({ activity }) => String(activity.text ?? ''));
    assert.ok(said.includes('Here comes the list for the pupil-health meeting Wednesday 25 November.'));
  });

  it('can be looked at before its list is there, and not worked in', async () => {
    await start();
    app.clock.set('08:00', TUESDAY);

    await eht.siv().write(ehtChat, 'eht');
    await app.settled();
    const panel = await eht.open('Elev0 Exempel', newestCard(app, ehtChat));

    assert.match(eht.newest(), /Så här ser listan ut just nu/);
    assert.deepEqual(titlesOf(panel.card), ['Nästa', 'Till listan']);
    const data = { ...actionsOf(panel.card)[0]?.data, pupil: pupilId(0) };
    const pressed = await eht.siv().pressExecute(ehtChat, panel.messageId, 'eht.takeUp', data);
    assert.match(textOf(pressed), /Listan är en förhandsvisning/);
    await app.until('14:00', TUESDAY);
    assert.equal(eht.cards().length, 2);
    for (const card of eht.cards()) assert.match(card, /Avsluta mötet/);
  });

  it('is not closed the day before, and once only', async () => {
    await start();
    await app.until('14:00', TUESDAY);

    const early = await tap(eht.siv(), ehtChat, cardIn(app, ehtChat), 'Avsluta mötet');
    assert.match(textOf(early), /Mötet är onsdag 25 november/);
    app.clock.set('13:30', WEDNESDAY);
    const list = cardIn(app, ehtChat);
    await tap(eht.siv(), ehtChat, list, 'Avsluta mötet');
    const late = await tap(app.user('Rut Rektor'), ehtChat, list, 'Avsluta mötet');

    assert.match(textOf(late), /Mötet är redan avslutat/);
    await app.settled();
    assert.equal(eht.cards().length, 2);
  });

  /** The days of the meetings that are not closed. */
  async function openMeetings(): Promise<readonly string[]> {
    const rows = await app.storage.db
      .selectFrom('ehtMeeting')
      .select('day')
      .where('closedAt', 'is', null)
      .orderBy('day')
      .execute();
    return rows.map(({ day }) => day.toString());
  }
});
