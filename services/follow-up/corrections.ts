import type { Temporal } from 'temporal-polyfill';
import { recordAudit } from '../audit/record-audit.ts';
import type { Db } from '../storage/database.ts';
import { readContacts } from './change-follow-up.ts';
import type { ClosedReason, FollowUpRow } from './follow-up.ts';
import { tellOnce } from './notices.ts';

/** That no contact had been needed after all goes into the audit, and whoever already tried is told, once. */
export async function tellOfCorrection(
  db: Db,
  row: FollowUpRow,
  reason: ClosedReason,
  at: Temporal.Instant,
): Promise<void> {
  await recordAudit(db, {
    at,
    actorId: 'sedd',
    action: 'followUp.corrected',
    objectId: row.id,
    schoolId: row.schoolId,
    details: { pupil: row.pupilId, reason },
  });
  for (const staffId of await whoTried(db, row.id)) {
    await tellOnce(db, {
      kind: 'corrected',
      subject: row.id,
      staffId,
      schoolId: row.schoolId,
      day: row.day,
      details: { followUp: row.id, pupil: row.pupilId, reason },
      at,
    });
  }
}

async function whoTried(db: Db, followUpId: string): Promise<ReadonlySet<string>> {
  const contacts = await readContacts(db, followUpId);
  return new Set(
    contacts.flatMap(({ staffId, undoneAt }) => (staffId === null || undoneAt !== null ? [] : [staffId])),
  );
}
