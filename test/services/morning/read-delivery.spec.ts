import assert from 'node:assert/strict';
import type { Updateable } from 'kysely';
import { breakConversation } from '../../../services/posts/conversations.ts';
import type { PostTable } from '../../../services/storage/tables/posts.ts';
import { forEachEngine } from '../../support/databases.ts';
import { channelId, clockTime, groupId } from '../../support/small-school.ts';
import { type MorningSchool, openMorningSchool } from './morning-school.ts';

type Change = Updateable<PostTable>;

const shown: Change = { state: 'posted', activityId: '1763', shownVersion: 1 };
const quiet: Change = { state: 'waiting', shownVersion: 1 };
const waiting: Change = {};
const gone: Change = { state: 'waiting', activityId: null, shownVersion: 1, wantedVersion: 2 };
const refused: Change = { state: 'undelivered', errorCode: 'MessageSizeTooBig' };
const late: Change = { ...shown, wantedVersion: 2 };
const refusedUpdate: Change = { ...refused, activityId: '1763', shownVersion: 1, wantedVersion: 2 };

forEachEngine('what the coordinator is told of delivery', (engine) => {
  let school: MorningSchool;

  before(async () => {
    // The first group, 7A, has a channel under two spellings; the third has none.
    const channels = {
      coordinator: '19:coordinator@thread.tacv2',
      mentorGroups: { '7A': channelId(0), '7 a': channelId(7), '8A': channelId(1) },
    };
    school = await openMorningSchool(engine, {
      groups: 3,
      perGroup: 20,
      municipality: { schools: [theSchool(channels)] },
    });
    // In the second group nobody is missed; in the first and the third somebody is.
    school.marks = (pupil) => ([0, 40].includes(pupil) ? 'missing' : 'here');
    await school.run('morning');
  });
  after(() => school.close());
  beforeEach(async () => {
    await school.storage.db
      .updateTable('post')
      .set({ state: 'waiting', activityId: null, shownVersion: 0, wantedVersion: 1, errorCode: null })
      .execute();
    await school.storage.db.updateTable('conversation').set({ state: 'open', brokenCode: null }).execute();
  });

  const noChannel = '9A noChannel';
  const cases: readonly (readonly [string, readonly Change[], number, readonly string[]])[] = [
    ['nothing has been tried', [waiting, waiting, waiting], 0, [noChannel]],
    ['every card is there', [shown, shown, shown], 2, [noChannel]],
    ['one of a group’s two channels has it not yet', [shown, waiting, shown], 1, [noChannel]],
    [
      'one of a group’s two channels refused it',
      [shown, refused, shown],
      1,
      ['7A MessageSizeTooBig', noChannel],
    ],
    ['a card was taken away by a person', [gone, shown, shown], 1, [noChannel]],
    ['a quiet group has nothing to show', [shown, shown, quiet], 2, [noChannel]],
    ['a card is there and waits to be updated', [shown, late, shown], 2, [noChannel]],
    ['an update was given up', [shown, refusedUpdate, shown], 1, ['7A MessageSizeTooBig', noChannel]],
    ['the card of a group that misses nobody was refused', [shown, shown, refused], 1, [noChannel]],
  ];

  for (const [name, posts, delivered, failed] of cases) {
    it(`is ${delivered} of 3, and ${failed.join(', ')}, where ${name}`, async () => {
      for (const [index, place] of [channelId(0), channelId(7), channelId(1)].entries())
        await change(place, posts[index] ?? {});

      assert.deepEqual(await told(), { groups: 3, delivered, failed });
    });
  }

  it('names the fault of a channel that cannot be posted to, whatever became of its card', async () => {
    for (const place of [channelId(0), channelId(7), channelId(1)]) await change(place, shown);

    await breakConversation(
      school.storage.db,
      channelId(7),
      'BotNotInConversationRoster',
      clockTime('09:00'),
    );

    assert.deepEqual(await told(), {
      groups: 3,
      delivered: 1,
      failed: ['7A BotNotInConversationRoster', noChannel],
    });
  });

  it('names no group because of a protected pupil alone', async () => {
    await school.storage.db
      .updateTable('pupil')
      .set({ isProtected: true, givenName: null, familyName: null })
      .where('id', 'in', (eb) =>
        eb.selectFrom('followUp').select('pupilId').where('groupId', '=', groupId(2)),
      )
      .execute();

    assert.deepEqual((await told()).failed, []);
  });

  async function told() {
    const { groups, delivered, failed } = (await school.whole())?.delivery ?? {
      groups: 0,
      delivered: 0,
      failed: [],
    };
    return { groups, delivered, failed: failed.map(({ groupName, code }) => `${groupName} ${code}`) };
  }

  async function change(conversationId: string, post: Change): Promise<void> {
    if (Object.keys(post).length === 0) return;
    await school.storage.db
      .updateTable('post')
      .set(post)
      .where('conversationId', '=', conversationId)
      .where('purpose', '=', 'morning')
      .execute();
  }
});

function theSchool(channels: object): object {
  return { id: 'norr', name: 'Norrskolan', organisation: '00000009-0000-4000-8000-000000000001', channels };
}
