import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { coordinator, mentors, messagesIn } from '../../support/morning-cards.ts';
import { TENANT } from '../../support/small-school.ts';
import type { TeamsPlace } from '../../support/teams-user.ts';

const place = (id: string, kind: TeamsPlace['kind'] = 'channel'): TeamsPlace => ({ id, kind });

describe('the app, added and taken away', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp();
    await app.storage.db
      .insertInto('conversation')
      .values({
        id: '19:eht',
        kind: 'groupChat',
        tenantId: TENANT,
        serviceUrl: app.connector.url,
        state: 'open',
      })
      .execute();
    await app.storage.db
      .insertInto('binding')
      .values({ conversationId: '19:eht', schoolId: 'norr', role: 'eht', groupName: '', origin: 'config' })
      .execute();
  });
  after(() => app.close());

  const textsIn = (where: TeamsPlace) => messagesIn(app, where).map(({ activity }) => String(activity.text));
  const stateOf = async ({ id }: TeamsPlace) => {
    const row = await app.storage.db
      .selectFrom('conversation')
      .select(['state', 'brokenCode'])
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? undefined : `${row.state} ${row.brokenCode ?? '-'}`;
  };
  const add = async (where: TeamsPlace) => await app.user('Anna Berg').install(where);

  const welcomes: readonly (readonly [string, TeamsPlace, RegExp])[] = [
    [
      'in a channel that nobody has bound',
      place('19:unbound'),
      /inte kopplad till något än[\s\S]*koppla 8A 8B[\s\S]*19:unbound/,
    ],
    ['in a group chat', place('19:chat', 'groupChat'), /inte kopplad till något än/],
    ['in a mentors’ channel', mentors(0), /varje skolmorgon ett kort/],
    ['in the coordinator’s channel', coordinator, /varje skoldag en sammanställning/],
    ['in EHT’s chat', place('19:eht', 'groupChat'), /före varje elevhälsoträff/],
    ['in somebody’s own chat', place('a:anna', 'personal'), /Är du borta, skriv \*\*vikarie\*\*/],
  ];
  for (const [name, where, text] of welcomes) {
    it(`says once what it is, ${name}`, async () => {
      await add(where);
      await add(where);

      const [first, ...more] = textsIn(where);
      assert.match(first ?? '', text);
      assert.deepEqual(more, []);
    });
  }

  it('says nothing after an upgrade', async () => {
    const where = place('19:upgraded');

    await app.user('Anna Berg').send(where, { type: 'installationUpdate', action: 'add-upgrade' });
    await add(where);

    assert.deepEqual(textsIn(where), []);
  });

  it('keeps what was bound as broken when it is taken away, and takes it up when it is added again', async () => {
    await add(mentors(1));

    await app.user('Anna Berg').remove(mentors(1));
    const broken = await stateOf(mentors(1));
    await add(mentors(1));

    assert.equal(broken, 'broken BotNotInConversationRoster');
    assert.equal(await stateOf(mentors(1)), 'open -');
    const bound = await app.storage.db
      .selectFrom('binding')
      .select('groupName')
      .where('conversationId', '=', mentors(1).id)
      .execute();
    assert.deepEqual(bound, [{ groupName: '8A' }]);
  });

  it('answers nobody who takes it away', async () => {
    const where = place('19:gone');

    await app.user('Anna Berg').remove(where);

    assert.deepEqual(textsIn(where), []);
  });
});
