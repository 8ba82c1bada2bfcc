import type { Temporal } from 'temporal-polyfill';
import { batches } from '../storage/batches.ts';
import type { Db } from '../storage/database.ts';

/** Each row takes eight of the parameters that a statement may have. */
const ROWS_AT_ONCE = 500;

/** Who changed what, when, and from where. `details` holds ids and codes, never a name or a reason for absence. */
export interface AuditEntry {
  readonly at: Temporal.Instant;
  readonly actorId: string;
  readonly actorName?: string | undefined;
  readonly action: string;
  readonly objectId: string;
  readonly schoolId?: string | undefined;
  readonly conversationId?: string | undefined;
  readonly details?: object | undefined;
}

/** Adds a row to the audit, in the transaction of the change that it tells of. Rows are never changed. */
export async function recordAudit(db: Db, entry: AuditEntry): Promise<void> {
  await recordAudits(db, [entry]);
}

/** The same of many changes at once. */
export async function recordAudits(db: Db, entries: readonly AuditEntry[]): Promise<void> {
  for (const batch of batches(entries, ROWS_AT_ONCE))
    await db.insertInto('audit').values(batch.map(rowOf)).execute();
}

function rowOf(entry: AuditEntry) {
  return {
    at: entry.at,
    actorId: entry.actorId,
    actorName: entry.actorName ?? null,
    action: entry.action,
    objectId: entry.objectId,
    schoolId: entry.schoolId ?? null,
    conversationId: entry.conversationId ?? null,
    details: JSON.stringify(entry.details ?? {}),
  };
}
