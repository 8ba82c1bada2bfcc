import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';
import { forEachEngine } from '../support/databases.ts';
import { mentors, shownIn, textOf } from '../support/morning-cards.ts';
import { groupId, guid, MONDAY, pupilId, TENANT } from '../support/small-school.ts';
import type { TeamsPerson } from '../support/teams-user.ts';

const contacted = 'followUp.contacted';
const nobody = { ...payload(0, 0), pupil: guid(1, 999) };

forEachEngine('presses that are refused', (engine) => {
  let app: TestApp;
  let lastRow: number;

  before(async () => {
    app = await startTestApp({ engine, groups: 3, perGroup: 12, withProtected: true });
    // Pupil 11, of the first group, is protected.
    app.school.marks = (pupil) => ([0, 1, 11, 13].includes(pupil) ? 'missing' : 'here');
    await app.until('08:45');
  });
  after(() => app.close());
  beforeEach(async () => {
    lastRow = (await auditSince(0)).at(-1)?.id ?? 0;
  });
  afterEach(() => app.connector.script(undefined));

  const forged: readonly (readonly [string, object, string])[] = [
    ['a pupil of another group', payload(13, 0), 'notOnCard'],
    ['a protected pupil', payload(11, 0), 'notOnCard'],
    ['nobody', nobody, 'notOnCard'],
    ['a pupil who is here', payload(2, 0), 'notOnCard'],
    ['another group', payload(13, 1), 'elsewhere'],
    ['another day', { ...payload(0, 0), day: '2026-11-20' }, 'elsewhere'],
    ['too much', { ...payload(0, 0), note: 'Elev0 är sjuk' }, 'notACard'],
    ['too little', {}, 'notACard'],
    ['no day', { ...payload(0, 0), day: '2026-13-45' }, 'notACard'],
    ['a pupil who is SQL', { ...payload(0, 0), pupil: "' or true --" }, 'notACard'],
  ];

  for (const [name, data, code] of forged) {
    it(`because they name ${name} change nothing, and are put down`, async () => {
      const answer = await press('Eva Ek', data);

      assert.doesNotMatch(textOf(answer), /Kontaktad av/);
      assert.deepEqual(await audited(), [
        { action: 'press.refused', actorId: 'entra-Eva Ek', details: { code } },
      ]);
    });
  }

  it('are answered alike for a protected pupil and for nobody', async () => {
    assert.deepEqual(await press('Eva Ek', payload(11, 0)), await press('Eva Ek', nobody));
  });

  for (const verb of ['followUp.deleteAll', 'constructor', '__proto__', '']) {
    it(`because Sedd has no verb "${verb}" are answered kindly`, async () => {
      const { message } = shownIn(app, mentors(0));

      const answer = await app.user('Eva Ek').pressExecute(mentors(0), message.id, verb, payload(0, 0));

      assert.match(textOf(answer), /Kortet är gammalt/);
      assert.doesNotMatch(JSON.stringify(await auditSince(lastRow)), /deleteAll|constructor|proto/);
    });
  }

  it('because the card was copied to another channel are answered with where it belongs', async () => {
    const { message } = shownIn(app, mentors(0));

    const answer = await app.user('Eva Ek').pressExecute(mentors(1), message.id, contacted, payload(0, 0));

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
      app.connector.script((call) =>
        call.path.includes('/members/') ? { kind: 'status', status: 200, body: member } : undefined,
      );

      const answer = await press(`Okänd ${code} ${name.length}`, payload(0, 0), person);

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
      value: { action: { verb: contacted, data: payload(0, 0) } },
    });

    assert.equal(answer.status, 403);
    assert.deepEqual(await audited(), []);
    assert.match(app.log.join(''), /another tenant or channel was refused/);
  });

  for (const [name, behaviour] of [
    ['refuses to say who is who', { kind: 'status', status: 403 }],
    ['does not answer', { kind: 'silent' }],
  ] as const) {
    it(`are not refused because Teams ${name}`, async () => {
      app.connector.script((call) => (call.path.includes('/members/') ? behaviour : undefined));

      const answer = await press(`Mentor ${behaviour.kind}`, payload(0, 0));
      await app.settled();

      assert.match(textOf(answer), /Kontaktad av/);
    });
  }

  async function press(who: string, data: object, person: Partial<TeamsPerson> = {}) {
    const { message } = shownIn(app, mentors(0));
    return await app.user(who, person).pressExecute(mentors(0), message.id, contacted, data);
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

function payload(pupil: number, group: number) {
  return { pupil: pupilId(pupil), group: groupId(group), day: MONDAY.toString(), page: 0 };
}
