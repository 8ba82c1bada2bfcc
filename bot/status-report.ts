import { type Selectable, sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { groupKey } from '../services/morning/morning-posts.ts';
import { mentorGroups } from '../services/people/mentor-groups.ts';
import { readBindings } from '../services/posts/conversations.ts';
import { readDeliveryStatus } from '../services/posts/delivery-status.ts';
import { REREAD } from '../services/schedule/schedule.ts';
import type { Db } from '../services/storage/database.ts';
import type { HoldReason } from '../services/storage/tables/morning.ts';
import type { JobRunTable } from '../services/storage/tables/schedule.ts';

const place = z.object({
  conversationId: z.string(),
  /** What the conversation is for, such as "norr 7A"; empty where it is bound to nothing. */
  boundTo: z.string(),
  code: z.string(),
});

const run = z.object({
  day: z.string(),
  schoolId: z.string(),
  job: z.string(),
  state: z.string(),
  finishedAt: z.string().nullable(),
  note: z.string().nullable(),
});

const groupsOfSchool = z.object({ schoolId: z.string(), groups: z.array(z.string()) });

/**
 * What ran, and the truth about delivery: codes, counts and ids, and nobody's name. Read from the database, or from the
 * process that has it.
 */
export const statusReport = z.object({
  /** Those of all schools that began last, and no more than so many. */
  runs: z.array(run),
  /** How many runs of any school failed in the last days that something ran; while it is of use they are tried again. */
  failed: z.number(),
  /** Of these the last ones, the newest first. */
  failures: z.array(run),
  /** Mornings of the last day, and later readings of it, that wait for somebody to say so. */
  held: z.array(
    z.object({
      what: z.enum(['morning', 'reading']),
      schoolId: z.string(),
      day: z.string(),
      reasons: z.array(z.string()),
      canBeAsked: z.boolean(),
    }),
  ),
  waiting: z.number(),
  givenUp: z.array(place.extend({ posts: z.number() })),
  broken: z.array(place.extend({ since: z.string().nullable() })),
  suspectedTwins: z.number(),
  twinsToDelete: z.number(),
  /** Mentor groups that are posted nowhere, and names in the municipality file that no mentor group has. */
  groupsWithoutChannel: z.array(groupsOfSchool),
  channelsWithoutGroup: z.array(groupsOfSchool),
});

export type StatusReport = z.infer<typeof statusReport>;

const MOST_RUNS = 40;
const MOST_FAILURES = 20;
/** How far back a failure is told of, in days up to the last one on which something ran. */
export const FAILURE_DAYS = 7;
const MOST_HELD = 20;

export async function readStatus(db: Db): Promise<StatusReport> {
  const boundTo = await readBoundTo(db);
  const delivery = await readDeliveryStatus(db);
  const at = ({ conversationId, code }: { readonly conversationId: string; readonly code: string }) => ({
    conversationId,
    code,
    boundTo: boundTo(conversationId),
  });
  return {
    runs: await readRuns(db),
    ...(await readFailures(db)),
    held: await readHeld(db),
    waiting: delivery.waiting,
    givenUp: delivery.undelivered.map((one) => ({ ...at(one), posts: one.posts })),
    broken: delivery.broken.map((one) => ({ ...at(one), since: one.at?.toString() ?? null })),
    suspectedTwins: delivery.suspectedTwins,
    twinsToDelete: delivery.twinsToDelete,
    ...(await readMismatches(db)),
  };
}

/** Of schools whose roster has been read. */
async function readMismatches(
  db: Db,
): Promise<Pick<StatusReport, 'groupsWithoutChannel' | 'channelsWithoutGroup'>> {
  const schools = await db
    .selectFrom('schoolGroup')
    .select('schoolId')
    .distinct()
    .orderBy('schoolId')
    .execute();
  const groupsWithoutChannel = [];
  const channelsWithoutGroup = [];
  for (const { schoolId } of schools) {
    const groups = await mentorGroups({ db }, schoolId);
    const bound = (await readBindings(db, schoolId)).filter(({ role }) => role === 'mentorGroup');
    const names = new Set(groups.map(({ name }) => groupKey(name)));
    const keys = new Set(bound.map(({ groupName }) => groupKey(groupName)));
    groupsWithoutChannel.push({
      schoolId,
      groups: groups.map(({ name }) => name).filter((name) => !keys.has(groupKey(name))),
    });
    channelsWithoutGroup.push({
      schoolId,
      groups: bound.map(({ groupName }) => groupName).filter((name) => !names.has(groupKey(name))),
    });
  }
  const some = ({ groups }: { readonly groups: readonly string[] }) => groups.length > 0;
  return {
    groupsWithoutChannel: groupsWithoutChannel.filter(some),
    channelsWithoutGroup: channelsWithoutGroup.filter(some),
  };
}

async function readRuns(db: Db): Promise<StatusReport['runs']> {
  const rows = await db
    .selectFrom('jobRun')
    .selectAll()
    .where((eb) => eb.not(eb.and([eb('job', 'like', `${REREAD}%`), eb('state', '=', 'done')])))
    .orderBy('day', 'desc')
    .orderBy('startedAt', 'desc')
    .orderBy('schoolId')
    .limit(MOST_RUNS)
    .execute();
  return rows.map(runOf);
}

/** Of every school: among the last runs of a large municipality one school's morning of today may not be any more. */
async function readFailures(db: Db): Promise<Pick<StatusReport, 'failed' | 'failures'>> {
  const rows = await db
    .selectFrom('jobRun')
    .selectAll()
    .where('state', '=', 'failed')
    .where('day', '>', sql<Temporal.PlainDate>`(select max(day) from job_run) - ${FAILURE_DAYS}::integer`)
    .orderBy('day', 'desc')
    .orderBy('startedAt', 'desc')
    .orderBy('schoolId')
    .execute();
  return { failed: rows.length, failures: rows.slice(0, MOST_FAILURES).map(runOf) };
}

function runOf({
  day,
  schoolId,
  job,
  state,
  finishedAt,
  note,
}: Selectable<JobRunTable>): z.infer<typeof run> {
  return {
    day: day.toString(),
    schoolId,
    job,
    state,
    finishedAt: finishedAt?.toString({ smallestUnit: 'second' }) ?? null,
    note,
  };
}

async function readHeld(db: Db): Promise<StatusReport['held']> {
  const { rows } = await sql<
    Omit<StatusReport['held'][number], 'reasons'> & { heldFor: readonly HoldReason[] }
  >`
    select held.what, held.school_id, held.day::text as day, held.held_for, exists (
      select from binding join conversation on conversation.id = binding.conversation_id
      where binding.school_id = held.school_id and binding.role = 'coordinator' and conversation.state = 'open'
    ) as can_be_asked
    from (
      select 'morning' as what, school_id, day, held_for from morning where state = 'held'
      union all
      select 'reading', school_id, day, held_for from held_reading where accepted_at is null and ended_at is null
    ) as held
    where held.day = (select max(day) from morning)
    order by held.school_id
    limit ${MOST_HELD}`.execute(db);
  return rows.map(({ heldFor, ...own }) => ({ ...own, reasons: heldFor.map(({ kind }) => kind) }));
}

/** Conversation → what it is for. */
async function readBoundTo(db: Db): Promise<(conversationId: string) => string> {
  const rows = await db.selectFrom('binding').selectAll().execute();
  const uses = new Map<string, string[]>();
  for (const { conversationId, schoolId, role, groupName } of rows) {
    const use = `${schoolId} ${role === 'mentorGroup' ? groupName : role}`;
    uses.set(conversationId, [...(uses.get(conversationId) ?? []), use]);
  }
  const inOrder = new Intl.Collator('sv', { numeric: true }).compare;
  return (conversationId) => (uses.get(conversationId) ?? []).toSorted(inOrder).join(', ');
}
