import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { importDay } from '../../../../services/attendance/import-attendance.ts';
import { importSums } from '../../../../services/attendance/import-sums.ts';
import { importRoster } from '../../../../services/people/import-roster.ts';
import type { Db, Storage } from '../../../../services/storage/database.ts';
import { engines } from '../../../support/databases.ts';
import { dump } from '../../../support/dump.ts';
import { guid } from '../../../support/small-school.ts';
import { type StudentSystem, startStudentSystem } from '../../../support/student-system.ts';
import {
  absence,
  attendance,
  calendarEvent,
  enrolled,
  group,
  groupId,
  MONDAY,
  mentorDuty,
  organisation,
  person,
  pupilId,
  sourceOf,
  staffId,
} from './source-data.ts';

/** Stands where something stands that Sedd must never keep. */
const MARKER = 'MARKER-ont-i-magen';
const PERIOD = { firstDay: MONDAY, lastDay: MONDAY };

describe('what Sedd keeps of SS 12000', () => {
  let system: StudentSystem;
  let storage: Storage;
  const readAll = async (cursor?: string) => {
    const { roster, attendance } = sourceOf(system);
    const change = await roster?.readRoster(cursor);
    const day = await attendance?.readDay('norr', MONDAY);
    const sums = await attendance?.readSums('norr', MONDAY, MONDAY);
    assert.ok(change !== undefined && day !== undefined && sums !== undefined);
    return { change, day, sums };
  };
  const importAll = async (cursor?: string) => {
    const { db } = storage;
    const all = await readAll(cursor);
    await importRoster({ db }, 'elevsystem', all.change);
    await importDay({ db }, 'norr', MONDAY, all.day);
    await importSums({ db }, 'norr', PERIOD, all.sums);
    return all;
  };
  const namesOf = async (id: string) =>
    await storage.db
      .selectFrom('pupil')
      .select(['givenName', 'familyName', 'isProtected'])
      .where('id', '=', id)
      .executeTakeFirst();
  const NAMELESS = { givenName: null, familyName: null, isProtected: true };

  before(async () => {
    const [engine] = engines();
    assert.ok(engine !== undefined);
    storage = await engine.open();
  });
  after(() => storage.close());
  beforeEach(async () => {
    system = await startStudentSystem();
    system.lists = {
      organisations: [organisation()],
      persons: [enrolled(pupilId(1)), enrolled(pupilId(2)), person(staffId(1))],
      groups: [group(groupId(1), [pupilId(1), pupilId(2)])],
      duties: [mentorDuty(staffId(1), [groupId(1)])],
      calendarEvents: [calendarEvent(guid(4, 1), {}, { attendance: [attendance(pupilId(1))] })],
      absences: [absence(guid(5, 1), pupilId(2))],
      aggregatedAttendance: [{ student: { id: pupilId(1) }, attendanceSum: 60 }],
    };
  });
  afterEach(() => system.close());

  it('is no reason, comment, address or number, wherever they stand', async () => {
    system.lists = Object.fromEntries(
      Object.entries(system.lists).map(([path, records]) => [path, records.map(marked)]),
    );

    const all = await importAll();

    assert.equal(all.change.pupils.length, 2);
    assert.equal(all.day.notices.length, 1);
    const told = JSON.stringify(all, (_, value) => (value instanceof Set ? [...value] : value));
    assert.doesNotMatch(told, new RegExp(MARKER));
    assert.doesNotMatch(JSON.stringify(await dumpAll(storage.db)), new RegExp(MARKER));
  });

  const markings: readonly (readonly [unknown, boolean])[] = [
    [undefined, false],
    [null, false],
    ['Ingen', false],
    ['Sekretessmarkering', true],
    ['Skyddad folkbokföring', true],
    ['Fingerade personuppgifter', true],
    ['ingen', true],
    [true, true],
    [7, true],
  ];
  for (const [securityMarking, isProtected] of markings) {
    it(`${isProtected ? 'holds no' : 'holds the'} name of a pupil marked ${JSON.stringify(securityMarking)}`, async () => {
      system.lists.persons = [
        enrolled(pupilId(1), { givenName: MARKER, familyName: MARKER, securityMarking }),
      ];

      const all = await importAll();

      assert.equal(all.change.pupils[0]?.isProtected, isProtected);
      assert.equal(JSON.stringify(all.change).includes(MARKER), !isProtected);
      assert.equal(JSON.stringify(await dumpAll(storage.db)).includes(MARKER), !isProtected);
    });
  }

  const secret = { id: pupilId(1), displayName: MARKER, securityMarking: 'Sekretessmarkering' };
  const references: readonly { name: string; list: string; record: object }[] = [
    {
      name: 'a group’s member',
      list: 'groups',
      record: group(groupId(1), [], { groupMemberships: [{ person: secret }] }),
    },
    {
      name: 'a pupil’s attendance',
      list: 'calendarEvents',
      record: calendarEvent(guid(4, 1), {}, { attendance: [attendance(pupilId(1), { student: secret })] }),
    },
    {
      name: 'an exception from a lesson',
      list: 'calendarEvents',
      record: calendarEvent(guid(4, 1), { studentExceptions: [{ student: secret, participates: false }] }),
    },
    {
      name: 'a lesson that cannot be read',
      list: 'calendarEvents',
      record: calendarEvent(guid(4, 1), { endTime: 'soon', studentExceptions: [{ student: secret }] }),
    },
    { name: 'an absence', list: 'absences', record: absence(guid(5, 1), pupilId(1), { student: secret }) },
    {
      name: 'a person that cannot be read',
      list: 'persons',
      record: enrolled(pupilId(1), { ...secret, enrolments: 'many' }),
    },
  ];
  for (const { name, list, record } of references) {
    it(`loses the name of a pupil whom ${name} marks, also among what has changed`, async () => {
      const { change } = await importAll();
      assert.notEqual((await namesOf(pupilId(1)))?.givenName, null);
      const persons = list === 'persons' ? [record] : [];
      system.lists = { ...system.lists, persons, ...(list === 'persons' ? {} : { [list]: [record] }) };

      await importAll(change.cursor);

      assert.deepEqual(await namesOf(pupilId(1)), NAMELESS);
      assert.notEqual((await namesOf(pupilId(2)))?.givenName, null);
      assert.doesNotMatch(JSON.stringify(await dumpAll(storage.db)), new RegExp(MARKER));
    });
  }

  it('is no name of a pupil whose id is written in other letters where they are marked', async () => {
    const id = 'abcdef01-0000-4000-8000-00000000000a';
    const member = { id: id.toUpperCase(), securityMarking: 'Sekretessmarkering' };
    system.lists.persons = [enrolled(pupilId(1)), enrolled(pupilId(2)), enrolled(id, { givenName: MARKER })];
    system.lists.groups = [group(groupId(1), [], { groupMemberships: [{ person: member }] })];

    const { change } = await readAll();

    assert.doesNotMatch(JSON.stringify(change.pupils), new RegExp(MARKER));
  });

  it('is no name or address of a protected teacher', async () => {
    system.lists.persons = [
      enrolled(pupilId(1)),
      person(staffId(1), {
        givenName: MARKER,
        familyName: MARKER,
        securityMarking: 'Sekretessmarkering',
        emails: [{ type: 'Skola personal', value: `${MARKER}@skola.example` }],
        eduPersonPrincipalNames: [`${MARKER}@kommun.example`],
      }),
    ];

    const all = await importAll();

    assert.equal(all.change.staff.length, 1);
    assert.doesNotMatch(JSON.stringify(await dumpAll(storage.db)), new RegExp(MARKER));
  });
});

const FREE_TEXT = [
  'absenceReason',
  'comment',
  'description',
  'middleName',
  'birthDate',
  'sex',
  'photo',
  'civicNo',
  'phoneNumbers',
  'addresses',
  'responsibles',
  'externalIdentifiers',
  'signature',
  'reporter',
  'registeredBy',
  'rooms',
  'resources',
];

/** The record with the marker in every field, of itself and of what is in it, that Sedd has no business with. */
function marked(record: object): object {
  const own = Object.entries(record).map(([name, value]): [string, unknown] => {
    if (Array.isArray(value)) return [name, value.map((one) => (isObject(one) ? marked(one) : one))];
    return [name, isObject(value) ? marked(value) : value];
  });
  const planted = FREE_TEXT.map((name): [string, unknown] => [name, MARKER]);
  return { ...Object.fromEntries(planted), displayName: MARKER, ...Object.fromEntries(own) };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

async function dumpAll(db: Db): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public'`.execute(db);
  return await dump(
    db,
    rows.map(({ name }) => name),
  );
}
