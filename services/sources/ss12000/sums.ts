import type { Temporal } from 'temporal-polyfill';
import type { AttendanceSums } from '../../attendance/attendance-source.ts';
import { isTeaching } from './lessons.ts';
import { readRecords } from './records.ts';
import type { Reading } from './roster.ts';
import { type AggregatedRecord, aggregatedAttendance } from './schema.ts';

type Sum = AttendanceSums['sums'][number];

/** Reads minutes per pupil of a period; a pupil's activities are added up. Both days count. */
export async function readAttendanceSums(
  { client, units }: Reading,
  schoolId: string,
  firstDay: Temporal.PlainDate,
  lastDay: Temporal.PlainDate,
): Promise<AttendanceSums> {
  // These records have no id. What comes for a school and again for a unit of it is the same to the letter.
  const raw = new Map<string, unknown>();
  for (const organisation of await units.of(schoolId)) {
    const query = {
      startDate: firstDay.toString(),
      endDate: lastDay.toString(),
      organisation,
      expand: 'activity',
    };
    for (const record of await client.list('aggregatedAttendance', query))
      raw.set(JSON.stringify(record), record);
  }
  const read = readRecords('aggregatedAttendance', aggregatedAttendance, [...raw.values()]);
  const byPupil = new Map<string, Sum>();
  for (const record of read.records) {
    if (!isTeaching(record._embedded?.activity ?? {})) continue;
    const sum = sumOf(record);
    byPupil.set(sum.pupilId, add(byPupil.get(sum.pupilId), sum));
  }
  return { sums: [...byPupil.values()], rejected: read.rejected };
}

function sumOf(record: AggregatedRecord): Sum {
  const valid = record.validAbsenceSum ?? 0;
  const invalid = record.invalidAbsenceSum ?? 0;
  const told = valid + invalid + (record.attendanceSum ?? 0) + (record.otherAttendanceSum ?? 0);
  const reportedMinutes = record.reportedSum ?? told;
  return {
    pupilId: record.student.id,
    offeredMinutes: record.offeredSum ?? reportedMinutes,
    reportedMinutes,
    validMinutes: valid,
    invalidMinutes: invalid,
  };
}

function add(a: Sum | undefined, b: Sum): Sum {
  if (a === undefined) return b;
  return {
    pupilId: b.pupilId,
    offeredMinutes: a.offeredMinutes + b.offeredMinutes,
    reportedMinutes: a.reportedMinutes + b.reportedMinutes,
    validMinutes: a.validMinutes + b.validMinutes,
    invalidMinutes: a.invalidMinutes + b.invalidMinutes,
  };
}
