import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { decide } from '../../services/eht/decide.ts';
import { followMeetings } from '../../services/eht/follow-meetings.ts';
import { closeMeeting, listMeeting } from '../../services/eht/hold-meeting.ts';
import { openEhtRoom } from '../../services/eht/room.ts';
import { tickPoint } from '../../services/eht/tick-point.ts';
import { routinesFrom } from '../services/routine/routines.ts';
import { actionsOf, cardOf, textsOf } from '../support/card-text.ts';
import { forEachEngine } from '../support/databases.ts';
import { messagesIn, textOf } from '../support/morning-cards.ts';
import { pupilId } from '../support/small-school.ts';
import { type CardInHand, cardIn, inHand, tap, titlesOf } from '../support/taps.ts';
import {
  EHT_CHAT,
  EHT_ROUTINE,
  type EhtApp,
  ehtChat,
  NEXT_TUESDAY,
  startEhtApp,
  TUESDAY,
  WEDNESDAY,
} from './eht-school.ts';

forEachEngine('EHT’s work', (engine) => {
  let app: EhtApp;
  const siv = () => app.user('Siv Kurator');
  const rut = () => app.user('Rut Rektor');
  const cards = () =>
    messagesIn(app, ehtChat).flatMap(({ activity }) =>
      activity.attachments === undefined ? [] : [textsOf(cardOf(activity)).join('\n')],
    );
  const newest = () => cards().at(-1) ?? '';
  const start = async (options: Parameters<typeof startEhtApp>[0] = {}) => {
    app = await startEhtApp({ engine, groups: 1, perGroup: 5, ...options });
    await app.absent({ 0: 30, 1: 25 });
  };
  afterEach(() => app.close());

  it('has its list made up for after downtime, until the meeting ends', async () => {
    await start();

    await app.until('13:20', WEDNESDAY);

    assert.equal(cards().length, 1);
    assert.match(newest(), /Elevhälsoträff onsdag 25 november: 2 elever/);
  });

  it('has taken a pupil up where anything was done about them, and the step that asks for it is done', async () => {
    const raise =
      '{ key: raise, name: Tas upp, role: attendanceCoordinator, dueInSchoolDays: 10, kind: ehtMeeting }';
    const routines = routinesFrom(
      EHT_ROUTINE.replace('- { key: letter', `- ${raise}\n          - { key: letter`),
    );
    await start({ parts: { routines } });
    await app.until('14:00', TUESDAY);
    app.clock.set('13:05', WEDNESDAY);
    const open = await tap(siv(), ehtChat, cardIn(app, ehtChat), 'Öppna');
    const steps = async () =>
      await app.storage.db
        .selectFrom('routineStep')
        .select(['key', 'state'])
        .where('pupilId', '=', pupilId(0))
        .where('key', '=', 'raise')
        .execute();

    const taken = await tap(siv(), ehtChat, inHand(open, cardIn(app, ehtChat)), 'Upptagen');
    const [after] = await steps();
    const back = await tap(siv(), ehtChat, inHand(taken, cardIn(app, ehtChat)), 'Inte upptagen');
    const [afterBack] = await steps();

    assert.match(textOf(taken), /✓ Tas upp/);
    assert.doesNotMatch(textOf(back), /✓ Tas upp/);
    assert.deepEqual([after?.state, afterBack?.state], ['done', 'open']);
  });

  it('has no list of a meeting that has ended, and is closed however long Sedd was down', async () => {
    await start();
    await app.until('14:00', TUESDAY);

    await app.until('09:00', '2026-11-30');

    assert.match(newest(), /Sammanfattning av elevhälsoträffen onsdag 25 november[\s\S]*nästa gång \(2\)/);
    await app.until('14:30', '2026-12-02');
    assert.equal(cards().length, 2);
    const run = await app.storage.db
      .selectFrom('jobRun')
      .select(['state', 'note'])
      .where('job', '=', 'ehtList')
      .where('day', '=', Temporal.PlainDate.from('2026-12-02'))
      .executeTakeFirstOrThrow();
    assert.deepEqual(run, { state: 'skipped', note: 'tooLate' });
  });

  it('closes a meeting before the next one’s list, where its room was gone when it ended', async () => {
    await start();
    await app.until('14:00', TUESDAY);
    const room = app.storage.db.deleteFrom('binding').where('role', '=', 'eht');
    await room.execute();
    await app.until('14:01', WEDNESDAY);
    assert.equal(await openMeetings(), 1);
    await app.storage.db
      .insertInto('binding')
      .values({ conversationId: EHT_CHAT, schoolId: 'norr', role: 'eht', groupName: '', origin: 'config' })
      .execute();

    await listMeeting(deps(), app.config, Temporal.PlainDate.from('2026-12-02'));

    assert.equal(await openMeetings(), 1);
  });

  it('shows a pupil no more whose identity is protected in the middle of it, and says so by number', async () => {
    await start();
    await app.until('14:00', TUESDAY);
    app.clock.set('13:05', WEDNESDAY);
    const panel = await open('Elev0 Exempel');
    await decideBy(panel, 'meet');
    app.school.isProtected = (pupil) => pupil === 0;

    await app.run('roster');
    const late = await tap(siv(), ehtChat, panel, 'Upptagen');
    await app.until('14:00', WEDNESDAY);
    await app.until('08:00', '2026-11-26');

    const since = cards().join('\n');
    assert.doesNotMatch(since, /Elev0/);
    assert.match(since, /1 ärende hanteras enligt särskild rutin/);
    assert.match(textOf(late), /Eleven finns inte på listan längre/);
    assert.equal(cards().length, 2);
  });

  it('speaks English at a school that does', async () => {
    await start({ school: { language: 'en' } });
    await app.until('14:00', TUESDAY);
    app.clock.set('13:05', WEDNESDAY);

    const hand = cardIn(app, ehtChat);
    const button = actionsOf(hand.card).find(({ verb }) => verb === 'eht.open');
    const panel = await siv().pressExecute(ehtChat, hand.messageId, 'eht.open', button?.data ?? {});
    await siv().write(ehtChat, 'show eht list');
    await app.settled();

    assert.match(cards()[0] ?? '', /Pupil-health meeting Wednesday 25 November: 2 pupils on the list/);
    assert.match(textOf(panel), /1 of 2 · pupil-health meeting Wednesday 25 November/);
    const said = messagesIn(app, ehtChat).map(({ activity }) => String(activity.text ?? ''));
    assert.ok(said.includes('Here comes the list for the pupil-health meeting Wednesday 25 November.'));
  });

  it('can be looked at before its list is there, and not worked in', async () => {
    await start();
    app.clock.set('08:00', TUESDAY);

    await siv().write(ehtChat, 'eht');
    await app.settled();
    const panel = await open('Elev0 Exempel', await listHand());

    assert.match(newest(), /Så här ser listan ut just nu/);
    assert.deepEqual(titlesOf(panel.card), ['Nästa', 'Till listan']);
    const data = { ...actionsOf(panel.card)[0]?.data, pupil: pupilId(0) };
    const pressed = await siv().pressExecute(ehtChat, panel.messageId, 'eht.takeUp', data);
    assert.match(textOf(pressed), /Listan är en förhandsvisning/);
    await app.until('14:00', TUESDAY);
    assert.equal(cards().length, 2);
    for (const card of cards()) assert.match(card, /Avsluta mötet/);
  });

  it('tells a late press who was before, and lets what was done in error be taken back', async () => {
    await start();
    await app.until('14:00', TUESDAY);
    app.clock.set('13:05', WEDNESDAY);
    const seen = await open('Elev0 Exempel');
    let panel = await press(seen, 'Klart', 'eht.tick');

    app.clock.set('13:06', WEDNESDAY);
    const late = inHand(await rutPresses(seen, 'eht.tick'), seen);
    assert.match(text(late), /Redan gjort av Siv Kurator ons 25\/11 13:05/);
    panel = await press(panel, 'Ångra', 'eht.untick');
    assert.match(text(panel), /☐ Eleven har fått berätta/);
    panel = await decideBy(panel, 'plan');
    const again = inHand(
      await siv().pressExecute(ehtChat, seen.messageId, 'eht.decide', {
        ...actionsOf(seen.card)[0]?.data,
        choice: 'plan',
        owner: 'siv.kurator@skola.example',
      }),
      seen,
    );
    assert.match(text(again), /Det är redan beslutat av Siv Kurator ons 25\/11 13:06/);
    panel = await press(panel, 'Klart', 'eht.decisionDone');
    panel = await press(panel, 'Ångra', 'eht.decisionReopened');
    panel = await press(panel, 'Ta bort', 'eht.decisionWithdrawn');
    assert.match(text(panel), /Inga beslut ännu/);
    panel = await press(panel, 'Inte upptagen', 'eht.putBack');
    await app.settled();
    assert.doesNotMatch(newest(), /upptagen\)/);
  });

  it('says of a step that it is not needed, with a reason, or gives it more time', async () => {
    await start();
    await app.until('14:00', TUESDAY);
    app.clock.set('13:05', WEDNESDAY);
    let panel = await open('Elev0 Exempel');
    const first = await press(panel, 'Annat …', 'eht.askStep');
    const without = await tap(siv(), ehtChat, first, 'Behövs inte');
    assert.match(textOf(without), /Välj varför steget inte behövs/);

    panel = inHand(await tap(siv(), ehtChat, first, 'Behövs inte', { reason: 'otherMeasure' }), panel);
    assert.match(text(panel), /✓ Brev hem\nbehövs inte/);
    const second = await press(panel, 'Annat …', 'eht.askStep');
    panel = inHand(await tap(siv(), ehtChat, second, 'Mer tid', { time: '10' }), panel);

    assert.match(text(panel), /Sparat/);
    const late = await tap(siv(), ehtChat, second, 'Mer tid', { time: '10' });
    assert.match(textOf(late), /Steget har ändrats sedan kortet visades/);
    const steps = await app.storage.db
      .selectFrom('routineStep')
      .select(['key', 'state', 'reason'])
      .where('pupilId', '=', pupilId(0))
      .where('reason', 'is not', null)
      .execute();
    assert.deepEqual(steps, [{ key: 'letter', state: 'notNeeded', reason: 'otherMeasure' }]);
  });

  it('is not closed the day before, and once only', async () => {
    await start();
    await app.until('14:00', TUESDAY);

    const early = await tap(siv(), ehtChat, cardIn(app, ehtChat), 'Avsluta mötet');
    assert.match(textOf(early), /Mötet är onsdag 25 november/);
    app.clock.set('13:30', WEDNESDAY);
    const list = cardIn(app, ehtChat);
    await tap(siv(), ehtChat, list, 'Avsluta mötet');
    const late = await tap(rut(), ehtChat, list, 'Avsluta mötet');

    assert.match(textOf(late), /Mötet är redan avslutat/);
    await app.settled();
    assert.equal(cards().length, 2);
  });

  it('begins a checklist anew in a new course, and keeps it over the levels of one', async () => {
    await start();
    await app.until('14:00', TUESDAY);
    app.clock.set('13:05', WEDNESDAY);
    await press(await open('Elev0 Exempel'), 'Klart', 'eht.tick');
    await app.storage.db
      .updateTable('routineCase')
      .set({ acceptedAt: Temporal.Instant.from('2026-11-30T10:00:00Z') })
      .where('pupilId', '=', pupilId(0))
      .execute();

    await app.until('14:00', WEDNESDAY);
    await app.until('14:00', NEXT_TUESDAY);

    const panel = await open('Elev0 Exempel');
    assert.match(text(panel), /☐ Eleven har fått berätta/);
  });

  it('is the same however many do it at once', async () => {
    await start();
    await app.until('14:00', TUESDAY);
    app.clock.set('13:05', WEDNESDAY);
    const room = await openEhtRoom(app.storage.db, { schoolId: 'norr', conversationId: EHT_CHAT });
    assert.ok(room !== undefined);
    const day = Temporal.PlainDate.from(WEDNESDAY);
    const input = (number: number) => ({
      school: app.config,
      day,
      pupilId: pupilId(number % 2),
      section: 'new' as const,
      actor: { id: `entra-${number}`, name: `Person ${number}`, staffId: undefined },
      conversationId: EHT_CHAT,
    });
    const many = Array.from({ length: 8 }, (_, number) => number);

    const ticked = await Promise.all(many.map((n) => tickPoint(deps(), room, { ...input(n), key: 'heard' })));
    const decided = await Promise.all(
      many.map((n) =>
        decide(deps(), room, {
          ...input(n),
          key: 'meet',
          ownerAddress: 'rut.rektor@skola.example',
          inSchoolDays: undefined,
        }),
      ),
    );
    const closed = await Promise.all(many.map((n) => closeMeeting(deps(), room, app.config, day, input(n))));
    app.clock.set('08:00', '2026-11-26');
    await Promise.all(many.map(() => followMeetings({ ...deps(), schools: app.sedd.runs.schools })));
    await app.settled();

    assert.equal(ticked.filter(({ kind }) => kind === 'ticked').length, 2);
    assert.equal(decided.filter(({ kind }) => kind === 'decided').length, 2);
    assert.equal(closed.filter(({ kind }) => kind === 'closed').length, 1);
    assert.equal(cards().filter((card) => card.includes('2 beslut från EHT ska vara klara')).length, 1);
    const rows = await app.storage.db
      .selectFrom('audit')
      .select('action')
      .where('action', 'in', ['eht.takenUp', 'eht.decided', 'eht.closed', 'eht.reminded'])
      .orderBy('action')
      .execute();
    assert.deepEqual(
      rows.map(({ action }) => action),
      [
        'eht.closed',
        'eht.decided',
        'eht.decided',
        'eht.reminded',
        'eht.reminded',
        'eht.takenUp',
        'eht.takenUp',
      ],
    );
  });

  function deps() {
    const { runs } = app.sedd;
    assert.ok(runs.eht !== undefined);
    return { ...runs, ...runs.eht };
  }

  async function openMeetings(): Promise<number> {
    const rows = await app.storage.db
      .selectFrom('ehtMeeting')
      .select('day')
      .where('closedAt', 'is', null)
      .execute();
    return rows.length;
  }

  async function listHand(): Promise<CardInHand> {
    const message = messagesIn(app, ehtChat).findLast(({ activity }) => activity.attachments !== undefined);
    assert.ok(message !== undefined, 'no list');
    return { messageId: message.id, card: cardOf(message.activity) };
  }

  async function open(name: string, hand: CardInHand = cardIn(app, ehtChat)): Promise<CardInHand> {
    const button = actionsOf(hand.card).find(({ tooltip }) => tooltip === `Öppna ${name}`);
    assert.ok(button !== undefined, `no ${name}`);
    return inHand(await siv().pressExecute(ehtChat, hand.messageId, button.verb, button.data), hand);
  }

  async function press(hand: CardInHand, title: string, verb: string): Promise<CardInHand> {
    const button = actionsOf(hand.card).find((one) => one.title === title && one.verb === verb);
    assert.ok(button !== undefined, `no ${title}, but ${titlesOf(hand.card).join(', ')}`);
    return inHand(await siv().pressExecute(ehtChat, hand.messageId, verb, button.data), hand);
  }

  async function rutPresses(hand: CardInHand, verb: string) {
    const button = actionsOf(hand.card).find((one) => one.verb === verb);
    return await rut().pressExecute(ehtChat, hand.messageId, verb, button?.data ?? {});
  }

  async function decideBy(panel: CardInHand, choice: string): Promise<CardInHand> {
    const form = await press(panel, 'Nytt beslut', 'eht.askDecision');
    const owner = 'siv.kurator@skola.example';
    return inHand(await tap(siv(), ehtChat, form, 'Besluta', { choice, owner }), panel);
  }

  const text = ({ card }: CardInHand) => textsOf(card).join('\n');
});
