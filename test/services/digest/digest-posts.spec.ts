import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  digestSubject,
  EDITIONS,
  markDigestsStale,
  parseDigestSubject,
  wantDigest,
  wantWeekDigest,
} from '../../../services/digest/digest-posts.ts';
import type { Db, Storage } from '../../../services/storage/database.ts';
import { forEachEngine } from '../../support/databases.ts';
import { empty } from '../../support/dump.ts';
import { COORDINATOR_CHANNEL, channelId, clockTime, MONDAY } from '../../support/small-school.ts';
import { seedSchool, TABLES } from '../follow-up/reminder-school.ts';

const schoolDay = { schoolId: 'norr', day: MONDAY };

describe('the subject of a digest', () => {
  it('comes back as it was, for every edition', () => {
    const anyDay = fc.integer({ min: 0, max: 3_000 }).map((days) => MONDAY.add({ days }));
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z0-9-]{1,60}$/),
        anyDay,
        fc.constantFrom(...EDITIONS),
        (schoolId, day, edition) => {
          const parsed = parseDigestSubject(digestSubject({ schoolId, day }, edition));

          assert.deepEqual(parsed, { schoolId, day, edition });
        },
      ),
    );
  });

  it('is none of ours where it is anything else, without a fault', () => {
    for (const text of [
      '',
      'norr',
      'norr/2026-11-23',
      'norr/2026-11-23/night',
      'norr/2026-13-45/noon',
      '/2026-11-23/noon',
    ])
      assert.equal(parseDigestSubject(text), undefined, text);
    fc.assert(fc.property(fc.string(), (text) => parseDigestSubject(text) === undefined));
  });
});

forEachEngine('the digest', (engine) => {
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

  const posts = async () => {
    const rows = await db
      .selectFrom('post')
      .select(['purpose', 'subject', 'conversationId', 'wantedVersion', 'isUrgent'])
      .where('purpose', '!=', 'morning')
      .orderBy('id')
      .execute();
    return rows
      .map(
        (row) =>
          `${row.conversationId} ${row.purpose} ${row.subject.split('/').at(-1)} v${row.wantedVersion}`,
      )
      .toSorted();
  };
  const bind = async (role: 'coordinator' | 'eht' | 'mentorGroup', conversationId: string) =>
    await db
      .insertInto('binding')
      .values({ conversationId, role, schoolId: 'norr', groupName: '', origin: 'chat' })
      .execute();

  it('goes to the coordinators’ channels and nowhere else', async () => {
    await bind('eht', channelId(0));
    await bind('coordinator', channelId(1));

    await wantDigest(db, schoolDay, 'refresh', clockTime('08:50'));

    assert.deepEqual(
      (await posts()).map((each) => each.split(' ')[0]),
      [COORDINATOR_CHANNEL, channelId(1)],
    );
  });

  it('has a message for each edition, of which those before are brought up to date', async () => {
    await wantDigest(db, schoolDay, 'refresh', clockTime('08:50'));
    const before = await posts();

    await wantDigest(db, schoolDay, 'noon', clockTime('12:00'));

    const now = await posts();
    assert.equal(before.length, 1);
    assert.equal(now.length, 2);
    assert.notEqual(
      now.find((each) => each.includes('refresh')),
      before[0],
    );
  });

  it('follows what changes, on that school’s day alone', async () => {
    await wantDigest(db, schoolDay, 'refresh', clockTime('08:50'));
    await wantDigest(db, { schoolId: 'norr', day: MONDAY.add({ days: 1 }) }, 'refresh', clockTime('08:50'));
    const versions = async () =>
      await db
        .selectFrom('post')
        .select(['day', 'wantedVersion'])
        .where('purpose', '=', 'digest')
        .orderBy('day')
        .execute();
    const before = await versions();

    await markDigestsStale(db, schoolDay);
    await markDigestsStale(db, { schoolId: 'soder', day: MONDAY });

    const after = await versions();
    assert.deepEqual(
      after.map(({ wantedVersion }, index) => wantedVersion - (before[index]?.wantedVersion ?? 0)),
      [1, 0],
    );
  });

  it('of the week is one for its last day, however often it is wanted', async () => {
    await wantWeekDigest(db, schoolDay, clockTime('15:30'));
    await wantWeekDigest(db, schoolDay, clockTime('15:31'));

    assert.equal((await posts()).length, 1);
  });
});
