import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';

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
  await db
    .insertInto('audit')
    .values({
      at: entry.at,
      actorId: entry.actorId,
      actorName: entry.actorName ?? null,
      action: entry.action,
      objectId: entry.objectId,
      schoolId: entry.schoolId ?? null,
      conversationId: entry.conversationId ?? null,
      details: JSON.stringify(entry.details ?? {}),
    })
    .execute();
}
