import type { Temporal } from 'temporal-polyfill';
import { dayAt } from '../clock.ts';
import type { School } from '../config/municipality.ts';
import type { Doer } from '../follow-up/change-follow-up.ts';
import type { Db } from '../storage/database.ts';
import { openedStep } from './case-steps.ts';
import { followDeed, type Unchanged, withCase } from './change-case.ts';
import { type OwnerOf, readOwners } from './owners.ts';
import type { CaseRow } from './routine-case.ts';
import type { RoutineDeps } from './routine-deps.ts';
import { writeCase, writeStep } from './write-case.ts';

export interface AcceptInput extends Doer {
  readonly school: School;
  readonly caseId: string;
}

export type AcceptOutcome = { readonly kind: 'accepted'; readonly now: CaseRow } | Unchanged<CaseRow>;

/** Accepts a proposed case: from now on its steps have an owner and a day. That the person may, the caller has seen to. */
export async function acceptCase(deps: RoutineDeps, input: AcceptInput): Promise<AcceptOutcome> {
  const outcome = await withCase(deps, input.caseId, async (trx, found): Promise<AcceptOutcome> => {
    if (found.state !== 'proposed' || found.asks !== null) return { kind: 'movedOn', now: found };
    const day = dayAt(deps.clock.now(), input.school);
    const ownerOf = await readOwners({ ...deps, db: trx }, input.school, day);
    return { kind: 'accepted', now: await accept(deps, trx, found, { ...input, day, ownerOf }) };
  });
  return outcome ?? { kind: 'nothing' };
}

export interface AcceptAllInput extends Doer {
  readonly school: School;
  /** Only these of the proposed cases, such as those that a card shows; all of them where left out. */
  readonly caseIds?: readonly string[] | undefined;
}

/** Accepts every proposed case of a school that does not ask to be withdrawn; answers those it accepted. */
export async function acceptAll(deps: RoutineDeps, input: AcceptAllInput): Promise<readonly CaseRow[]> {
  return await deps.db.transaction().execute(async (trx) => {
    const { school, caseIds } = input;
    let proposed = trx
      .selectFrom('routineCase')
      .selectAll()
      .where('schoolId', '=', school.id)
      .where('state', '=', 'proposed')
      .where('asks', 'is', null);
    if (caseIds !== undefined) proposed = proposed.where('id', 'in', ['', ...caseIds]);
    // Always in the same order, so that two who accept at once do not wait for each other in a ring.
    const found = await proposed.orderBy('id').forUpdate().execute();
    const day = dayAt(deps.clock.now(), school);
    const ownerOf = await readOwners({ ...deps, db: trx }, school, day);
    const accepted: CaseRow[] = [];
    for (const one of found) accepted.push(await accept(deps, trx, one, { ...input, day, ownerOf }));
    return accepted;
  });
}

interface Accepting extends Doer {
  readonly school: School;
  readonly day: Temporal.PlainDate;
  readonly ownerOf: OwnerOf;
}

async function accept(deps: RoutineDeps, trx: Db, found: CaseRow, accepting: Accepting): Promise<CaseRow> {
  const at = deps.clock.now();
  const { actor } = accepting;
  const steps = await trx
    .selectFrom('routineStep')
    .selectAll()
    .where('caseId', '=', found.id)
    .where('round', '=', found.round)
    .where('state', '=', 'proposed')
    .execute();
  for (const step of steps)
    await writeStep(trx, step, { state: 'open', openedAt: at, ...openedStep(step, accepting) });
  const now = await writeCase(trx, found, {
    state: 'open',
    acceptedAt: at,
    acceptedById: actor.id,
    acceptedByName: actor.name,
  });
  await followDeed(deps, trx, now, {
    ...accepting,
    action: 'routine.accepted',
    at,
    objectId: now.id,
    details: { round: now.round, steps: steps.map(({ key }) => key) },
  });
  return now;
}
