import type { ColumnType, Generated } from 'kysely';
import type { Temporal } from 'temporal-polyfill';

/** Who changed what, when, from where. Rows are only ever added. */
export interface AuditTable {
  id: Generated<number>;
  at: Temporal.Instant;
  actorId: string;
  actorName: string | null;
  action: string;
  objectId: string;
  schoolId: string | null;
  conversationId: string | null;
  details: ColumnType<unknown, string, never>;
}
