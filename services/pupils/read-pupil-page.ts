import type { Temporal } from 'temporal-polyfill';
import { readCoveredSums } from '../attendance/covered-sums.ts';
import { patternFindings } from '../attendance/pattern-findings.ts';
import { readPattern } from '../attendance/patterns.ts';
import { readWeekSums } from '../attendance/week-sums.ts';
import { windowSpan } from '../attendance/windows.ts';
import { dayAt } from '../clock.ts';
import type { School } from '../config/municipality.ts';
import { type Routine, windowNames } from '../config/routine.ts';
import { stepFate } from '../routine/compliance.ts';
import { type CaseWithSteps, readPupilCases } from '../routine/read-cases.ts';
import type { StepRow } from '../routine/routine-case.ts';
import { levelName, stepName } from '../routine/routine-names.ts';
import type { Db } from '../storage/database.ts';
import type { PageCase, PageContact, PageStep, PupilPageView } from './pupil-page-view.ts';
import { readPupilPeople } from './pupil-people.ts';
import type { ListDeps } from './read-pupil-list.ts';

const MOST_CONTACTS = 10;

/** A pupil's page; undefined for whoever has none: a protected pupil, one who has left, one of another school. */
export async function readPupilPage(
  { db, routines }: ListDeps,
  school: School,
  pupilId: string,
  day: Temporal.PlainDate,
): Promise<PupilPageView | undefined> {
  const person = (await readPupilPeople(db, [pupilId])).get(pupilId);
  if (person === undefined || person.isProtected || person.schoolId !== school.id) return undefined;
  const query = {
    schoolId: school.id,
    day,
    calendar: school.calendar,
    windows: windowNames,
    pupilIds: [pupilId],
  };
  const [sums] = await readCoveredSums(db, query);
  const term = windowSpan('term', day, school.calendar);
  const cells =
    term === undefined
      ? []
      : await readPattern(db, { pupilIds: [pupilId], span: term, buildings: school.buildings });
  const { contacts, more } = await readContacts(db, pupilId);
  return {
    pupilId,
    name: person.name,
    groupName: person.groupName,
    grade: person.grade,
    schoolName: school.name,
    day,
    contactPerson: person.contactPerson,
    weeks: term === undefined ? [] : await readWeekSums(db, pupilId, term),
    windows: sums?.windows ?? {},
    daysInRow: sums?.daysInRow ?? 0,
    pattern: cells.length === 0 ? undefined : patternFindings(cells),
    contacts,
    moreContacts: more,
    cases: (await readPupilCases(db, pupilId)).map((one) => caseOf(one, { routines, day, school })),
  };
}

async function readContacts(
  db: Db,
  pupilId: string,
): Promise<{ readonly contacts: readonly PageContact[]; readonly more: number }> {
  const rows = await db
    .selectFrom('contact')
    .select(['day', 'at', 'actorName', 'outcome', 'method', 'counterpart'])
    .where('pupilId', '=', pupilId)
    .where('undoneAt', 'is', null)
    .orderBy('at', 'desc')
    .execute();
  const contacts = rows
    .slice(0, MOST_CONTACTS)
    .map(({ day, at, actorName, outcome, method, counterpart }) => ({
      day,
      at,
      by: actorName,
      outcome,
      method: method ?? undefined,
      counterpart: counterpart ?? undefined,
    }));
  return { contacts, more: rows.length - contacts.length };
}

interface Judging {
  readonly routines: readonly Routine[];
  readonly day: Temporal.PlainDate;
  readonly school: School;
}

function caseOf(found: CaseWithSteps, judging: Judging): PageCase {
  const { routines, school } = judging;
  return {
    levelName: levelName(routines, found),
    state: found.state,
    crossedDay: found.crossedDay,
    endedDay: found.endedAt === null ? undefined : dayAt(found.endedAt, school),
    steps: found.steps.toSorted((a, b) => a.round - b.round).map((step) => stepLine(step, judging)),
  };
}

function stepLine(step: StepRow, { routines, day }: Judging): PageStep {
  return {
    name: stepName(routines, step),
    isFollowUp: step.isFollowUp,
    state: step.state,
    isOverdue: stepFate(step, day) === 'overdue',
    hasLegalWeight: step.legalWeight !== null,
    dueDay: step.dueDay,
    doneDay: step.doneDay ?? undefined,
    by: step.endedByName ?? undefined,
  };
}
