import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Db } from '../../../services/storage/database.ts';
import type { DayReport, FollowUpReport, PostReport, ReminderReport } from './protocol.ts';

const LOOK_MS = 100;
const LONGEST_MS = 60_000;

/** Resolves when every run has ended, every card is up to date and every known twin is deleted. */
export async function untilSettled(db: Db): Promise<void> {
  const endsAt = performance.now() + LONGEST_MS;
  for (let waits = await whatWaits(db); waits !== undefined; waits = await whatWaits(db)) {
    if (performance.now() > endsAt) throw new Error(`It does not settle: ${waits}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** One statement: it is asked often, and each is one more at which the process may be killed. */
async function whatWaits(db: Db): Promise<string | undefined> {
  const { rows } = await sql<{ what: string }>`
    select job || ' of ' || day || ' is ' || state as what from job_run where state in ('started', 'failed')
    union all
    select purpose || ' of ' || subject || ' is ' || state || coalesce(' (' || error_code || ')', '')
      from post where shown_version < wanted_version
    union all
    select 'the twin ' || activity_id || ' is not deleted' from post_twin where deleted_at is null
    limit 1`.execute(db);
  return rows[0]?.what;
}

/** What the database has of a day. */
export async function readReport(db: Db, day: Temporal.PlainDate): Promise<DayReport> {
  const runs = await db.selectFrom('jobRun').select(['job', 'state']).where('day', '=', day).execute();
  return {
    posts: await readPosts(db, day),
    followUps: await readFollowUps(db, day),
    reminders: await readReminders(db, day),
    runs: Object.fromEntries(runs.map(({ job, state }) => [job, state])),
  };
}

async function readPosts(db: Db, day: Temporal.PlainDate): Promise<readonly PostReport[]> {
  const posts = await db.selectFrom('post').selectAll().where('day', '=', day).execute();
  const twins = await db.selectFrom('postTwin').select('postId').execute();
  return posts.map(({ id, purpose, subject, conversationId, state, activityId, suspectedTwins }) => ({
    purpose,
    subject,
    conversationId,
    state,
    activityId,
    suspectedTwins,
    foundTwins: twins.filter((twin) => twin.postId === id).length,
  }));
}

async function readFollowUps(db: Db, day: Temporal.PlainDate): Promise<readonly FollowUpReport[]> {
  const rows = await db.selectFrom('followUp').selectAll().where('day', '=', day).execute();
  const audit = await db
    .selectFrom('audit')
    .innerJoin('followUp', 'followUp.id', 'audit.objectId')
    .select(['audit.objectId', 'audit.action'])
    .where('followUp.day', '=', day)
    .orderBy('audit.id')
    .execute();
  return rows.map(({ id, pupilId, state, contactedByName }) => ({
    id,
    pupilId,
    state,
    contactedBy: contactedByName,
    audit: audit.filter((row) => row.objectId === id).map((row) => row.action),
  }));
}

async function readReminders(db: Db, day: Temporal.PlainDate): Promise<readonly ReminderReport[]> {
  return await db
    .selectFrom('reminder')
    .innerJoin('followUp', 'followUp.id', 'reminder.followUpId')
    .innerJoin('reminderBatch', 'reminderBatch.id', 'reminder.batchId')
    .select(['followUp.pupilId', 'reminder.rung', 'reminderBatch.conversationId'])
    .where('followUp.day', '=', day)
    .orderBy('reminder.rung')
    .execute();
}
