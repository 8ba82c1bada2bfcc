import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { type NoticeInput, tellOnce } from '../../../services/follow-up/notices.ts';
import { sendNotices } from '../../../services/follow-up/send-notices.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import { channelId, clockTime, groupId, MONDAY, pupilId } from '../../support/small-school.ts';
import { ANNA, BO } from '../../support/small-staff.ts';
import { addChat, addOpen, cardOf, chatOf, rungsAt, seedSchool, TABLES } from './reminder-school.ts';

forEachEngine('notices', (engine) => {
  let storage: Storage;
  let db: Db;
  before(async () => {
    storage = await engine.open();
    db = storage.db;
  });
  beforeEach(async () => {
    await empty(db, TABLES);
    await seedSchool(db);
  });
  after(async () => await storage.close());

  const notice = (more: Partial<NoticeInput> = {}): NoticeInput => ({
    kind: 'corrected',
    subject: 'one',
    staffId: ANNA,
    schoolId: 'norr',
    day: MONDAY,
    details: { pupil: pupilId(1) },
    at: clockTime('09:00'),
    ...more,
  });
  const dayOf = (iso: string) => Temporal.PlainDate.from(iso);
  /** Sends; answers how often the delivery was rung for. */
  async function send(time: string, day = MONDAY): Promise<number> {
    const { deps, rung } = rungsAt(db, time);
    await sendNotices({ ...deps, clock: { now: () => clockTime(time, day) } });
    return rung.length;
  }
  const sent = async () => {
    const posts = await db
      .selectFrom('post')
      .select(['conversationId', 'threadId'])
      .where('purpose', '=', 'notice')
      .orderBy('conversationId')
      .execute();
    return posts.map(({ conversationId, threadId }) => `${conversationId} ${threadId ?? '-'}`);
  };

  it('are written down once of a subject, for each person', async () => {
    const told = [
      await tellOnce(db, notice()),
      await tellOnce(db, notice({ at: clockTime('09:30'), details: { pupil: pupilId(2) } })),
      await tellOnce(db, notice({ staffId: BO })),
      await tellOnce(db, notice({ kind: 'handedOver' })),
      await tellOnce(db, notice({ subject: 'another' })),
    ];

    assert.deepEqual(told, [true, false, true, true, true]);
  });

  it('are written down once by several in the same second', async () => {
    const told = await Promise.all(Array.from({ length: 8 }, () => tellOnce(db, notice())));

    assert.equal(told.filter(Boolean).length, 1);
  });

  it('go to the person’s own chat, once', async () => {
    await addChat(db, ANNA);
    await tellOnce(db, notice());

    const rung = [await send('09:01'), await send('09:02')];

    assert.deepEqual(rung, [1, 0]);
    assert.deepEqual(await sent(), [`${chatOf(ANNA)} -`]);
  });

  it('go under the group’s card of what concerns a follow-up, where there is no chat', async () => {
    const followUp = await addOpen(db, 1, { groupId: groupId(1) });
    await tellOnce(db, notice({ details: { followUp, pupil: pupilId(1) } }));

    await send('09:01');

    assert.deepEqual(await sent(), [`${channelId(1)} ${cardOf(1)}`]);
  });

  it('wait for a chat with the person, and do not go to the coordinators', async () => {
    await tellOnce(db, notice());
    await send('09:01');
    const before = await sent();
    await addChat(db, ANNA);

    await send('09:02');

    assert.deepEqual([before, await sent()], [[], [`${chatOf(ANNA)} -`]]);
  });

  const times = [
    { time: '07:29', isSent: false },
    { time: '07:30', isSent: true },
    { time: '16:29', isSent: true },
    { time: '16:30', isSent: false },
  ];
  for (const { time, isSent } of times) {
    it(`${isSent ? 'go' : 'do not go'} at ${time}`, async () => {
      await addChat(db, ANNA);
      await tellOnce(db, notice({ at: clockTime('07:00') }));

      assert.equal(await send(time), isSent ? 1 : 0);
    });
  }

  it('wait over a day on which the school is closed', async () => {
    await addChat(db, ANNA);
    const saturday = MONDAY.add({ days: 5 });
    await tellOnce(db, notice({ at: clockTime('15:00', saturday.subtract({ days: 1 })) }));

    const counts = [await send('09:00', saturday), await send('09:00', saturday.add({ days: 2 }))];

    assert.deepEqual(counts, [0, 1]);
  });

  const breaks = [
    { name: 'a weekend', told: '2026-11-20', sentOn: '2026-11-25' },
    { name: 'the autumn break', told: '2026-10-23', sentOn: '2026-11-02' },
    { name: 'the summer, before the first term', told: '2026-08-13', sentOn: '2026-08-18' },
  ];
  for (const { name, told, sentOn } of breaks) {
    it(`grow no older over ${name}`, async () => {
      await addChat(db, ANNA);
      await tellOnce(db, notice({ kind: 'appointed', at: clockTime('15:00', dayOf(told)) }));

      assert.equal(await send('09:00', dayOf(sentOn)), 1);
    });
  }

  it('wait for nobody who cannot be reached, however many there are', async () => {
    await addChat(db, ANNA);
    for (let number = 0; number < 201; number += 1)
      await tellOnce(db, notice({ subject: `unreachable ${number}`, staffId: BO }));
    await tellOnce(db, notice({ at: clockTime('09:01') }));

    await send('09:02');

    assert.deepEqual(await sent(), [`${chatOf(ANNA)} -`]);
  });

  it('are of no use any more after three days', async () => {
    await addChat(db, ANNA);
    await tellOnce(db, notice());

    assert.equal(await send('09:01', MONDAY.add({ days: 3 })), 0);
    assert.equal(await send('08:59', MONDAY.add({ days: 3 })), 1);
  });

  it('of a school that is no longer there stay where they are', async () => {
    await addChat(db, ANNA);
    await tellOnce(db, notice({ schoolId: 'soder' }));

    assert.equal(await send('09:01'), 0);
  });
});
