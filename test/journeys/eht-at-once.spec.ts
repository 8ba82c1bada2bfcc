import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { decide } from '../../services/eht/decide.ts';
import { followMeetings } from '../../services/eht/follow-meetings.ts';
import { closeMeeting } from '../../services/eht/hold-meeting.ts';
import { openEhtRoom } from '../../services/eht/room.ts';
import { tickPoint } from '../../services/eht/tick-point.ts';
import { forEachEngine } from '../support/databases.ts';
import { pupilId } from '../support/small-school.ts';
import { type EhtHands, startEht } from './eht-hands.ts';
import { EHT_CHAT, type EhtApp, ehtDeps, WEDNESDAY } from './eht-school.ts';

forEachEngine('EHT’s work', (engine) => {
  let app: EhtApp;
  let eht: EhtHands;
  afterEach(() => app.close());

  it('is the same however many do it at once', async () => {
    ({ app, eht } = await startEht({ engine }));
    await app.untilMeeting();
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
    const deps = ehtDeps(app);
    const many = Array.from({ length: 8 }, (_, number) => number);

    const ticked = await Promise.all(many.map((n) => tickPoint(deps, room, { ...input(n), key: 'heard' })));
    const decided = await Promise.all(
      many.map((n) =>
        decide(deps, room, {
          ...input(n),
          key: 'meet',
          ownerAddress: 'rut.rektor@skola.example',
          inSchoolDays: undefined,
        }),
      ),
    );
    const closed = await Promise.all(many.map((n) => closeMeeting(deps, room, app.config, day, input(n))));
    app.clock.set('08:00', '2026-11-26');
    await Promise.all(many.map(() => followMeetings({ ...deps, schools: app.sedd.runs.schools })));
    await app.settled();

    assert.equal(ticked.filter(({ kind }) => kind === 'ticked').length, 2);
    assert.equal(decided.filter(({ kind }) => kind === 'decided').length, 2);
    assert.equal(closed.filter(({ kind }) => kind === 'closed').length, 1);
    assert.equal(eht.cards().filter((card) => card.includes('2 beslut från EHT ska vara klara')).length, 1);
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
});
