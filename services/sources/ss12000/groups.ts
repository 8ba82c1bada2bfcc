import type { RejectedRecord, RosterGroup } from '../../people/roster-source.ts';
import { isCurrent } from './marks.ts';
import { type Read, readParts } from './records.ts';
import { assignmentRole, type DutyRecord, type GroupRecord, groupMembership } from './schema.ts';

/** Any other group can be taught as one, whatever its kind is called. */
const GROUP_KINDS: Readonly<Record<string, RosterGroup['kind']>> = { Mentor: 'mentor', Klass: 'class' };
/** Groups of staff, and of pre-school children. */
const NO_PUPILS: ReadonlySet<string> = new Set(['Personalgrupp', 'Avdelning']);

export interface GroupsContext {
  readonly mentors: ReadonlyMap<string, readonly string[]>;
  readonly schoolOf: ReadonlyMap<string, string>;
  readonly today: string;
}

/** The schools' groups of today, with the members and mentors of today. */
export function rosterGroups(
  records: readonly GroupRecord[],
  { mentors, schoolOf, today }: GroupsContext,
): Read<RosterGroup> & { readonly ended: readonly string[] } {
  const groups: RosterGroup[] = [];
  const rejected: RejectedRecord[] = [];
  const ended: string[] = [];
  for (const record of records) {
    const schoolId = schoolOf.get(record.organisation.id);
    const type = record.groupType ?? '';
    if (schoolId === undefined || NO_PUPILS.has(type)) continue;
    if (!isCurrent(record, today)) {
      ended.push(record.id);
      continue;
    }
    const owner = { kind: 'group', id: record.id, path: 'groupMemberships' };
    const members = readParts(owner, groupMembership, record.groupMemberships);
    for (const one of members.rejected) rejected.push(one);
    groups.push({
      id: record.id,
      schoolId,
      kind: GROUP_KINDS[type] ?? 'teaching',
      name: record.displayName,
      pupilIds: members.records.filter((one) => isCurrent(one, today)).map((one) => one.person.id),
      mentorIds: mentors.get(record.id) ?? [],
    });
  }
  return { records: groups, rejected, ended };
}

/** Group → the staff whose duty makes them its mentors today. */
export function mentorsByGroup(
  duties: readonly DutyRecord[],
  today: string,
): {
  readonly byGroup: ReadonlyMap<string, readonly string[]>;
  readonly rejected: readonly RejectedRecord[];
} {
  const mentors = new Map<string, Set<string>>();
  const rejected: RejectedRecord[] = [];
  for (const { id, person, assignmentRole: raw } of duties) {
    if (!person) continue;
    const roles = readParts({ kind: 'duty', id, path: 'assignmentRole' }, assignmentRole, raw);
    for (const one of roles.rejected) rejected.push(one);
    for (const role of roles.records) {
      if (role.assignmentRoleType !== 'Mentor' || !isCurrent(role, today)) continue;
      mentors.set(role.group.id, (mentors.get(role.group.id) ?? new Set()).add(person.id));
    }
  }
  return { byGroup: new Map([...mentors].map(([group, staff]) => [group, [...staff]])), rejected };
}
