import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import { recordAudit } from '../audit/record-audit.ts';
import type { Clock } from '../clock.ts';
import type { School } from '../config/municipality.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Doer } from './change-follow-up.ts';
import { type OpenItem, readOpenItems } from './open-items.ts';
import { type SendDeps, sendReminders } from './send-reminders.ts';
import { readSubstitutes, whoMayBeReminded } from './substitutes.ts';

export interface RemindAllDeps extends SendDeps {
  readonly jobs: Pick<Jobs, 'enqueue'>;
  readonly clock: Clock;
  /** Of these people on the staff, those who are away just now; asked before anybody is reminded. */
  readonly whoIsAway: (staffIds: readonly string[]) => Promise<ReadonlySet<string>>;
}

/** Whoever has been asked is not asked again within so many minutes, however often the button is pressed. */
const ASK_AGAIN_MINUTES = 15;

/**
 * Reminds everybody who answers for an open follow-up of the day, because a coordinator says so; never the one who asks of
 * their own. Answers how many messages are on their way.
 */
export async function remindAll(
  deps: RemindAllDeps,
  school: School,
  day: Temporal.PlainDate,
  doer: Doer,
): Promise<number> {
  const now = deps.clock.now();
  const asked = toRemind((await readOpenItems(deps.db, day)).get(school.id) ?? [], doer, now);
  const people = await whoMayBeReminded(deps.db, day, asked);
  const away = people.size === 0 ? new Set<string>() : await deps.whoIsAway([...people]);
  return await deps.db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`ladder/${school.id}`}, 0))`.execute(trx);
    const items = (await readOpenItems(trx, day)).get(school.id) ?? [];
    const itemOf = new Map(items.map((item) => [item.id, item]));
    const reminding = { school, day, now, insteadOf: await readSubstitutes(trx, day, away), itemOf };
    const sent = await sendReminders({ ...deps, db: trx }, reminding, toRemind(items, doer, now));
    await recordAudit(trx, {
      at: now,
      actorId: doer.actor.id,
      actorName: doer.actor.name,
      action: 'reminder.askedForAll',
      objectId: `${school.id}/${day}`,
      schoolId: school.id,
      conversationId: doer.conversationId,
      details: { sent },
    });
    if (sent > 0) await deps.jobs.enqueue(trx, 'deliver', {});
    return sent;
  });
}

/** How many people would be reminded now, without a word to anybody. */
export async function countToRemind(
  { db, clock }: Pick<RemindAllDeps, 'db' | 'clock'>,
  school: School,
  day: Temporal.PlainDate,
  doer: Doer,
): Promise<number> {
  const items = (await readOpenItems(db, day)).get(school.id) ?? [];
  return new Set(toRemind(items, doer, clock.now()).map(({ staffId }) => staffId)).size;
}

/** What is open and answered for by somebody else, who was not asked a moment ago. */
function toRemind(items: readonly OpenItem[], { actor }: Doer, now: Temporal.Instant) {
  return items.flatMap((item) => {
    const staffId = item.responsibleStaffId ?? undefined;
    const isOwn = staffId === undefined || staffId === actor.staffId;
    return isOwn || item.isProtected || wasAskedLately(item.taken, now)
      ? []
      : [{ followUpId: item.id, staffId, groupId: item.groupId, rung: askedRung(now) }];
  });
}

/** A rung of its own for each time, so that the row still makes each happen once. */
function askedRung(now: Temporal.Instant): `asked:${number}` {
  return `asked:${now.epochMilliseconds}`;
}

function wasAskedLately(taken: ReadonlySet<string>, now: Temporal.Instant): boolean {
  const since = now.epochMilliseconds - ASK_AGAIN_MINUTES * 60_000;
  return [...taken].some((rung) => rung.startsWith('asked:') && Number(rung.slice('asked:'.length)) > since);
}
