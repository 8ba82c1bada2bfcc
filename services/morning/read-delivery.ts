import type { Temporal } from 'temporal-polyfill';
import type { MentorGroup } from '../people/mentor-groups.ts';
import { readBindings } from '../posts/conversations.ts';
import type { Db } from '../storage/database.ts';
import { channelsByGroup, groupKey, MORNING, ownerOf } from './morning-posts.ts';
import type { SchoolMorningView } from './school-morning-view.ts';

export interface DeliveryQuery {
  readonly schoolId: string;
  readonly day: Temporal.PlainDate;
  readonly groups: readonly MentorGroup[];
  /** Groups with somebody to show: of those whose card is not there, these are named. */
  readonly needed: ReadonlySet<string>;
}

/** Which groups' cards are in their channels, in all of them; and why not, where somebody would be missed. */
export async function readDelivery(db: Db, query: DeliveryQuery): Promise<SchoolMorningView['delivery']> {
  const bindings = await readBindings(db, query.schoolId);
  const channels = channelsByGroup(bindings);
  const broken = new Map(bindings.map((binding) => [binding.conversationId, binding.brokenCode]));
  const posts = await readGroupPosts(db, query);
  const failed: { groupName: string; code: string }[] = [];
  let delivered = 0;
  for (const { id, name } of query.groups) {
    const places = channels.get(groupKey(name)) ?? [];
    const own = places.map((place) => posts.get(`${place} ${id}`));
    const code =
      places.map((place) => broken.get(place)).find(Boolean) ??
      own.map(undelivered).find(Boolean) ??
      (places.length === 0 ? 'noChannel' : undefined);
    if (code === undefined) delivered += own.every(isThere) ? 1 : 0;
    else if (query.needed.has(id)) failed.push({ groupName: name, code });
  }
  return { groups: query.groups.length, delivered, failed };
}

interface GroupPost {
  readonly state: string;
  readonly errorCode: string | null;
  readonly activityId: string | null;
  readonly shownVersion: number;
  readonly wantedVersion: number;
}

function undelivered(post: GroupPost | undefined): string | undefined {
  return post?.state === 'undelivered' ? (post.errorCode ?? 'undelivered') : undefined;
}

/** A quiet group's card that has nothing to show counts as there: nothing was to be posted. */
function isThere(post: GroupPost | undefined): boolean {
  if (post === undefined) return false;
  const isSeenTo = post.shownVersion > 0 && post.shownVersion >= post.wantedVersion;
  return post.activityId !== null || isSeenTo;
}

/** Conversation and group → post. */
async function readGroupPosts(
  db: Db,
  { schoolId, day }: DeliveryQuery,
): Promise<ReadonlyMap<string, GroupPost>> {
  const rows = await db
    .selectFrom('post')
    .select([
      'subject',
      'conversationId',
      'state',
      'errorCode',
      'activityId',
      'shownVersion',
      'wantedVersion',
    ])
    .where('purpose', '=', MORNING)
    .where('schoolId', '=', schoolId)
    .where('day', '=', day)
    .execute();
  return new Map(rows.map((row) => [`${row.conversationId} ${ownerOf(row.subject).id}`, row]));
}
