import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import { previousSchoolDays } from '../calendar/school-days.ts';
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

/** What is not sent within so many school days is of no use to anybody. */
const STALE_AFTER_DAYS = 3;
/** No break between two school days is longer. */
const LONGEST_BREAK_DAYS = 120;
/** So many are sent at a time; the others come with the next minute. */
const MOST_AT_A_TIME = 200;

/** Has every notice posted that is written down and has no message yet, on a school day and outside the quiet hours. */
export async function sendNotices(deps: NoticeDeps): Promise<void> {
  const now = deps.clock.now();
  const since = new Map(
    [...deps.schools.values()]
      .filter((school) => !isQuietAt(school, now))
      .map((school) => [school.id, oldestAt(school, now)]),
  );
  const waiting = await readWaiting(deps.db, since);
  if (waiting.length === 0) return;
  await deps.db.transaction().execute(async (trx) => {
    let sent = 0;
    for (const notice of waiting) {
      // Those who cannot be reached do not count: nobody waits for them.
      if (sent === MOST_AT_A_TIME) break;
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

/** From when on a notice is of use. They only go on school days, and so a break makes none of them older. */
function oldestAt({ calendar, timeZone }: School, now: Temporal.Instant): Temporal.Instant {
  const wall = now.toZonedDateTimeISO(timeZone);
  const days = previousSchoolDays(calendar, wall.toPlainDate(), STALE_AFTER_DAYS);
  const [oldest] = days.length < STALE_AFTER_DAYS ? [] : days;
  return oldest === undefined
    ? wall.subtract({ days: LONGEST_BREAK_DAYS }).toInstant()
    : oldest.toZonedDateTime({ timeZone, plainTime: wall.toPlainTime() }).toInstant();
}

/** What waits at each of the schools since then, oldest first. */
async function readWaiting(db: Db, since: ReadonlyMap<string, Temporal.Instant>) {
  if (since.size === 0) return [];
  return await db
    .selectFrom('notice')
    .leftJoin('followUp', (join) => join.on(sql<boolean>`follow_up.id = notice.details ->> 'followUp'`))
    .select(['notice.id', 'notice.staffId', 'notice.schoolId', 'notice.day', 'followUp.groupId'])
    .where((eb) =>
      eb.or(
        [...since].map(([schoolId, at]) =>
          eb.and([eb('notice.schoolId', '=', schoolId), eb('notice.at', '>', at)]),
        ),
      ),
    )
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
    .execute();
}
