import type { Temporal } from 'temporal-polyfill';
import { dayAt, systemClock } from '../../services/clock.ts';
import { readEnvironment } from '../../services/config/environment.ts';
import { loadMunicipality } from '../../services/config/load-municipality.ts';
import { loadRoutines } from '../../services/config/load-routine.ts';
import { isShareMetric, type RoutineRule } from '../../services/config/routine.ts';
import { checkRoutine, type SchoolCheck } from '../../services/routine/check-routine.ts';
import { routineOn } from '../../services/routine/crossings.ts';
import { openConfigured, type Variables } from './open.ts';
import { schoolNamed } from './school-named.ts';

export interface RoutineCheckOptions {
  readonly day?: Temporal.PlainDate;
  readonly school?: string;
}

/**
 * `sedd routine check`: how many pupils each rule would catch, per school, before a routine goes live. Figures and ids, no
 * names. Small figures are shown as they are: whoever runs this has the database, and a rule that catches three is what
 * they want to know.
 */
export async function routineCheck(env: Variables, options: RoutineCheckOptions): Promise<void> {
  const environment = readEnvironment(env);
  const municipality = await loadMunicipality(environment.configPath);
  const { routines, path } = await loadRoutines(environment);
  const today = dayAt(systemClock.now(), municipality);
  const day = options.day ?? today;
  const routine = routineOn(routines, day);
  if (routine === undefined) {
    console.log(
      `No routine is in force on ${day}: the first one in ${path} begins ${routines[0]?.validFrom}.`,
    );
    return;
  }
  const schools =
    options.school === undefined ? municipality.schools : [schoolNamed(municipality, options.school)];
  const storage = await openConfigured(environment);
  try {
    console.log(`${routine.name}, in force from ${routine.validFrom} (${path}), as of ${day}`);
    for (const school of schools)
      for (const line of linesOf(await checkRoutine(storage.db, school, routine, day))) console.log(line);
  } finally {
    await storage.close();
  }
}

function linesOf({ schoolId, pupils, levels }: SchoolCheck): readonly string[] {
  if (pupils === 0) return ['', `${schoolId}: no lessons in the database yet; "sedd serve" reads them`];
  return [
    '',
    `${schoolId}: ${pupils} pupils with lessons`,
    ...levels.flatMap(({ level, name, caught, rules }) => [
      `  ${String(caught).padStart(5)}  ${level} (${name})`,
      ...rules.map((one) => `  ${String(one.caught).padStart(5)}    ${ruleText(one.rule)}`),
    ]),
  ];
}

function ruleText({ metric, window, over }: RoutineRule): string {
  const limit = isShareMetric(metric) ? `${Number((over * 100).toFixed(4))} %` : String(over);
  return `${metric} over ${limit}${window === undefined ? '' : `, ${window}`}`;
}
