import type { Clock } from '../../clock.ts';
import type { RosterChange, RosterGroup, RosterPupil, RosterStaff } from '../../people/roster-source.ts';
import type { Ss12000Client } from './client.ts';
import { isCurrent, isProtected } from './marks.ts';
import { type Read, readRecords } from './records.ts';
import {
  type DutyRecord,
  deletedEntities,
  duty,
  type GroupRecord,
  group,
  type PersonRecord,
  person,
} from './schema.ts';
import type { Units } from './units.ts';

export interface Reading {
  readonly client: Ss12000Client;
  readonly units: Units;
  readonly clock: Clock;
  readonly timeZone: string;
}

/** The clocks of two systems differ, and a change can be dated before it can be read: some are read twice. */
const OVERLAP_MINUTES = 15;
const GROUP_KINDS: Readonly<Record<string, RosterGroup['kind']>> = {
  Mentor: 'mentor',
  Klass: 'class',
  Undervisning: 'teaching',
};

/**
 * Reads pupils, staff and groups; with a cursor, of the persons only those that have changed since. Groups and duties are
 * short lists and are read whole each time: a changed membership shows on the group, a changed mentor on the duty, and
 * neither on the person.
 */
export async function readRosterChange(reading: Reading, cursor: string | undefined): Promise<RosterChange> {
  const readAt = reading.clock.now();
  const unitsBySchool = await reading.units.all();
  const [persons, groups, duties, gone] = await Promise.all([
    readPersons(reading, cursor),
    perUnit(reading, unitsBySchool, 'groups', (raw) => readRecords('group', group, raw)),
    perUnit(reading, unitsBySchool, 'duties', (raw) => readRecords('duty', duty, raw)),
    readGone(reading, cursor),
  ]);
  const today = readAt.toZonedDateTimeISO(reading.timeZone).toPlainDate().toString();
  const schoolOf = new Map(
    [...unitsBySchool].flatMap(([school, units]) => units.map((unit) => [unit, school] as const)),
  );
  const sorted = sortPersons(persons.records, { schoolOf, today, staffIds: staffIds(duties.records) });
  return {
    isWhole: cursor === undefined,
    cursor: readAt.subtract({ minutes: OVERLAP_MINUTES }).toString({ smallestUnit: 'second' }),
    pupils: sorted.pupils,
    staff: sorted.staff,
    groups: rosterGroups(groups.records, mentorsByGroup(duties.records, today), schoolOf, today),
    removed: {
      personIds: cursor === undefined ? gone.persons : [...gone.persons, ...sorted.others],
      groupIds: gone.groups,
    },
    rejected: [...persons.rejected, ...groups.rejected, ...duties.rejected],
    readAt,
  };
}

/** The first time only those of the schools' own; later every change, since whoever has left belongs to none of them. */
async function readPersons(reading: Reading, cursor: string | undefined): Promise<Read<PersonRecord>> {
  if (cursor !== undefined) {
    const raw = await reading.client.list('persons', { 'meta.modified.after': cursor });
    return readRecords('person', person, raw);
  }
  const units = await reading.units.all();
  return await perUnit(
    reading,
    units,
    'persons',
    (raw) => readRecords('person', person, raw),
    'relationship.organisation',
  );
}

async function perUnit<T extends { readonly id: string }>(
  { client }: Reading,
  units: ReadonlyMap<string, readonly string[]>,
  path: string,
  read: (raw: readonly unknown[]) => Read<T>,
  filter = 'organisation',
): Promise<Read<T>> {
  const parts: Read<T>[] = [];
  // One after the other: a student system is not there for us alone.
  for (const unit of [...units.values()].flat())
    parts.push(read(await client.list(path, { [filter]: unit })));
  const byId = new Map(parts.flatMap((part) => part.records).map((record) => [record.id, record]));
  return { records: [...byId.values()], rejected: parts.flatMap((part) => part.rejected) };
}

