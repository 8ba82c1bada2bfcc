import assert from 'node:assert/strict';
import type { RosterChange } from '../../../../services/people/roster-source.ts';
import { guid } from '../../../support/small-school.ts';
import { type StudentSystem, startStudentSystem } from '../../../support/student-system.ts';
import {
  enrolled,
  group,
  groupId,
  mentorDuty,
  OTHER_SCHOOL,
  organisation,
  person,
  pupilId,
  SCHOOL,
  sourceOf,
  staffId,
} from './source-data.ts';

const UNIT = guid(9, 3);

describe('a roster from SS 12000', () => {
  let system: StudentSystem;
  const read = async (): Promise<RosterChange> => {
    const change = await sourceOf(system).roster?.readRoster(undefined);
    assert.ok(change !== undefined);
    return change;
  };

  beforeEach(async () => {
    system = await startStudentSystem();
    system.lists = {
      organisations: [organisation()],
      persons: [enrolled(pupilId(1)), enrolled(pupilId(2)), person(staffId(1))],
      groups: [group(groupId(1), [pupilId(1), pupilId(2)])],
      duties: [mentorDuty(staffId(1), [groupId(1)])],
    };
  });
  afterEach(() => system.close());

  it('holds pupils, staff and groups of the schools', async () => {
    const change = await read();

    assert.equal(change.isWhole, true);
    assert.deepEqual(
      change.pupils.map(({ id, schoolId, grade }) => ({ id, schoolId, grade })),
      [pupilId(1), pupilId(2)].map((id) => ({ id, schoolId: 'norr', grade: 8 })),
    );
    assert.deepEqual(
      change.staff.map(({ id }) => id),
      [staffId(1)],
    );
    assert.deepEqual(change.groups, [
      {
        id: groupId(1),
        schoolId: 'norr',
        kind: 'mentor',
        name: '8A',
        pupilIds: [pupilId(1), pupilId(2)],
        mentorIds: [staffId(1)],
      },
    ]);
    assert.deepEqual(change.rejected, []);
  });

  it('asks for pupils and staff by their relation to the school, so that no guardian comes along', async () => {
    await read();

    assert.deepEqual(
      system.calls('persons').map(({ query }) => query.get('relationship.entity.type')),
      ['enrolment', 'duty'],
    );
    assert.ok(
      system.calls('persons').every(({ query }) => query.get('relationship.organisation') === SCHOOL),
    );
  });

  const enrolments: readonly { name: string; enrolment: Record<string, unknown>; isPupil: boolean }[] = [
    { name: 'that begins today', enrolment: { startDate: '2026-11-23' }, isPupil: true },
    { name: 'that begins tomorrow', enrolment: { startDate: '2026-11-24' }, isPupil: false },
    { name: 'that ends today', enrolment: { endDate: '2026-11-23' }, isPupil: true },
    { name: 'that ended yesterday', enrolment: { endDate: '2026-11-22' }, isPupil: false },
    { name: 'that was broken off', enrolment: { cancelled: true }, isPupil: false },
    { name: 'at another school', enrolment: { enroledAt: { id: OTHER_SCHOOL } }, isPupil: false },
    { name: 'without a year', enrolment: { schoolYear: undefined }, isPupil: true },
    { name: 'with half a year', enrolment: { schoolYear: 8.5 }, isPupil: true },
  ];
  for (const { name, enrolment, isPupil } of enrolments) {
    it(`${isPupil ? 'takes' : 'does not take'} a pupil by an enrolment ${name}`, async () => {
      system.lists.persons = [enrolled(pupilId(1), {}, enrolment)];

      const { pupils } = await read();

      assert.equal(pupils.length, isPupil ? 1 : 0);
    });
  }

  it('takes the pupils of the units below a school, and each once', async () => {
    system.lists.organisations = [organisation(), organisation(UNIT, SCHOOL), organisation(OTHER_SCHOOL)];
    system.lists.persons = [enrolled(pupilId(1), {}, { enroledAt: { id: UNIT } })];

    const { pupils } = await read();

    assert.deepEqual(
      pupils.map(({ id, schoolId }) => [id, schoolId]),
      [[pupilId(1), 'norr']],
    );
  });

  it('survives organisations that are below each other', async () => {
    system.lists.organisations = [organisation(SCHOOL, UNIT), organisation(UNIT, SCHOOL)];

    const { pupils } = await read();

    assert.equal(pupils.length, 2);
  });

  it('takes an id as the same however its letters are written', async () => {
    const mixed = 'ABCDEF01-0000-4000-8000-00000000000A';
    system.lists.persons = [enrolled(mixed.toLowerCase())];
    system.lists.groups = [group(groupId(1), [mixed])];

    const { pupils, groups } = await read();

    assert.deepEqual(groups[0]?.pupilIds, [pupils[0]?.id]);
  });

  const kinds: readonly (readonly [string | undefined, string | undefined])[] = [
    ['Mentor', 'mentor'],
    ['Klass', 'class'],
    ['Undervisning', 'teaching'],
    ['Schema', 'teaching'],
    ['Övrigt', 'teaching'],
    ['Något nytt', 'teaching'],
    [undefined, 'teaching'],
    ['Personalgrupp', undefined],
    ['Avdelning', undefined],
  ];
  for (const [groupType, kind] of kinds) {
    it(`takes a group of type ${groupType} as ${kind ?? 'none of pupils'}`, async () => {
      system.lists.groups = [group(groupId(1), [pupilId(1)], { groupType })];

      const { groups } = await read();

      assert.deepEqual(
        groups.map((one) => one.kind),
        kind === undefined ? [] : [kind],
      );
    });
  }

  it('takes the members and mentors of today', async () => {
    const membership = (id: string, more: object) => ({ person: { id }, ...more });
    const role = (more: object) => ({ group: { id: groupId(1) }, assignmentRoleType: 'Mentor', ...more });
    system.lists.groups = [
      group(groupId(1), [], {
        groupMemberships: [
          membership(pupilId(1), { startDate: '2026-08-18', endDate: '2026-11-22' }),
          membership(pupilId(2), { startDate: '2026-11-23' }),
          membership(pupilId(3), { startDate: '2026-11-24' }),
        ],
      }),
      group(groupId(2), [pupilId(1)], { endDate: '2026-11-20' }),
    ];
    system.lists.duties = [
      mentorDuty(staffId(1), [], { assignmentRole: [role({ endDate: '2026-11-22' })] }),
      mentorDuty(staffId(2), [], { assignmentRole: [role({ startDate: '2026-11-23' }), role({})] }),
      mentorDuty(staffId(3), [groupId(1)], { endDate: '2026-10-31' }),
      mentorDuty(staffId(4), [], { assignmentRole: [role({ assignmentRoleType: 'Specialpedagog' })] }),
    ];

    const { groups } = await read();

    assert.deepEqual(
      groups.map(({ id, pupilIds, mentorIds }) => [id, pupilIds, mentorIds]),
      [[groupId(1), [pupilId(2)], [staffId(2)]]],
    );
  });

  it('finds staff by their school address and user name, whatever their role is called', async () => {
    system.lists.persons = [
      person(staffId(1), {
        emails: [
          { value: 'maja@hemma.example', type: 'Privat' },
          { value: 'maja@skola.example', type: 'Skola personal' },
        ],
        eduPersonPrincipalNames: ['maja@kommun.example'],
        responsibles: [{ person: { id: pupilId(9) }, relationType: 'Utsedd behörig' }],
      }),
    ];
    system.lists.duties = [mentorDuty(staffId(1), [groupId(1)], { dutyRole: 'Skolsocionom' })];

    const { staff } = await read();

    assert.deepEqual(staff, [
      {
        id: staffId(1),
        givenName: `Given ${staffId(1)}`,
        familyName: `Family ${staffId(1)}`,
        email: 'maja@skola.example',
        principalName: 'maja@kommun.example',
      },
    ]);
  });

  it('says which school the source does not have, and reads the others', async () => {
    const source = sourceOf(system, {
      schools: [
        { id: 'norr', organisation: SCHOOL },
        { id: 'soder', organisation: OTHER_SCHOOL },
      ],
    });

    const change = await source.roster?.readRoster(undefined);

    assert.equal(change?.pupils.length, 2);
    assert.deepEqual(change?.rejected, [
      { kind: 'organisation', id: OTHER_SCHOOL, path: 'id', reason: 'not found' },
    ]);
  });

  it('takes the configured organisations at their word where the source lists none', async () => {
    const { organisations: _, ...lists } = system.lists;
    system.lists = lists;

    const { pupils } = await read();

    assert.equal(pupils.length, 2);
  });
});
