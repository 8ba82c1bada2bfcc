import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';
import type { NoticeTable } from '../storage/tables/reminders.ts';

export interface NoticeInput {
  readonly kind: NoticeTable['kind'];
  /** What it is about; of one subject a person is told once. */
  readonly subject: string;
  readonly staffId: string;
  readonly schoolId: string;
  readonly day: Temporal.PlainDate;
  /** Ids and codes, never a name. */
  readonly details: object;
  readonly at: Temporal.Instant;
}

/**
 * Writes down that a person is to be told something, once. False where they have been. In the transaction of the change that
 * it tells of; the next tick sends what is written down and has no post yet.
 */
export async function tellOnce(db: Db, input: NoticeInput): Promise<boolean> {
  const row = await db
    .insertInto('notice')
    .values({ ...input, details: JSON.stringify(input.details) })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
