import type { Temporal } from 'temporal-polyfill';
import { type Clock, dayAt } from '../../clock.ts';
import type { RejectedRecord, RosterChange } from '../../people/roster-source.ts';
import { SourceError } from '../source-error.ts';
import type { Query, Ss12000Client } from './client.ts';
import { type Cursor, nextCursor, openCursor } from './cursor.ts';
import { malformed } from './failures.ts';
import { mentorsByGroup, rosterGroups } from './groups.ts';
import { isCurrent, protectedIds } from './marks.ts';
import { sortPersons, turningDays } from './persons.ts';
import { type ReadList, readPerUnit, readRecords, toldOnce } from './records.ts';
import type { Rooms } from './rooms.ts';
import { deletedEntities, duty, group, type PersonRecord, person } from './schema.ts';
import type { Units } from './units.ts';

export interface Reading {
  readonly source: string;
  readonly client: Ss12000Client;
  readonly units: Units;
  readonly rooms: Rooms;
  readonly schools: readonly { readonly id: string; readonly organisation: string }[];
  readonly clock: Clock;
  readonly timeZone: string;
}

/**
 * Reads pupils, staff and groups; with a cursor, of the pupils only those who have changed since. Groups, duties and staff
 * are short lists and are read whole each time: a changed membership shows on the group, a changed mentor on the duty, and
 * neither on the person. Everything is read where the source cannot tell what was removed, where somebody comes or goes by
 * a date, and once a week.
 */
export async function readRosterChange(reading: Reading, cursor: string | undefined): Promise<RosterChange> {
  const readAt = reading.clock.now();
  const day = dayAt(readAt, reading);
  const opened = openCursor(cursor, day);
  const gone = opened === undefined ? undefined : await readGone(reading, opened);
  const since = gone === undefined ? undefined : opened;
  const units = await reading.units.all();
  const lists = await readLists(reading, [...units.values()].flat(), day, since);
  const { persons, staff, groups, duties } = lists;
  const today = { schoolOf: schoolByUnit(units), today: day.toString() };
  const current = duties.records.filter((one) => isCurrent(one, today.today));
  const marked = new Set(Object.values(lists).flatMap((list) => [...list.protectedIds]));
  const staffIds = new Set(current.flatMap((one) => one.person?.id ?? []));
  const everybody = onceEach([...persons.records, ...staff.records]);
  const sorted = sortPersons(everybody, { ...today, staffIds, protectedIds: marked });
  const mentors = mentorsByGroup(current, today.today);
  const grouped = rosterGroups(groups.records, { ...today, mentors: mentors.byGroup });
  const rejected = [...Object.values(lists), mentors, grouped].flatMap((one) => one.rejected);
  return {
    isWhole: since === undefined,
    cursor: nextCursor(readAt, day, since, turningDays(persons.records, today.schoolOf)),
    pupils: sorted.pupils,
    staff: sorted.staff,
    groups: grouped.records,
    removed: {
      personIds: since === undefined ? [] : [...(gone?.persons ?? []), ...sorted.others],
      groupIds: [...(gone?.groups ?? []), ...grouped.ended],
    },
    protectedIds: marked,
    rejected: toldOnce([...missingSchools(reading, units), ...rejected]),
    readAt,
  };
}

function schoolByUnit(units: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, string> {
  return new Map([...units].flatMap(([school, below]) => below.map((unit) => [unit, school] as const)));
}

async function readLists(
  reading: Reading,
  units: readonly string[],
  day: Temporal.PlainDate,
  since: Cursor | undefined,
) {
  const { client } = reading;
  const at = (unit: string): Query => ({ organisation: unit });
  // One kind of relation at a time: without, guardians come along, who are none of our business.
  const related = (entity: string) => (unit: string) => ({
    'relationship.entity.type': entity,
    'relationship.organisation': unit,
    'relationship.endDate.onOrAfter': day.toString(),
  });
  const persons = { path: 'persons', kind: 'person', schema: person };
  return {
    persons:
      since === undefined
        ? await readPerUnit(client, units, { ...persons, query: related('enrolment') })
        : await readChanged(client, since),
    staff: await readPerUnit(client, units, { ...persons, query: related('duty') }),
    groups: await readPerUnit(client, units, { path: 'groups', kind: 'group', schema: group, query: at }),
    duties: await readPerUnit(client, units, { path: 'duties', kind: 'duty', schema: duty, query: at }),
  };
}

/** Every change, and not only those of our schools: whoever has left belongs to none of them. */
async function readChanged(client: Ss12000Client, { since }: Cursor): Promise<ReadList<PersonRecord>> {
  const raw = await client.list('persons', { 'meta.modified.after': since.toString() });
  return { ...readRecords('person', person, raw), protectedIds: protectedIds(raw) };
}

/** What was removed since; undefined where the source has no list of it. */
async function readGone({ source, client }: Reading, { since }: Cursor) {
  const query = { after: since.toString(), entities: ['Person', 'Group'] };
  const pages = await client.pages('deletedEntities', query).catch(noneOffered);
  if (pages === undefined) return undefined;
  const parsed = deletedEntities.array().safeParse(pages);
  if (!parsed.success) throw malformed({ source, path: 'deletedEntities' });
  return {
    persons: parsed.data.flatMap((one) => one.persons),
    groups: parsed.data.flatMap((one) => one.groups),
  };
}

function noneOffered(error: unknown): undefined {
  const isRefused = error instanceof SourceError && !error.isPassing && error.facts.status !== undefined;
  if (isRefused && error.facts.status !== 401) return undefined;
  throw error;
}

function missingSchools(
  { schools }: Reading,
  units: ReadonlyMap<string, readonly string[]>,
): readonly RejectedRecord[] {
  return schools
    .filter((school) => !units.has(school.id))
    .map(({ organisation }) => ({ kind: 'organisation', id: organisation, path: 'id', reason: 'not found' }));
}

function onceEach(records: readonly PersonRecord[]): readonly PersonRecord[] {
  return [...new Map(records.map((record) => [record.id, record])).values()];
}
