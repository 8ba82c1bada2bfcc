import { Temporal } from 'temporal-polyfill';
import { schoolDayAfter } from '../calendar/school-days.ts';
import { dayAt } from '../clock.ts';
import { routineOn } from '../routine/crossings.ts';
import { auditEht, type Before, type EhtDeps, type EhtInput } from './eht-change.ts';
import { readEhtPeople } from './eht-people.ts';
import type { EhtRoom } from './room.ts';
import { atMeeting } from './take-up.ts';

export interface DecideInput extends EhtInput {
  /** Key of the decision in the routine. */
  readonly key: string;
  readonly ownerAddress: string;
  /** School days from today; as the routine says where left out. */
  readonly inSchoolDays: number | undefined;
}

export type DecideOutcome =
  | { readonly kind: 'decided'; readonly dueDay: Temporal.PlainDate }
  /** Nothing that EHT can decide, or nobody who works in it. */
  | { readonly kind: 'unknown' }
  | ({ readonly kind: 'already' } & Before);

/**
 * EHT decides something about a pupil, who sees to it and until when. What is decided already and not done is not decided once
 * more, whoever says so and however often.
 */
export async function decide(deps: EhtDeps, room: EhtRoom, input: DecideInput): Promise<DecideOutcome> {
  const { school, day, pupilId, key, ownerAddress, actor } = input;
  const routine = routineOn(deps.routines, day);
  const decision = routine?.eht?.decisions.find((one) => one.key === key);
  const people = await readEhtPeople(deps.db, deps.municipality, school);
  const isOwner = people.some(({ address }) => address === ownerAddress);
  if (routine === undefined || decision === undefined || !isOwner) return { kind: 'unknown' };
  const at = deps.clock.now();
  const today = dayAt(at, school);
  const dueDay = schoolDayAfter(school.calendar, today, input.inSchoolDays ?? decision.dueInSchoolDays);
  return await atMeeting(deps, room, input, async (trx): Promise<DecideOutcome> => {
    const made = await trx
      .insertInto('ehtDecision')
      .values({
        schoolId: room.schoolId,
        day,
        pupilId,
        key,
        routineValidFrom: Temporal.PlainDate.from(routine.validFrom),
        ownerAddress,
        dueDay,
        state: 'open',
        madeAt: at,
        madeById: actor.id,
        madeByName: actor.name,
        endedAt: null,
        endedById: null,
        endedByName: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (made !== undefined) {
      await auditEht(deps, trx, room, input, { action: 'eht.decided', objectId: made.id });
      return { kind: 'decided', dueDay };
    }
    const before = await trx
      .selectFrom('ehtDecision')
      .select(['madeByName', 'madeAt'])
      .where('schoolId', '=', room.schoolId)
      .where('pupilId', '=', pupilId)
      .where('key', '=', key)
      .where('state', '=', 'open')
      .executeTakeFirst();
    return { kind: 'already', by: before?.madeByName ?? '', at: before?.madeAt ?? at };
  });
}
