import type { Temporal } from 'temporal-polyfill';
import type { PupilToday } from '../../../services/attendance/today.ts';
import type { Doer, FollowUpDeps } from '../../../services/follow-up/change-follow-up.ts';
import type { FollowUpRow } from '../../../services/follow-up/follow-up.ts';
import { type Reconciled, reconcileFollowUps } from '../../../services/follow-up/reconcile-follow-ups.ts';
import {
  type ContactInput,
  type ContactOutcome,
  recordContact,
} from '../../../services/follow-up/record-contact.ts';
import { type UndoInput, type UndoOutcome, undoContact } from '../../../services/follow-up/undo-contact.ts';
import type { Responsible } from '../../../services/people/responsible.ts';
import type { Storage } from '../../../services/storage/database.ts';
import type { TestEngine } from '../../support/databases.ts';
import { clockTime, groupId, MONDAY } from '../../support/small-school.ts';
import { ANNA } from '../../support/small-staff.ts';
import { standing } from './standing.ts';

/** Follow-ups over a database, as far as the services go. */
export interface FollowUps {
  readonly storage: Storage;
  readonly deps: FollowUpDeps;
  /** What was said to have changed, in order. */
  readonly changed: FollowUpRow[];
  /** How often the delivery was rung for. */
  rung(): number;
  at(time: string, day?: Temporal.PlainDate): void;
  /** Brings the day in line with where these pupils stand. */
  reconcile(pupils: readonly PupilToday[], options?: ReconcileOptions): Promise<Reconciled>;
  contact(followUpId: string, who: Doer, more?: Partial<ContactInput>): Promise<ContactOutcome>;
  undo(followUpId: string, who: Doer, more?: Partial<UndoInput>): Promise<UndoOutcome>;
  rows(): Promise<readonly FollowUpRow[]>;
  /** The only one there is. */
  only(): Promise<FollowUpRow>;
  /** Action and actor of each row of the audit. */
  audited(): Promise<readonly string[]>;
  /** Kind, person and details of each notice. */
  notices(): Promise<readonly (readonly unknown[])[]>;
  close(): Promise<void>;
}

/** The version that a follow-up is opened with. */
export const OPENED = 1;

export interface ReconcileOptions {
  readonly time?: string;
  readonly day?: Temporal.PlainDate;
  readonly groupId?: string | null;
  readonly responsible?: Responsible | undefined;
}

/** Somebody on the staff, or, without an id, known to the municipality file alone. */
export function doer(name: string, staffId?: string): Doer {
  return { actor: { id: `entra-${name}`, name, staffId }, conversationId: '19:a@thread.tacv2' };
}

/** A database with one follow-up, open since the morning. */
export async function openFollowUp(
  engine: TestEngine,
): Promise<{ readonly all: FollowUps; readonly id: string }> {
  const all = await openFollowUps(engine);
  await all.reconcile([standing(0, 'missing')]);
  const { id } = await all.only();
  return { all, id };
}

export async function openFollowUps(engine: TestEngine): Promise<FollowUps> {
  const storage = await engine.open();
  const changed: FollowUpRow[] = [];
  let [now, rung] = [clockTime('09:12'), 0];
  const deps: FollowUpDeps = {
    db: storage.db,
    jobs: {
      enqueue: async () => {
        rung += 1;
      },
    },
    clock: { now: () => now },
    onChange: async (_db, row) => void changed.push(row),
  };
  const rows = async () =>
    await storage.db.selectFrom('followUp').selectAll().orderBy('day').orderBy('pupilId').execute();
  return {
    storage,
    deps,
    changed,
    rung: () => rung,
    at: (time, day = MONDAY) => {
      now = clockTime(time, day);
    },
    reconcile: (pupils, options = {}) => reconcile(storage, pupils, options),
    contact: (followUpId, who, more = {}) =>
      recordContact(deps, {
        followUpId,
        ...who,
        outcome: 'reached',
        method: undefined,
        counterpart: undefined,
        version: OPENED,
        dueAgainAt: now.add({ hours: 1 }),
        ...more,
      }),
    undo: (followUpId, who, more = {}) =>
      undoContact(deps, { followUpId, ...who, contactId: undefined, mayUndoOthers: false, ...more }),
    rows,
    only: async () => {
      const [row, ...others] = await rows();
      if (row === undefined || others.length > 0) throw new Error(`${others.length + 1} follow-ups`);
      return row;
    },
    audited: async () => {
      const all = await storage.db.selectFrom('audit').select(['action', 'actorId']).orderBy('id').execute();
      return all.map(({ action, actorId }) => `${action} ${actorId}`);
    },
    notices: async () => {
      const all = await storage.db
        .selectFrom('notice')
        .selectAll()
        .orderBy('staffId')
        .orderBy('at')
        .execute();
      return all.map(({ kind, staffId, details }) => [kind, staffId, details]);
    },
    close: () => storage.close(),
  };
}

async function reconcile(
  { db }: Storage,
  pupils: readonly PupilToday[],
  { time = '08:45', day = MONDAY, ...place }: ReconcileOptions,
): Promise<Reconciled> {
  const responsible =
    'responsible' in place ? place.responsible : ({ staffId: ANNA, role: 'mentor' } as const);
  const group = place.groupId === undefined ? groupId(0) : place.groupId;
  return await db.transaction().execute(
    async (trx) =>
      await reconcileFollowUps(trx, {
        schoolId: 'norr',
        day,
        now: clockTime(time),
        dueAt: (reason) => clockTime(reason === 'longTermAbsence' ? '12:00' : '10:00'),
        pupils,
        placeOf: () => ({ groupId: group, responsible }),
      }),
  );
}
