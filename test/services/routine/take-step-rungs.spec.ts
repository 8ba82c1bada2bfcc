import assert from 'node:assert/strict';
import { createLog } from '../../../services/log.ts';
import { acceptAll } from '../../../services/routine/accept-case.ts';
import { handOverStep } from '../../../services/routine/finish-step.ts';
import { takeStepRungs } from '../../../services/routine/take-step-rungs.ts';
import { forEachEngine } from '../../support/databases.ts';
import { ANNA, BO, KARIN } from '../../support/small-staff.ts';
import { karin, MONDAY, openRoutineSchool, type RoutineSchool } from './routine-school.ts';

const CHANNEL = '19:coordinator';

forEachEngine('telling people of their steps', (engine) => {
  let own: RoutineSchool;

  beforeEach(async () => {
    own = await openRoutineSchool(engine);
    await addConversation(CHANNEL, 'channel');
    await own.storage.db
      .insertInto('binding')
      .values({
        conversationId: CHANNEL,
        role: 'coordinator',
        schoolId: 'norr',
        groupName: '',
        origin: 'chat',
      })
      .execute();
    for (const staffId of [ANNA, BO, KARIN]) await addChat(staffId);
    await own.absent('p1', 25);
    await own.absent('p3', 25);
    await own.evaluate();
    await acceptAll(own.deps, { school: own.school, ...karin });
  });
  afterEach(() => own.close());

  async function addConversation(id: string, kind: 'channel' | 'personal'): Promise<void> {
    const place = { tenantId: 't', serviceUrl: 'http://127.0.0.1:1/', teamId: null, name: null };
    await own.storage.db
      .insertInto('conversation')
      .values({ id, kind, ...place, state: 'open' })
      .execute();
  }
  async function addChat(staffId: string): Promise<void> {
    await addConversation(`a:${staffId}`, 'personal');
    await own.storage.db
      .insertInto('teamsUser')
      .values({
        entraId: `entra ${staffId}`,
        teamsId: `29:${staffId}`,
        tenantId: 't',
        name: staffId,
        email: null,
        principalName: null,
        isGuest: false,
        staffId,
        personalConversationId: `a:${staffId}`,
        seenAt: own.deps.clock.now(),
      })
      .execute();
  }
  /** At half past two, on a day counted from the Monday. */
  async function tick(days: number, times = 1): Promise<void> {
    const now = MONDAY.add({ days }).toZonedDateTime({ timeZone: 'Europe/Stockholm', plainTime: '14:30' });
    const deps = {
      db: own.storage.db,
      jobs: { enqueue: async () => {} },
      clock: { now: () => now.toInstant() },
      log: createLog('silent'),
      schools: new Map([['norr', own.school]]),
    };
    await Promise.all(Array.from({ length: times }, () => takeStepRungs(deps)));
  }
  /** Each message: its rung, where it stands, and the steps that it tells of. */
  async function told(): Promise<readonly string[]> {
    const rows = await own.storage.db
      .selectFrom('stepRung')
      .innerJoin('stepBatch', 'stepBatch.id', 'stepRung.batchId')
      .innerJoin('routineStep', 'routineStep.id', 'stepRung.stepId')
      .innerJoin('post', 'post.subject', 'stepBatch.id')
      .select(['stepRung.rung', 'post.conversationId', 'routineStep.key', 'routineStep.pupilId'])
      .execute();
    return rows
      .map(
        ({ rung, conversationId, key, pupilId }) =>
          `${conversationId} ${pupilId} ${key} ${rung.split(':')[0]}`,
      )
      .toSorted();
  }
  const given = [
    `${CHANNEL} p3 investigate given`,
    `${CHANNEL} p3 letter given`,
    `${CHANNEL} p3 look given`,
    `a:${ANNA} p1 investigate given`,
    `a:${ANNA} p1 look given`,
    `a:${KARIN} p1 letter given`,
  ].toSorted();

  it('comes to each in one message, of a protected pupil to the coordinators, however many replicas tick', async () => {
    await tick(1, 4);
    await tick(1);

    assert.deepEqual(await told(), given);
    const batches = await own.storage.db.selectFrom('stepBatch').select('id').execute();
    assert.equal(batches.length, 3);
  });

  it('comes to whoever it is handed over to, once each time', async () => {
    await tick(1);
    const { id: stepId } = await own.storage.db
      .selectFrom('routineStep')
      .select('id')
      .where('pupilId', '=', 'p1')
      .where('key', '=', 'look')
      .executeTakeFirstOrThrow();
    const handOver = (toStaffId: string) => handOverStep(own.deps, { stepId, toStaffId, ...karin });

    for (const to of [BO, ANNA, ANNA]) {
      await handOver(to);
      await tick(1, 2);
    }

    const news = (await told()).filter((one) => one.includes('p1 look'));
    assert.deepEqual(
      news,
      [`a:${ANNA} p1 look given`, `a:${ANNA} p1 look given`, `a:${BO} p1 look given`].toSorted(),
    );
  });

  it('goes to the coordinators where nobody on the staff has a chat, or has left', async () => {
    await own.storage.db
      .updateTable('conversation')
      .set({ state: 'broken' })
      .where('id', '=', `a:${ANNA}`)
      .execute();
    await own.storage.db
      .updateTable('staff')
      .set({ removedAt: own.deps.clock.now() })
      .where('id', '=', KARIN)
      .execute();

    await tick(1);

    assert.deepEqual(new Set((await told()).map((one) => one.split(' ')[0])), new Set([CHANNEL]));
  });

  it('after a stop of weeks is what is open now, once, and late only from the next day', async () => {
    await tick(21, 2);
    await tick(21);
    const first = await told();
    await tick(22, 2);

    assert.deepEqual(first, given);
    const late = (await told()).filter((one) => one.endsWith(' late'));
    assert.equal(late.length, 6);
    assert.equal((await told()).filter((one) => one.endsWith(' escalated')).length, 6);
  });

  it('waits for a channel where nobody at all can be told', async () => {
    await own.storage.db.deleteFrom('binding').execute();
    await own.storage.db.updateTable('conversation').set({ state: 'broken' }).execute();
    await tick(1);
    assert.deepEqual(await told(), []);

    await own.storage.db
      .updateTable('conversation')
      .set({ state: 'open' })
      .where('id', '<>', CHANNEL)
      .execute();
    await tick(1);

    assert.equal((await told()).length, 3);
  });
});
