import type { Temporal } from 'temporal-polyfill';
import { recordAudit } from '../audit/record-audit.ts';
import type { School } from '../config/municipality.ts';
import type { Log } from '../log.ts';
import { wantPosts } from '../posts/post-store.ts';
import type { Db } from '../storage/database.ts';
import { REMINDER } from './follow-up-posts.ts';
import type { DueReminder, Rung } from './ladder.ts';
import type { OpenItem } from './open-items.ts';
import type { Substitutes } from './substitutes.ts';
import { type Target, targetOfCoordinators, targetOfStaff } from './targets.ts';

export interface Reminding {
  readonly school: School;
  readonly day: Temporal.PlainDate;
  readonly now: Temporal.Instant;
  /** Who is reminded where somebody is away just now. */
  readonly insteadOf: Substitutes;
  readonly itemOf: ReadonlyMap<string, OpenItem>;
}

export interface SendDeps {
  readonly db: Db;
  readonly log: Log;
  /** Called in the same transaction, so that whatever counts what is overdue is brought up to date. */
  readonly onReminded: (
    db: Db,
    schoolDay: { readonly schoolId: string; readonly day: Temporal.PlainDate },
  ) => Promise<void>;
}

interface Batch {
  readonly target: Target;
  readonly staffId: string | undefined;
  readonly rungs: { readonly followUpId: string; readonly rung: Rung | `asked:${number}` }[];
}

/**
 * Writes down who is reminded of what, and has the messages posted: one to each person, and one to the coordinators. To be
 * called in a transaction that holds the school's lock. Answers how many messages there are.
 */
export async function sendReminders(
  deps: SendDeps,
  reminding: Reminding,
  due: readonly (Omit<DueReminder, 'rung'> & { readonly rung: Rung | `asked:${number}` })[],
): Promise<number> {
  const batches = new Map<string, Batch>();
  for (const reminder of due) {
    const found = await targetOf(deps.db, reminding, reminder);
    if (found === undefined) {
      deps.log.debug(
        { school: reminding.school.id, followUp: reminder.followUpId },
        'Nobody can be reminded: no coordinator’s channel is bound',
      );
      continue;
    }
    const { target, staffId } = found;
    const key = JSON.stringify([target.conversationId, target.threadId, staffId]);
    const batch = batches.get(key) ?? { target, staffId, rungs: [] };
    batches.set(key, batch);
    batch.rungs.push({ followUpId: reminder.followUpId, rung: reminder.rung });
  }
  for (const batch of batches.values()) await send(deps.db, reminding, batch);
  if (batches.size > 0) await deps.onReminded(deps.db, { schoolId: reminding.school.id, day: reminding.day });
  return batches.size;
}

async function targetOf(
  db: Db,
  { school, day, insteadOf, itemOf }: Reminding,
  { followUpId, staffId: responsible }: Pick<DueReminder, 'followUpId' | 'staffId'>,
): Promise<{ readonly target: Target; readonly staffId: string | undefined } | undefined> {
  const groupId = itemOf.get(followUpId)?.groupId;
  const substitute = responsible === undefined ? undefined : insteadOf({ staffId: responsible, groupId });
  const coordinators = substitute === undefined ? await targetOfCoordinators(db, school.id) : undefined;
  // The coordinators are told as coordinators, and not as the one whom they are told instead of.
  if (coordinators !== undefined) return { target: coordinators, staffId: undefined };
  // Where there is nobody to be told instead, whoever answers for the pupil is, away or not.
  const staffId = substitute ?? responsible;
  if (staffId === undefined) return undefined;
  const target = await targetOfStaff(db, staffId, { schoolId: school.id, day, groupId });
  if (target === undefined) return undefined;
  return { target, staffId: target.kind === 'coordinator' ? undefined : staffId };
}

/** The rung that the message speaks of, where a message covers several: the last one of the day. */
const ORDER: readonly string[] = ['due', 'again', 'asked', 'escalated', 'lastCheck'];

function headRung(rungs: Batch['rungs']): string {
  const place = (rung: string) => ORDER.indexOf(rung.split(':')[0] ?? '');
  return rungs.map(({ rung }) => rung).toSorted((a, b) => place(b) - place(a))[0] ?? 'due';
}

async function send(db: Db, { school, day, now }: Reminding, batch: Batch): Promise<void> {
  const { conversationId, threadId } = batch.target;
  const { id } = await db
    .insertInto('reminderBatch')
    .values({
      schoolId: school.id,
      day,
      rung: headRung(batch.rungs),
      staffId: batch.staffId ?? null,
      conversationId,
      fallbackOf: null,
      at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('reminder')
    .values(batch.rungs.map((rung) => ({ ...rung, batchId: id, at: now })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await wantPosts(
    db,
    [{ purpose: REMINDER, subject: id, conversationId, threadId, schoolId: school.id, day }],
    now,
  );
  await recordAudit(db, {
    at: now,
    actorId: 'sedd',
    action: 'reminder.sent',
    objectId: id,
    schoolId: school.id,
    conversationId,
    details: { staff: batch.staffId, followUps: batch.rungs },
  });
}
