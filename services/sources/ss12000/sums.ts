import type { Temporal } from 'temporal-polyfill';
import type { AttendanceSums } from '../../attendance/attendance-source.ts';
import { readRecords } from './records.ts';
import type { Reading } from './roster.ts';
import { aggregatedAttendance } from './schema.ts';

type Sum = AttendanceSums['sums'][number];

/** Reads minutes per pupil of a period; a pupil's activities are added up. Both days count. */
export async function readAttendanceSums(
  { client, units }: Reading,
  schoolId: string,
  firstDay: Temporal.PlainDate,
  lastDay: Temporal.PlainDate,
): Promise<AttendanceSums> {
  const raw: unknown[] = [];
  for (const organisation of await units.of(schoolId)) {
    const query = { startDate: firstDay.toString(), endDate: lastDay.toString(), organisation };
    for (const record of await client.list('aggregatedAttendance', query)) raw.push(record);
  }
  const { records, rejected } = readRecords('aggregatedAttendance', aggregatedAttendance, raw);
  const byPupil = new Map<string, Sum>();
  for (const record of records) {
    const sum = sumOf(record);
    byPupil.set(sum.pupilId, add(byPupil.get(sum.pupilId), sum));
  }
  return { sums: [...byPupil.values()], rejected };
}

function sumOf(record: ReturnType<typeof aggregatedAttendance.parse>): Sum {
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
