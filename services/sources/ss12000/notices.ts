import type { Temporal } from 'temporal-polyfill';
import type { SourceNotice } from '../../attendance/attendance-source.ts';
import type { RejectedRecord } from '../../people/roster-source.ts';
import { type ReadList, readPerUnit } from './records.ts';
import type { Reading } from './roster.ts';
import { type AbsenceRecord, absence } from './schema.ts';
import { instantOf, isBefore, type Window } from './times.ts';

const LEAVE = 'Beviljad ledighet';

/** What the school was told of absence that overlaps the window. */
export async function readNotices(
  { client, timeZone }: Reading,
  units: readonly string[],
  window: Window,
): Promise<ReadList<SourceNotice>> {
  const absences = await readPerUnit(client, units, {
    path: 'absences',
    kind: 'absence',
    schema: absence,
    query: (organisation) => ({
      organisation,
      'startTime.onOrBefore': window.to,
      'endTime.onOrAfter': window.from,
    }),
  });
  const notices = absences.records.filter(isToldByAnother).map((record) => noticeOf(record, timeZone));
  const backwards = notices.filter(({ startsAt, endsAt }) => isBefore(endsAt, startsAt));
  return {
    records: notices.filter(
      (notice) =>
        !backwards.includes(notice) &&
        isBefore(notice.startsAt, window.endsAt) &&
        isBefore(window.startsAt, notice.endsAt),
    ),
    rejected: [...absences.rejected, ...backwards.map(rejectBackwards)],
    protectedIds: absences.protectedIds,
  };
}

/**
 * A guardian reports, or somebody at the school who took the call. What a pupil of this age reports of themself tells no
 * guardian that they are away, and stills no follow-up.
 */
function isToldByAnother({ registeredBy, student }: AbsenceRecord): boolean {
  return registeredBy?.id !== student.id;
}

/** Whatever else a supplier calls its types: an absence in this list is one that the school was told of. */
function noticeOf(record: AbsenceRecord, timeZone: string): SourceNotice {
  const startsAt = instantOf(record.startTime, timeZone);
  return {
    id: record.id,
    pupilId: record.student.id,
    kind: record.type === LEAVE ? 'leave' : 'reported',
    startsAt,
    endsAt: endOf(startsAt, instantOf(record.endTime, timeZone), timeZone),
  };
}

/** One that begins and ends at the same midnight means the whole of that day. */
function endOf(startsAt: Temporal.Instant, endsAt: Temporal.Instant, timeZone: string): Temporal.Instant {
  const start = startsAt.toZonedDateTimeISO(timeZone);
  const isWholeDay = startsAt.equals(endsAt) && start.equals(start.startOfDay());
  return isWholeDay ? start.add({ days: 1 }).toInstant() : endsAt;
}

function rejectBackwards({ id }: SourceNotice): RejectedRecord {
  return { kind: 'absence', id, path: 'endTime', reason: 'before startTime' };
}
