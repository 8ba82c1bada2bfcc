import type { Selectable } from 'kysely';
import type { Db } from '../storage/database.ts';
import type { EhtDecisionTable } from '../storage/tables/eht.ts';

export type DecisionRow = Readonly<Selectable<EhtDecisionTable>>;

/** The query for a school's decisions that count, in the order that they were made: which of them is the caller's to add. */
export function decisionsAt(db: Db, schoolId: string) {
  return db
    .selectFrom('ehtDecision')
    .selectAll()
    .where('schoolId', '=', schoolId)
    .where('state', '!=', 'withdrawn')
    .orderBy('day')
    .orderBy('madeAt')
    .orderBy('id');
}
