import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../storage/database.ts';
import type { HoldReason } from '../storage/tables/morning.ts';

/** What may come of a reading: of the day that goes on, its morning; at its close nothing goes out that is not out. */
export type ReadingRule = 'mayLetOut' | 'letsNothingOut';

/**
 * Puts down what a reading makes of a school's morning, and answers how it stands: released once is released for the day;
 * held until the data are good enough, or a person says so. Why it was held stays with who let it out.
 */
export async function writeMorning(
  db: Db,
  morning: {
    readonly schoolId: string;
    readonly day: Temporal.PlainDate;
    readonly dataAt: Temporal.Instant;
    readonly heldFor: readonly HoldReason[];
    readonly rule: ReadingRule;
  },
): Promise<'held' | 'released'> {
  const { rule, dataAt, ...own } = morning;
  const isHeld = own.heldFor.length > 0;
  const heldFor = JSON.stringify(own.heldFor);
  const row = await db
    .insertInto('morning')
    .values({
      ...own,
      dataAt,
      heldFor,
      state: isHeld ? 'held' : 'released',
      releasedAt: isHeld ? null : dataAt,
      releasedById: null,
      releasedByName: null,
    })
    .onConflict((conflict) => {
      const columns = conflict.columns(['schoolId', 'day']);
      if (rule === 'letsNothingOut') return columns.doUpdateSet({ dataAt });
      return columns.doUpdateSet((eb) => ({
        dataAt,
        heldFor: eb
          .case()
          .when('morning.state', '=', 'released')
          .then(eb.ref('morning.heldFor'))
          .else(eb.ref('excluded.heldFor'))
          .end(),
        state: isHeld ? eb.ref('morning.state') : ('released' as const),
        releasedAt: isHeld
          ? eb.ref('morning.releasedAt')
          : eb.fn.coalesce('morning.releasedAt', 'excluded.releasedAt'),
      }));
    })
    .returning('state')
    .executeTakeFirstOrThrow();
  return row.state;
}
