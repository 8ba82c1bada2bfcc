import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';
import { forEachEngine } from '../support/databases.ts';
import { mentors, shownIn, textOf } from '../support/morning-cards.ts';
import { groupId, guid, MONDAY, pupilId, TENANT } from '../support/small-school.ts';
import { smallStaff, staffId } from '../support/small-staff.ts';
import type { TeamsPerson } from '../support/teams-user.ts';

const contacted = 'followUp.contacted';

const morning = (group: number, day = MONDAY.toString()) => `morning:${groupId(group)}/${day}:0`;

forEachEngine('presses that are refused', (engine) => {
  let app: TestApp;
  let lastRow: number;

  before(async () => {
    app = await startTestApp({ engine, groups: 3, perGroup: 12, withProtected: true });
    // Pupil 11, of the first group, is protected.
    app.school.marks = (pupil) => ([0, 1, 11, 13].includes(pupil) ? 'missing' : 'here');
    app.school.staff = [...smallStaff, { id: staffId(10), name: 'Åsa Öst', groups: [0] }];
    await app.until('08:45');
  });
  after(() => app.close());
  beforeEach(async () => {
    lastRow = (await auditSince(0)).at(-1)?.id ?? 0;
  });
  afterEach(() => app.connector.script(undefined));

  const forged: readonly (readonly [string, () => Promise<object>, string])[] = [
    ['a pupil of another group, whom one is no mentor of', () => payload(13), 'notAllowed'],
    ['a protected pupil', () => payload(11), 'notOnCard'],
    ['nobody', nobody, 'notOnCard'],
    ['a pupil of another day', yesterdays, 'notOnCard'],
    ['another group’s card', () => payload(0, { on: morning(1) }), 'elsewhere'],
    ['another day’s card', () => payload(0, { on: morning(0, '2026-11-20') }), 'elsewhere'],
    ['a card of another kind', () => payload(0, { on: `digest:${groupId(0)}/${MONDAY}:0` }), 'elsewhere'],
    ['no card', () => payload(0, { on: 'morning' }), 'notACard'],
    ['too little', async () => ({}), 'notACard'],
    ['no version', () => payload(0, { version: null }), 'notACard'],
  ];

  for (const [name, data, code] of forged) {
    it(`because they name ${name} change nothing, and are put down`, async () => {
      const answer = await press('Åsa Öst', await data());

      assert.doesNotMatch(textOf(answer), /Kontaktad av/);
      assert.deepEqual(await audited(), [
        { action: 'press.refused', actorId: 'entra-Åsa Öst', details: { code } },
      ]);
      assert.deepEqual(await app.storage.db.selectFrom('contact').selectAll().execute(), []);
    });
  }

  it('are answered alike for a protected pupil and for nobody', async () => {
    assert.deepEqual(await press('Åsa Öst', await payload(11)), await press('Åsa Öst', await nobody()));
  });

  for (const verb of ['followUp.deleteAll', 'constructor', '__proto__', '']) {
    it(`because Sedd has no verb "${verb}" are answered kindly`, async () => {
      const { message } = shownIn(app, mentors(0));

      const answer = await app.user('Eva Ek').pressExecute(mentors(0), message.id, verb, await payload(0));

      assert.match(textOf(answer), /Kortet är gammalt/);
      assert.doesNotMatch(JSON.stringify(await auditSince(lastRow)), /deleteAll|constructor|proto/);
    });
  }

  it('because the card was copied to another channel are answered with where it belongs', async () => {
    const { message } = shownIn(app, mentors(0));

    const answer = await app.user('Eva Ek').pressExecute(mentors(1), message.id, contacted, await payload(0));

    assert.match(textOf(answer), /hör hemma i en annan kanal/);
    assert.deepEqual(await audited(), [
      { action: 'press.refused', actorId: 'entra-Eva Ek', details: { code: 'elsewhere' } },
    ]);
  });

  const strangers: readonly (readonly [string, Partial<TeamsPerson>, object, string])[] = [
    ['somebody without an account of the directory', { entraId: undefined }, {}, 'noEntraId'],
    ['a guest', {}, { tenantId: TENANT, userRole: 'guest' }, 'guest'],
    ['somebody who joined without signing in', {}, { userRole: 'anonymous' }, 'guest'],
    ['somebody of another municipality, in a shared channel', {}, { tenantId: guid(8, 8) }, 'otherTenant'],
  ];

  for (const [name, person, member, code] of strangers) {
    it(`because they come from ${name} are answered politely, and put down`, async () => {
      const who = `Okänd ${code} ${name.length}`;
      const known = { id: `29:${who}`, name: who, aadObjectId: `entra-${who}`, tenantId: TENANT, ...member };
      app.connector.script((call) =>
        call.op === 'member' ? { kind: 'status', status: 200, body: known } : undefined,
      );

      const answer = await press(who, await payload(0), person);

      assert.match(textOf(answer), /Bara den som har ett av kommunens egna konton/);
      assert.deepEqual(
        (await audited()).map(({ action, details }) => [action, details]),
        [['press.refused', { code }]],
      );
    });
  }

  it('of another tenant’s Teams do not get as far as the cards', async () => {
    const { message } = shownIn(app, mentors(0));

    const answer = await app.user('Eva Ek').send(mentors(0), {
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: message.id,
      channelData: { tenant: { id: guid(8, 8) } },
      value: { action: { verb: contacted, data: await payload(0) } },
    });

    assert.equal(answer.status, 403);
    assert.deepEqual(await audited(), []);
    assert.match(app.log.join(''), /another tenant or channel was refused/);
  });

  async function press(who: string, data: object, person: Partial<TeamsPerson> = {}) {
    const { message } = shownIn(app, mentors(0));
    return await app.user(who, person).pressExecute(mentors(0), message.id, contacted, data);
  }

  /** What a card's button would carry of a pupil. */
  async function payload(pupil: number, more: object = {}): Promise<object> {
    const { id, version } = await app.storage.db
      .selectFrom('followUp')
      .select(['id', 'version'])
      .where('pupilId', '=', pupilId(pupil))
      .where('day', '=', MONDAY)
      .executeTakeFirstOrThrow();
    return { followUp: id, version, on: morning(0), ...more };
  }

  async function nobody(): Promise<object> {
    return await payload(0, { followUp: "' or true --" });
  }

  /** A follow-up of an earlier day, on today's card. */
  async function yesterdays(): Promise<object> {
    const { id: _id, ...row } = await app.storage.db
      .selectFrom('followUp')
      .selectAll()
      .where('pupilId', '=', pupilId(0))
      .executeTakeFirstOrThrow();
    const friday = { ...row, day: MONDAY.subtract({ days: 3 }) };
    const { id } = await app.storage.db
      .insertInto('followUp')
      .values(friday)
      .returning('id')
      .executeTakeFirstOrThrow();
    return await payload(0, { followUp: id });
  }

  /** What the test has put down. */
  async function audited() {
    const rows = await auditSince(lastRow);
    return rows.map(({ action, actorId, details }) => ({ action, actorId, details }));
  }

  async function auditSince(id: number) {
    return await app.storage.db.selectFrom('audit').selectAll().where('id', '>', id).orderBy('id').execute();
  }
});
