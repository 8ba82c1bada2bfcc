import type { Db } from '../storage/database.ts';
import { followUpLine } from './follow-up-line.ts';
import type { ReminderLine } from './reminder-view.ts';

/** Follow-ups with the names that go with them. A pupil who has left the roster since counts as protected. */
export function followUpRows(db: Db) {
  return db
    .selectFrom('followUp')
    .leftJoin('pupil', 'pupil.id', 'followUp.pupilId')
    .leftJoin('schoolGroup', 'schoolGroup.id', 'followUp.groupId')
    .leftJoin('staff', 'staff.id', 'followUp.responsibleStaffId')
    .selectAll('followUp')
    .select(['pupil.givenName', 'pupil.familyName', 'pupil.isProtected', 'schoolGroup.name as groupName'])
    .select(['staff.givenName as responsibleGivenName', 'staff.familyName as responsibleFamilyName']);
}

export type NamedFollowUp = Awaited<ReturnType<ReturnType<typeof followUpRows>['execute']>>[number];

/** The follow-ups that may be shown by name: those still open first, then by group and name. */
export function namedLines(
  rows: readonly NamedFollowUp[],
  { language, timeZone }: { readonly language: string; readonly timeZone: string },
): readonly ReminderLine[] {
  const collator = new Intl.Collator(language, { numeric: true });
  return rows
    .filter((row) => row.isProtected === false)
    .map((row) => lineOf(row, timeZone))
    .sort(
      (a, b) =>
        rank(a) - rank(b) || collator.compare(a.groupName, b.groupName) || collator.compare(a.name, b.name),
    );
}

/** Open follow-ups of protected pupils: a number and nothing else. */
export function countProtectedOpen(rows: readonly NamedFollowUp[]): number {
  return rows.filter((row) => row.isProtected !== false && row.state === 'open').length;
}

function rank({ followUp }: ReminderLine): number {
  return followUp.state === 'open' ? 0 : 1;
}

function lineOf(row: NamedFollowUp, timeZone: string): ReminderLine {
  return {
    name: [row.givenName, row.familyName].filter(Boolean).join(' '),
    groupName: row.groupName ?? '',
    isLongTerm: row.reason === 'longTermAbsence',
    responsibleName:
      [row.responsibleGivenName, row.responsibleFamilyName].filter(Boolean).join(' ') || undefined,
    responsibleStaffId: row.responsibleStaffId ?? undefined,
    followUp: followUpLine(row, timeZone),
  };
}
