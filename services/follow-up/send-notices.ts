import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../clock.ts';
import type { School } from '../config/municipality.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { wantPosts } from '../posts/post-store.ts';
import type { Db } from '../storage/database.ts';
import { NOTICE } from './follow-up-posts.ts';
import { isQuietAt } from './quiet-hours.ts';
import { targetOfStaff } from './targets.ts';

export interface NoticeDeps {
  readonly db: Db;
  readonly jobs: Pick<Jobs, 'enqueue'>;
  readonly clock: Clock;
  readonly schools: ReadonlyMap<string, School>;
}

/** What is not sent within so many days is of no use to anybody. */
const STALE_AFTER_DAYS = 3;

/** Has every notice posted that is written down and has no message yet, on a school day and outside the quiet hours. */
export async function sendNotices(deps: NoticeDeps): Promise<void> {
  const now = deps.clock.now();
  const waiting = await readWaiting(deps.db, now);
  if (waiting.length === 0) return;
  await deps.db.transaction().execute(async (trx) => {
    let sent = 0;
    for (const notice of waiting) {
      const school = deps.schools.get(notice.schoolId);
      if (school === undefined || isQuietAt(school, now)) continue;
      const target = await targetOfStaff(trx, notice.staffId, {
        schoolId: notice.schoolId,
        day: notice.day,
        groupId: notice.groupId ?? undefined,
      });
      // Among the coordinators a personal message has no place: it waits for a chat with the person.
      if (target === undefined || target.kind === 'coordinator') continue;
      const { conversationId, threadId } = target;
      const { id: subject, schoolId, day } = notice;
      await wantPosts(trx, [{ purpose: NOTICE, subject, conversationId, threadId, schoolId, day }], now);
      sent += 1;
    }
    if (sent > 0) await deps.jobs.enqueue(trx, 'deliver', {});
  });
}

async function readWaiting(db: Db, now: Temporal.Instant) {
  return await db
    .selectFrom('notice')
    .leftJoin('followUp', (join) => join.on(sql<boolean>`follow_up.id = notice.details ->> 'followUp'`))
    .select(['notice.id', 'notice.staffId', 'notice.schoolId', 'notice.day', 'followUp.groupId'])
    .where('notice.at', '>', now.subtract({ hours: 24 * STALE_AFTER_DAYS }))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('post')
            .select('post.id')
            .where('post.purpose', '=', NOTICE)
            .whereRef('post.subject', '=', 'notice.id'),
        ),
      ),
    )
    .orderBy('notice.at')
    .limit(200)
    .execute();
}
