import type { Temporal } from 'temporal-polyfill';
import type { School } from '../config/municipality.ts';
import type { Person } from '../people/person.ts';
import { awayColleagues } from '../people/roster-roles.ts';
import { type LineDeps, type StepLine, stepLines } from './step-line.ts';
import { inOrder } from './step-message-view.ts';

/** Somebody's own steps at a school: what is left to do, and what was done or said not to be needed that day. */
export interface OwnStepsView {
  readonly schoolId: string;
  readonly schoolName: string;
  readonly day: Temporal.PlainDate;
  /** Those to do first, then by day and name. */
  readonly steps: readonly StepLine[];
}

/**
 * The steps that are somebody's to do, with those that ended that day, which may have been said by mistake; and so of
 * whoever they stand in for. Of protected pupils only where whoever asks may know of them.
 */
export async function readOwnSteps(
  deps: LineDeps,
  school: School,
  person: Pick<Person, 'staffId' | 'addresses'>,
  { day, withProtected }: { readonly day: Temporal.PlainDate; readonly withProtected: boolean },
): Promise<OwnStepsView> {
  const { staffId, addresses } = person;
  const staffIds = staffId === undefined ? [] : [staffId, ...(await awayColleagues(deps.db, staffId, day))];
  const rows = await deps.db
    .selectFrom('routineStep')
    .selectAll()
    .where('schoolId', '=', school.id)
    .where((eb) =>
      eb.or([
        eb('state', '=', 'open'),
        eb.and([eb('state', 'in', ['done', 'notNeeded']), eb('endedAt', '>=', startOfDay(school, day))]),
      ]),
    )
    .where((eb) =>
      eb.or([
        eb('ownerStaffId', 'in', ['', ...staffIds]),
        eb.and([eb('ownerStaffId', 'is', null), eb('ownerAddress', 'in', ['', ...addresses])]),
      ]),
    )
    .execute();
  const lines = await stepLines(deps, rows);
  return {
    schoolId: school.id,
    schoolName: school.name,
    day,
    steps: inOrder(
      school,
      lines.filter(({ pupil }) => withProtected || pupil.reference === undefined),
    ),
  };
}

function startOfDay({ timeZone }: School, day: Temporal.PlainDate): Temporal.Instant {
  return day.toZonedDateTime(timeZone).toInstant();
}
