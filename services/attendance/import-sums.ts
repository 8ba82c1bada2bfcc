import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import { batches } from '../storage/batches.ts';
import type { Db } from '../storage/database.ts';
import type { AttendanceSums } from './attendance-source.ts';
import { countUnknown } from './group-members.ts';

/** `firstDay` and `lastDay` inclusive. */
export interface Period {
  readonly firstDay: Temporal.PlainDate;
  readonly lastDay: Temporal.PlainDate;
}

export interface SumsImport {
  readonly sums: number;
  readonly written: number;
  /** Pupils that the roster does not know (yet). What is said of them is stored under their ids. */
  readonly unknownPupils: number;
  readonly rejected: number;
}

/**
 * Replaces a school's sums of one period, in one transaction. Importing them again changes nothing. Never more absence than
 * what was offered: invalid minutes are kept before valid ones, and what is absent is reported.
 */
export async function importSums(
  deps: { readonly db: Db },
  schoolId: string,
  period: Period,
  given: AttendanceSums,
): Promise<SumsImport> {
  const sums = [...new Map(given.sums.map((sum) => [sum.pupilId, fitted(sum)])).values()];
  return await deps.db.transaction().execute(async (trx) => {
    await dropOthers(trx, schoolId, period, sums);
    let written = 0;
    for (const batch of batches(sums)) written += await upsertSums(trx, schoolId, period, batch);
    return {
      sums: sums.length,
      written,
      unknownPupils: await countUnknown(trx, new Set(sums.map((sum) => sum.pupilId))),
      rejected: given.rejected.length,
    };
  });
}

type SourceSum = AttendanceSums['sums'][number];

function fitted(sum: SourceSum): SourceSum {
  const offeredMinutes = Math.max(0, Math.round(sum.offeredMinutes));
  const within = (minutes: number, most: number) => Math.min(Math.max(0, Math.round(minutes)), most);
  const invalidMinutes = within(sum.invalidMinutes, offeredMinutes);
  const validMinutes = within(sum.validMinutes, offeredMinutes - invalidMinutes);
  const reportedMinutes = Math.max(
    within(sum.reportedMinutes, offeredMinutes),
    invalidMinutes + validMinutes,
  );
  return { pupilId: sum.pupilId, offeredMinutes, reportedMinutes, validMinutes, invalidMinutes };
}

async function dropOthers(
  db: Db,
  schoolId: string,
  period: Period,
  kept: readonly SourceSum[],
): Promise<void> {
  const ids = kept.map((sum) => sum.pupilId);
  await sql`
    delete from period_sum
    where school_id = ${schoolId} and first_day = ${period.firstDay} and last_day = ${period.lastDay}
      and pupil_id <> all(${ids}::text[])`.execute(db);
}

async function upsertSums(
  db: Db,
  schoolId: string,
  period: Period,
  sums: readonly SourceSum[],
): Promise<number> {
  const stored = await sql`
    insert into period_sum (pupil_id, first_day, last_day, school_id, offered_minutes, reported_minutes, valid_minutes,
      invalid_minutes)
    select x."pupilId", ${period.firstDay}::date, ${period.lastDay}::date, ${schoolId}::text, x."offeredMinutes", x."reportedMinutes",
      x."validMinutes", x."invalidMinutes"
    from json_to_recordset(${JSON.stringify(sums)}::json) as x ("pupilId" text, "offeredMinutes" int,
      "reportedMinutes" int, "validMinutes" int, "invalidMinutes" int)
    on conflict (pupil_id, first_day, last_day) do update set
      school_id = excluded.school_id, offered_minutes = excluded.offered_minutes,
      reported_minutes = excluded.reported_minutes, valid_minutes = excluded.valid_minutes,
      invalid_minutes = excluded.invalid_minutes
    where (period_sum.school_id, period_sum.offered_minutes, period_sum.reported_minutes, period_sum.valid_minutes,
        period_sum.invalid_minutes)
      is distinct from (excluded.school_id, excluded.offered_minutes, excluded.reported_minutes, excluded.valid_minutes,
        excluded.invalid_minutes)`.execute(db);
  return Number(stored.numAffectedRows ?? 0);
}