async function readGone({ client }: Reading, cursor: string | undefined) {
  if (cursor === undefined) return { persons: [], groups: [] };
  const parsed = deletedEntities.safeParse(
    await client.get('deletedEntities', { after: cursor, entities: ['Person', 'Group'] }),
  );
  return parsed.success ? parsed.data.data : { persons: [], groups: [] };
}

interface Sorting {
  readonly schoolOf: ReadonlyMap<string, string>;
  readonly today: string;
  readonly staffIds: ReadonlySet<string>;
}

/** A pupil is enrolled at one of the schools; staff has a duty there; others are none of ours (any more). */
function sortPersons(records: readonly PersonRecord[], sorting: Sorting) {
  const pupils: RosterPupil[] = [];
  const staff: RosterStaff[] = [];
  const others: string[] = [];
  for (const record of records) {
    const pupil = asPupil(record, sorting);
    const isStaff = sorting.staffIds.has(record.id);
    if (pupil !== undefined) pupils.push(pupil);
    if (isStaff) staff.push(asStaff(record));
    if (pupil === undefined && !isStaff) others.push(record.id);
  }
  return { pupils, staff, others };
}

function asPupil(record: PersonRecord, { schoolOf, today }: Sorting): RosterPupil | undefined {
  const enrolment = record.enrolments.find(
    (one) => one.cancelled !== true && isCurrent(one, today) && schoolOf.has(one.enroledAt.id),
  );
  const schoolId = enrolment === undefined ? undefined : schoolOf.get(enrolment.enroledAt.id);
  if (schoolId === undefined) return undefined;
  const common = { id: record.id, schoolId, grade: enrolment?.schoolYear ?? undefined };
  if (isProtected(record)) return { ...common, isProtected: true };
  const { givenName, familyName } = record;
  return { ...common, isProtected: false, givenName: givenName ?? '', familyName: familyName ?? '' };
}

function asStaff(record: PersonRecord): RosterStaff {
  const atSchool = record.emails.find((email) => email.type === 'Skola personal');
  const hidden = isProtected(record);
  return {
    id: record.id,
    givenName: hidden ? '' : (record.givenName ?? ''),
    familyName: hidden ? '' : (record.familyName ?? ''),
    email: hidden ? undefined : atSchool?.value,
    principalName: hidden ? undefined : record.eduPersonPrincipalNames[0],
  };
}

function staffIds(duties: readonly DutyRecord[]): ReadonlySet<string> {
  return new Set(duties.flatMap((record) => (record.person ? [record.person.id] : [])));
}

function mentorsByGroup(
  duties: readonly DutyRecord[],
  today: string,
): ReadonlyMap<string, readonly string[]> {
  const mentors = new Map<string, string[]>();
  for (const record of duties) {
    if (!record.person || !isCurrent(record, today)) continue;
    for (const role of record.assignmentRole) {
      if (role.assignmentRoleType !== 'Mentor' || !isCurrent(role, today)) continue;
      mentors.set(role.group.id, [...(mentors.get(role.group.id) ?? []), record.person.id]);
    }
  }
  return mentors;
}

function rosterGroups(
  records: readonly GroupRecord[],
  mentors: ReadonlyMap<string, readonly string[]>,
  schoolOf: ReadonlyMap<string, string>,
  today: string,
): readonly RosterGroup[] {
  return records.flatMap((record) => {
    const kind = GROUP_KINDS[record.groupType ?? ''];
    const schoolId = schoolOf.get(record.organisation.id);
    if (kind === undefined || schoolId === undefined || !isCurrent(record, today)) return [];
    const members = record.groupMemberships.filter((membership) => isCurrent(membership, today));
    return [
      {
        id: record.id,
        schoolId,
        kind,
        name: record.displayName,
        pupilIds: members.map((membership) => membership.person.id),
        mentorIds: [...new Set(mentors.get(record.id) ?? [])],
      },
    ];
  });
}
