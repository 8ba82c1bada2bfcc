import assert from 'node:assert/strict';
import type { Temporal } from 'temporal-polyfill';
import type { SourceConfig } from '../../../../services/config/municipality.ts';
import { type StudentSystem, startStudentSystem } from '../../../support/student-system.ts';
import { configOf, MONDAY, NOW, OTHER_SCHOOL, organisation, SCHOOL, sourceOf } from './source-data.ts';

type Gives = SourceConfig['gives'];

describe('ss12000Source', () => {
  let system: StudentSystem;
  const giving = (gives: Gives) => sourceOf(system, { config: configOf(system, { gives }) });
  const paths = () => new Set(system.calls().map(({ path }) => path));

  beforeEach(async () => {
    system = await startStudentSystem();
    system.lists = {
      organisations: [organisation()],
      persons: [],
      groups: [],
      duties: [],
      calendarEvents: [],
      absences: [],
      aggregatedAttendance: [],
    };
  });
  afterEach(() => system.close());

  const capabilities: readonly { gives: Gives; roster: boolean; kinds: readonly string[] | undefined }[] = [
    { gives: ['roster'], roster: true, kinds: undefined },
    { gives: ['lessons', 'notices'], roster: false, kinds: ['lessons', 'notices'] },
    { gives: ['sums'], roster: false, kinds: ['sums'] },
    { gives: ['roster', 'notices'], roster: true, kinds: ['notices'] },
  ];
  for (const { gives, roster, kinds } of capabilities) {
    it(`that gives ${gives.join(' and ')} is a source of that and no more`, () => {
      const source = giving(gives);

      assert.equal(source.roster !== undefined, roster);
      assert.deepEqual(source.attendance && [...source.attendance.gives], kinds);
    });
  }

  const days: readonly { gives: Gives; read: readonly string[] }[] = [
    { gives: ['lessons'], read: ['calendarEvents'] },
    { gives: ['notices'], read: ['absences'] },
    { gives: ['lessons', 'notices'], read: ['calendarEvents', 'absences'] },
  ];
  for (const { gives, read } of days) {
    it(`that gives ${gives.join(' and ')} reads nothing else of a day`, async () => {
      await giving(gives).attendance?.readDay('norr', MONDAY);

      assert.deepEqual([...paths()], ['token', 'organisations', ...read]);
    });
  }

  it('reads the organisations once, and again some hours later', async () => {
    let now: Temporal.Instant = NOW;
    const source = sourceOf(system, { wireClock: { now: () => now } });
    for (const hours of [0, 1, 5, 6, 7]) {
      now = NOW.add({ hours });
      await source.attendance?.readDay('norr', MONDAY);
    }

    assert.equal(system.calls('organisations').length, 2);
  });

  it('asks for the organisations again where they could not be read', async () => {
    system.script = ({ path }, turn) =>
      path === 'organisations' && turn === 1 ? { kind: 'status', status: 400 } : undefined;
    const source = sourceOf(system);

    await assert.rejects(source.attendance?.readDay('norr', MONDAY) ?? Promise.resolve());
    await source.attendance?.readDay('norr', MONDAY);

    assert.equal(system.calls('organisations').length, 2);
  });

  it('fails rather than find nobody absent at a school that the source does not have', async () => {
    system.lists.organisations = [organisation(OTHER_SCHOOL)];
    const reading = sourceOf(system).attendance?.readDay('norr', MONDAY);

    await assert.rejects(reading ?? Promise.resolve(), { code: 'source.noSchool' });

    assert.equal(system.calls('absences').length, 0);
  });

  it('reads nothing of a day where its notices fail', async () => {
    system.script = ({ path }) => (path === 'absences' ? { kind: 'status', status: 500 } : undefined);
    const reading = sourceOf(system).attendance?.readDay('norr', MONDAY);

    await assert.rejects(reading ?? Promise.resolve(), { code: 'source.refused' });
  });

  describe('when it is tried', () => {
    it('asks for one record of each list that it is read from', async () => {
      await sourceOf(system).probe();

      const lists = ['persons', 'groups', 'duties', 'calendarEvents', 'absences', 'aggregatedAttendance'];
      assert.deepEqual([...paths()], ['token', 'organisations', ...lists]);
      assert.ok(lists.every((path) => system.calls(path)[0]?.query.get('limit') === '1'));
    });

    it('asks for rooms where it matters which building they are in', async () => {
      const buildings = [{ name: 'A-huset', rooms: ['A'] }];
      system.lists.rooms = [];

      await sourceOf(system, { schools: [{ id: 'norr', organisation: SCHOOL, buildings }] }).probe();

      assert.equal(system.calls('rooms')[0]?.query.get('limit'), '1');
    });

    it('leaves alone what it does not give', async () => {
      await giving(['sums']).probe();

      assert.deepEqual([...paths()], ['token', 'organisations', 'aggregatedAttendance']);
    });

    it('tells of a list that it may not read', async () => {
      system.script = ({ path }) => (path === 'absences' ? { kind: 'status', status: 403 } : undefined);

      await assert.rejects(sourceOf(system).probe(), /does not let Sedd read absences \(403\).*scope/);
    });

    it('tells of a school that the source does not have', async () => {
      const schools = [
        { id: 'norr', organisation: SCHOOL },
        { id: 'soder', organisation: OTHER_SCHOOL },
      ];

      await assert.rejects(sourceOf(system, { schools }).probe(), /no organisation for: soder/);
    });
  });
});
