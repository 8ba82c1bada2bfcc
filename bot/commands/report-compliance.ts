import { writeFile } from 'node:fs/promises';
import { Temporal } from 'temporal-polyfill';
import { translator } from '../../locales/translator.ts';
import type { DaySpan } from '../../services/attendance/windows.ts';
import { recordAudit } from '../../services/audit/record-audit.ts';
import { dayAt, systemClock } from '../../services/clock.ts';
import { readEnvironment } from '../../services/config/environment.ts';
import { loadMunicipality } from '../../services/config/load-municipality.ts';
import { loadRoutines } from '../../services/config/load-routine.ts';
import type { School, SchoolCalendar } from '../../services/config/municipality.ts';
import { SeddError } from '../../services/errors.ts';
import { disclosed, undisguised } from '../../services/routine/disclosure.ts';
import { readCompliance } from '../../services/routine/read-compliance.ts';
import { inLanguage } from '../../services/routine/routine-names.ts';
import type { Db } from '../../services/storage/database.ts';
import { UsageError } from '../usage-error.ts';
import { complianceCsv, type ReportedSchool } from './compliance-csv.ts';
import { openConfigured, type Variables } from './open.ts';
import { schoolNamed } from './school-named.ts';

export interface ReportComplianceOptions {
  readonly school?: string;
  readonly from?: Temporal.PlainDate;
  readonly to?: Temporal.PlainDate;
  readonly out?: string;
  /** For the school's own eyes: small groups are shown. */
  readonly withinSchool?: boolean;
}

/**
 * `sedd report compliance`: how the routine was followed, for a spreadsheet; of steps that were first due in the period. Groups of
 * few pupils are left out, unless the report is for the school itself. That it was made is put down.
 */
export async function reportCompliance(env: Variables, options: ReportComplianceOptions): Promise<void> {
  if (options.withinSchool === true && options.school === undefined)
    throw new UsageError('--within-school shows small groups, and is for one school: name it with --school.');
  const environment = readEnvironment(env);
  const municipality = await loadMunicipality(environment.configPath);
  const { routines } = await loadRoutines(environment);
  const schools =
    options.school === undefined ? municipality.schools : [schoolNamed(municipality, options.school)];
  const day = dayAt(systemClock.now(), municipality);
  const spans = schools.map((school) => ({ school, span: spanOf(school, day, options) }));
  const storage = await openConfigured(environment);
  try {
    const reported: ReportedSchool[] = [];
    for (const { school, span } of spans)
      reported.push(await reportOf(storage.db, school, { span, day, options }));
    const words = translator(municipality.language, municipality.timeZone);
    await putDown(storage.db, options);
    await deliver(complianceCsv(reported, inLanguage(routines, municipality.language), words), options.out);
  } finally {
    await storage.close();
  }
}

interface Reporting {
  readonly span: DaySpan;
  readonly day: Temporal.PlainDate;
  readonly options: ReportComplianceOptions;
}

async function reportOf(db: Db, school: School, { span, day, options }: Reporting): Promise<ReportedSchool> {
  const lines = await readCompliance(db, { schoolId: school.id, day, ...span });
  const [found] = options.withinSchool === true ? undisguised(lines) : disclosed(lines);
  return {
    name: school.name,
    firstDay: span.firstDay.toString(),
    lastDay: span.lastDay.toString(),
    found,
  };
}

function spanOf(school: School, day: Temporal.PlainDate, { from, to }: ReportComplianceOptions): DaySpan {
  const term = termOf(day, school.calendar);
  const firstDay = from ?? term?.firstDay;
  const lastDay = to ?? term?.lastDay;
  if (firstDay === undefined || lastDay === undefined)
    throw new UsageError(`No term of ${school.id} has begun: say the period with --from and --to.`);
  if (Temporal.PlainDate.compare(firstDay, lastDay) > 0)
    throw new UsageError(`The period ends before it begins: ${firstDay} to ${lastDay}.`);
  return { firstDay, lastDay };
}

/** The term that a day is in; between two terms the one that has ended. */
function termOf(day: Temporal.PlainDate, { terms }: SchoolCalendar): DaySpan | undefined {
  const begun = terms
    .filter(({ from }) => from <= day.toString())
    .toSorted((a, b) => (a.from < b.from ? -1 : 1));
  const last = begun.at(-1);
  return last && { firstDay: Temporal.PlainDate.from(last.from), lastDay: Temporal.PlainDate.from(last.to) };
}

async function putDown(db: Db, { school, withinSchool = false }: ReportComplianceOptions): Promise<void> {
  await recordAudit(db, {
    at: systemClock.now(),
    actorId: 'cli',
    action: 'report.compliance',
    objectId: school ?? 'all',
    schoolId: school,
    details: { withinSchool },
  });
}

async function deliver(text: string, out: string | undefined): Promise<void> {
  if (out === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    await writeFile(out, text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new SeddError('report.notWritten', `The report cannot be written to ${out} (${code}).`, {}, error);
  }
}
