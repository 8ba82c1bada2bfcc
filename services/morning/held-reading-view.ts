import type { Temporal } from 'temporal-polyfill';
import type { School } from '../config/municipality.ts';
import type { Db } from '../storage/database.ts';
import type { HoldReason } from '../storage/tables/morning.ts';

/** What the coordinator is asked of a reading that is held: figures, and nobody's name but whoever has answered. */
export interface HeldReadingView {
  readonly readingId: string;
  readonly schoolName: string;
  readonly day: Temporal.PlainDate;
  readonly readAt: Temporal.Instant;
  readonly heldFor: readonly HoldReason[];
  /** As of when the mentors' cards stand. */
  readonly cardsAt: Temporal.Instant;
  /** Who has said that it is to be shown all the same. */
  readonly accepted: { readonly by: string; readonly at: Temporal.Instant } | undefined;
  /** The cards show a later reading. */
  readonly isOver: boolean;
}

/** Undefined where there is no such reading. */
export async function readHeldReadingView(
  db: Db,
  school: School,
  readingId: string,
): Promise<HeldReadingView | undefined> {
  const row = await db
    .selectFrom('heldReading as held')
    .innerJoin('morning', (join) =>
      join.onRef('morning.schoolId', '=', 'held.schoolId').onRef('morning.day', '=', 'held.day'),
    )
    .select([
      'held.day',
      'held.readAt',
      'held.heldFor',
      'held.acceptedAt',
      'held.acceptedByName',
      'held.endedAt',
    ])
    .select('morning.dataAt as cardsAt')
    .where('held.id', '=', readingId)
    .where('held.schoolId', '=', school.id)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { acceptedAt: at, acceptedByName: by, endedAt, ...own } = row;
  return {
    ...own,
    readingId,
    schoolName: school.name,
    accepted: at === null ? undefined : { by: by ?? '', at },
    isOver: endedAt !== null,
  };
}
