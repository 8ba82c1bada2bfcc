import type { Temporal } from 'temporal-polyfill';
import { importSums } from '../attendance/import-sums.ts';
import { windowSpan } from '../attendance/windows.ts';
import type { School } from '../config/municipality.ts';
import { windowNames } from '../config/routine.ts';
import { givesLessons, type PullDeps } from './pull-day.ts';

/**
 * Reads a school's sums of every window of the routine, where a source gives sums and none gives lessons. Windows that begin
 * on one day are read once.
 */
export async function pullSums(
  deps: Pick<PullDeps, 'db' | 'attendance' | 'log'>,
  school: School,
  day: Temporal.PlainDate,
): Promise<void> {
  const source = deps.attendance.find(({ gives }) => gives.has('sums'));
  if (source === undefined || givesLessons(deps.attendance)) return;
  const spans = windowNames.flatMap((name) => windowSpan(name, day, school.calendar) ?? []);
  const firstDays = new Map(spans.map((span) => [span.firstDay.toString(), span]));
  for (const span of firstDays.values()) {
    const sums = await source.readSums(school.id, span.firstDay, span.lastDay);
    const { rejected } = await importSums(deps, school.id, span, sums);
    if (rejected > 0)
      deps.log.warn(
        { school: school.id, day: day.toString(), rejected },
        'Some sums of the source could not be read and were left out; show this to its supplier',
      );
  }
}
