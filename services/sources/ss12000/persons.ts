import { Temporal } from 'temporal-polyfill';
import type { RosterPupil, RosterStaff } from '../../people/roster-source.ts';
import { isCurrent } from './marks.ts';
import type { PersonRecord } from './schema.ts';

export interface Sorting {
  /** Organisation → school. */
  readonly schoolOf: ReadonlyMap<string, string>;
  readonly today: string;
  readonly staffIds: ReadonlySet<string>;
  readonly protectedIds: ReadonlySet<string>;
}

export interface Sorted {
  readonly pupils: readonly RosterPupil[];
  readonly staff: readonly RosterStaff[];
  /** Ids of whoever is none of ours, any more or at all. */
  readonly others: readonly string[];
}

/** A pupil is enrolled at one of the schools; staff has a duty there. */
export function sortPersons(records: readonly PersonRecord[], sorting: Sorting): Sorted {
  const pupils: RosterPupil[] = [];
  const staff: RosterStaff[] = [];
  const others: string[] = [];
  for (const record of records) {
    const pupil = asPupil(record, sorting);
    const isStaff = sorting.staffIds.has(record.id);
    if (pupil !== undefined) pupils.push(pupil);
    if (isStaff) staff.push(asStaff(record, sorting.protectedIds.has(record.id)));
    if (pupil === undefined && !isStaff) others.push(record.id);
  }
  return { pupils, staff, others };
}

/**
 * The days on which somebody comes or goes without any record being changed: an enrolment that begins or ends by its own
 * date leaves no mark on the person.
 */
export function turningDays(
  records: readonly PersonRecord[],
  schoolOf: ReadonlyMap<string, string>,
): readonly string[] {
  return records.flatMap(({ enrolments }) =>
    enrolments
      .filter((one) => one.cancelled !== true && schoolOf.has(one.enroledAt.id))
      .flatMap(({ startDate, endDate }) => [
        ...(startDate === undefined ? [] : [startDate]),
        ...(endDate === undefined ? [] : [dayAfter(endDate)]),
      ]),
  );
}

function dayAfter(day: string): string {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toString();
}

function asPupil(record: PersonRecord, sorting: Sorting): RosterPupil | undefined {
  const { schoolOf, today, protectedIds } = sorting;
  const enrolment = record.enrolments.find(
    (one) => one.cancelled !== true && isCurrent(one, today) && schoolOf.has(one.enroledAt.id),
  );
  const schoolId = enrolment === undefined ? undefined : schoolOf.get(enrolment.enroledAt.id);
  if (schoolId === undefined) return undefined;
  const common = { id: record.id, schoolId, grade: enrolment?.schoolYear ?? undefined };
  if (protectedIds.has(record.id)) return { ...common, isProtected: true };
  const { givenName, familyName } = record;
  return { ...common, isProtected: false, givenName: givenName ?? '', familyName: familyName ?? '' };
}

function asStaff(record: PersonRecord, isProtected: boolean): RosterStaff {
  const { id, givenName, familyName } = record;
  if (isProtected) return { id, givenName: '', familyName: '', email: undefined, principalName: undefined };
  return {
    id,
    givenName: givenName ?? '',
    familyName: familyName ?? '',
    email: workAddress(record),
    principalName: principalName(record),
  };
}

/** The address at the school, otherwise at another employer's office in the municipality; never a private one. */
function workAddress({ emails }: PersonRecord): string | undefined {
  const ofType = (type: string) =>
    emails.find((email) => email.type === type && isAddress(email.value))?.value;
  return ofType('Skola personal') ?? ofType('Arbete övrigt') ?? undefined;
}

/**
 * What they sign in with, as far as the student system knows. Somebody can have several, such as one from when they were a
 * pupil: the one of the same domain as the work address is most likely the one in Teams.
 */
function principalName(record: PersonRecord): string | undefined {
  const names = record.eduPersonPrincipalNames.filter(isAddress);
  const domain = domainOf(workAddress(record) ?? '');
  return names.find((name) => domainOf(name) === domain) ?? names[0];
}

function isAddress(text: string | null | undefined): text is string {
  return text?.includes('@') === true;
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
