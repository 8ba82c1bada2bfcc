import assert from 'node:assert/strict';
import type { Temporal } from 'temporal-polyfill';
import type { RosterChange } from '../../../../services/people/roster-source.ts';
import { type StudentSystem, startStudentSystem } from '../../../support/student-system.ts';
import {
  enrolled,
  group,
  groupId,
  mentorDuty,
  NOW,
  organisation,
  person,
  pupilId,
  sourceOf,
  staffId,
} from './source-data.ts';

describe('what has changed in a roster', () => {
  let system: StudentSystem;
  let now: Temporal.Instant;
  const read = async (cursor?: string): Promise<RosterChange> => {
    const source = sourceOf(system, { clock: { now: () => now } });
    const change = await source.roster?.readRoster(cursor);
    assert.ok(change !== undefined);
    return change;
  };
  const days = (count: number) => NOW.add({ hours: 24 * count });

  beforeEach(async () => {
    system = await startStudentSystem();
    now = NOW;
    system.lists = {
      organisations: [organisation()],
      persons: [enrolled(pupilId(1)), person(staffId(1))],
      groups: [group(groupId(1), [pupilId(1)])],
      duties: [mentorDuty(staffId(1), [groupId(1)])],
    };
  });
  afterEach(() => system.close());

  it('is asked for from a quarter of an hour before the last reading, since clocks differ', async () => {
    const { cursor } = await read();
    now = days(1);

    const change = await read(cursor);

    assert.equal(change.isWhole, false);
    const changed = system.calls('persons').filter(({ query }) => query.has('meta.modified.after'));
    assert.deepEqual(
      changed.map(({ query }) => query.toString()),
      ['meta.modified.after=2026-11-23T07%3A30%3A00Z&limit=1000'],
    );
    assert.equal(system.calls('deletedEntities')[0]?.query.get('after'), '2026-11-23T07:30:00Z');
    assert.deepEqual(system.calls('deletedEntities')[0]?.query.getAll('entities'), ['Person', 'Group']);
  });

  it('holds every group and all staff, since neither shows on a person', async () => {
    const { cursor } = await read();
    system.lists.groups = [group(groupId(1), [pupilId(1), pupilId(2)])];
    system.lists.duties = [mentorDuty(staffId(2), [groupId(1)])];
    system.lists.persons = [person(staffId(2))];

    const change = await read(cursor);

    assert.deepEqual(change.pupils, []);
    assert.deepEqual(
      change.staff.map(({ id }) => id),
      [staffId(2)],
    );
    assert.deepEqual(
      change.groups.map(({ pupilIds, mentorIds }) => [pupilIds, mentorIds]),
      [[[pupilId(1), pupilId(2)], [staffId(2)]]],
    );
  });

  it('takes away whoever was removed, has left, or never was of ours, and groups that have ended', async () => {
    const { cursor } = await read();
    system.removed = { persons: [pupilId(7)], groups: [groupId(7)] };
    system.lists.persons = [enrolled(pupilId(1), {}, { endDate: '2026-11-20' }), person(pupilId(8))];
    system.lists.groups = [group(groupId(1), [], { endDate: '2026-11-20' })];

    const { removed } = await read(cursor);

    assert.deepEqual(removed, {
      personIds: [pupilId(7), pupilId(1), pupilId(8)],
      groupIds: [groupId(7), groupId(1)],
    });
  });

  it('reads every page of what was removed', async () => {
    const { cursor } = await read();
    const pages = [
      { data: { persons: [pupilId(7)], activitites: ['misspelt'] }, pageToken: 'more' },
      { data: { groups: [groupId(7)] }, pageToken: null },
    ];
    system.script = ({ path }, turn) =>
      path === 'deletedEntities' ? { kind: 'body', body: pages[turn - 1] } : undefined;

    const { removed } = await read(cursor);

    assert.ok(removed.personIds.includes(pupilId(7)));
    assert.deepEqual(removed.groupIds, [groupId(7)]);
  });

  it('is everything where the source does not tell what was removed', async () => {
    const { cursor } = await read();
    system.script = ({ path }) => (path === 'deletedEntities' ? { kind: 'status', status: 404 } : undefined);

    const change = await read(cursor);

    assert.equal(change.isWhole, true);
    assert.deepEqual(
      change.pupils.map(({ id }) => id),
      [pupilId(1)],
    );
  });

  it('is not known where what was removed cannot be read', async () => {
    const { cursor } = await read();
    system.script = ({ path }) =>
      path === 'deletedEntities' ? { kind: 'body', body: { data: { persons: 'all' } } } : undefined;

    await assert.rejects(read(cursor), { code: 'source.malformed' });
  });

  const turns: readonly { name: string; enrolment: object; later: number; isWhole: boolean }[] = [
    { name: 'nothing ahead', enrolment: {}, later: 6, isWhole: false },
    { name: 'nothing ahead, and a week gone', enrolment: {}, later: 7, isWhole: true },
    { name: 'an end that is not over', enrolment: { endDate: '2026-11-25' }, later: 2, isWhole: false },
    { name: 'an end that is over', enrolment: { endDate: '2026-11-25' }, later: 3, isWhole: true },
    { name: 'a beginning to come', enrolment: { startDate: '2026-11-26' }, later: 2, isWhole: false },
    { name: 'a beginning that has come', enrolment: { startDate: '2026-11-26' }, later: 3, isWhole: true },
  ];
  for (const { name, enrolment, later, isWhole } of turns) {
    it(`is ${isWhole ? 'everything' : 'only that'} ${later} days after a reading with ${name}`, async () => {
      system.lists.persons = [enrolled(pupilId(1), {}, { ...enrolment })];
      const { cursor } = await read();
      now = days(later);

      const change = await read(cursor);

      assert.equal(change.isWhole, isWhole);
    });
  }

  it('does not put the next whole reading off', async () => {
    let { cursor } = await read();
    const whole: boolean[] = [];

    for (const day of [1, 2, 3, 4, 5, 6, 7]) {
      now = days(day);
      const change = await read(cursor);
      cursor = change.cursor;
      whole.push(change.isWhole);
    }

    assert.deepEqual(whole, [false, false, false, false, false, false, true]);
  });

  for (const cursor of ['2026-11-23T07:30:00Z', '', 'lost']) {
    it(`is everything with a cursor like "${cursor}"`, async () => {
      const change = await read(cursor);

      assert.equal(change.isWhole, true);
    });
  }
});
