import type { Temporal } from 'temporal-polyfill';
import { readToday } from '../attendance/today.ts';
import type { School } from '../config/municipality.ts';
import { mentorGroups } from '../people/mentor-groups.ts';
import { readBindings } from '../posts/conversations.ts';
import type { Db } from '../storage/database.ts';
import { channelsByGroup, groupKey, MORNING, ownerOf } from './morning-posts.ts';
import type { SchoolMorningView } from './school-morning-view.ts';

/** What the coordinator's card shows of a school's morning; undefined before it has run. */
export async function readSchoolMorningView(
  { db }: { readonly db: Db },
  school: School,
  day: Temporal.PlainDate,
): Promise<SchoolMorningView | undefined> {
  const morning = await db
    .selectFrom('morning')
    .selectAll()
    .where('schoolId', '=', school.id)
    .where('day', '=', day)
    .executeTakeFirst();
  if (morning === undefined) return undefined;
  const query = { schoolId: school.id, day, now: morning.dataAt, longTerm: school.longTerm };
  const today = await readToday({ db }, query);
  const isProtected = new Map(today.pupils.map((pupil) => [pupil.pupilId, pupil.isProtected]));
  const followUps = await readFollowUps(db, school.id, day);
  const open = followUps.filter((row) => isProtected.get(row.pupilId) !== true);
  const inState = (state: string) => open.filter((row) => row.state === state).length;
  const shown = today.pupils.filter((pupil) => !pupil.isProtected);
  return {
    schoolId: school.id,
    schoolName: school.name,
    day,
    timeZone: school.timeZone,
    dataAt: morning.dataAt,
    state: morning.state,
    heldFor: morning.heldFor,
    releasedBy:
      morning.releasedByName === null || morning.releasedAt === null
        ? undefined
        : { name: morning.releasedByName, at: morning.releasedAt },
    missing: shown.filter((pupil) => pupil.status === 'missing').length,
    reported: shown.filter((pupil) => pupil.status === 'reported').length,
    toContact: inState('open'),
    contacted: inState('contacted'),
    lessonsStarted: today.lessonsStarted,
    lessonsReported: today.lessonsReported,
    protectedFollowUps: followUps.filter(
      (row) => isProtected.get(row.pupilId) === true && row.state === 'open',
    ).length,
    delivery: await readDelivery(db, school.id, day, groupsWithSomeone(followUps)),
  };
}

interface FollowUpState {
  readonly pupilId: string;
  readonly groupId: string | null;
  readonly state: string;
}

async function readFollowUps(
  db: Db,
  schoolId: string,
  day: Temporal.PlainDate,
): Promise<readonly FollowUpState[]> {
  return await db
    .selectFrom('followUp')
    .select(['pupilId', 'groupId', 'state'])
    .where('schoolId', '=', schoolId)
    .where('day', '=', day)
    .execute();
}

function groupsWithSomeone(followUps: readonly FollowUpState[]): ReadonlySet<string> {
  return new Set(followUps.flatMap((row) => (row.groupId === null ? [] : [row.groupId])));
}

/** Which groups' cards are in their channels; of those that are not, the ones with somebody to contact are named. */
async function readDelivery(
  db: Db,
  schoolId: string,
  day: Temporal.PlainDate,
  needed: ReadonlySet<string>,
): Promise<SchoolMorningView['delivery']> {
  const groups = await mentorGroups({ db }, schoolId);
  const bindings = await readBindings(db, schoolId);
  const channels = channelsByGroup(bindings);
  const broken = new Map(bindings.map((binding) => [binding.conversationId, binding.brokenCode]));
  const posts = await readGroupPosts(db, schoolId, day);
  const failed: { groupName: string; code: string }[] = [];
  let delivered = 0;
  for (const group of groups) {
    const conversations = channels.get(groupKey(group.name)) ?? [];
    const post = posts.get(group.id);
    const code =
      conversations.map((id) => broken.get(id)).find(Boolean) ??
      undelivered(post) ??
      noChannel(conversations);
    if (code === undefined) delivered += isThere(post) ? 1 : 0;
    else if (needed.has(group.id)) failed.push({ groupName: group.name, code });
  }
  return { groups: groups.length, delivered, failed };
}

interface GroupPost {
  readonly state: string;
  readonly errorCode: string | null;
  readonly shownVersion: number;
}

function undelivered(post: GroupPost | undefined): string | undefined {
  return post?.state === 'undelivered' ? (post.errorCode ?? 'undelivered') : undefined;
}

function noChannel(conversations: readonly string[]): string | undefined {
  return conversations.length === 0 ? 'noChannel' : undefined;
}

/** A quiet group's card that has nothing to show counts as there: nothing was to be posted. */
function isThere(post: GroupPost | undefined): boolean {
  return post !== undefined && post.shownVersion > 0;
}

async function readGroupPosts(
  db: Db,
  schoolId: string,
  day: Temporal.PlainDate,
): Promise<ReadonlyMap<string, GroupPost>> {
  const rows = await db
    .selectFrom('post')
    .select(['subject', 'state', 'errorCode', 'shownVersion'])
    .where('purpose', '=', MORNING)
    .where('schoolId', '=', schoolId)
    .where('day', '=', day)
    .execute();
  return new Map(rows.map((row) => [ownerOf(row.subject).id, row]));
}
