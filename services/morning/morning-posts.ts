import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { readBindings } from '../posts/conversations.ts';
import { wantForCoordinators } from '../posts/coordinator-posts.ts';
import type { PostKey } from '../posts/post.ts';
import { type Showing, wantPosts } from '../posts/post-store.ts';
import type { Db } from '../storage/database.ts';

/** A mentor group's card of one day. */
export const MORNING = 'morning';
/** The coordinator's card of a school's morning; it tells of the others, and so goes after them. */
export const SCHOOL_MORNING = 'schoolMorning';

export interface SchoolDay {
  readonly schoolId: string;
  readonly day: Temporal.PlainDate;
}

/** `subject` of a mentor group's card. */
export function morningSubject(groupId: string, day: Temporal.PlainDate): string {
  return `${groupId}/${day}`;
}

/** `subject` of a school's card. */
export function schoolMorningSubject(schoolId: string, day: Temporal.PlainDate): string {
  return `${schoolId}/${day}`;
}

/** Whose card it is: the id of the group or of the school. Throws on a subject that is not of this kind. */
export function ownerOf(subject: string): { readonly id: string; readonly day: Temporal.PlainDate } {
  const slash = subject.lastIndexOf('/');
  return { id: subject.slice(0, slash), day: Temporal.PlainDate.from(subject.slice(slash + 1)) };
}

/** Wants the school's own card in the coordinator's channel, and brings it up to date. */
export async function wantSchoolCard(
  db: Db,
  { schoolId, day }: SchoolDay,
  at: Temporal.Instant,
): Promise<void> {
  const subject = schoolMorningSubject(schoolId, day);
  await wantForCoordinators(db, { purpose: SCHOOL_MORNING, subject, schoolId, day }, at);
}

/** Wants a card for each mentor group that has a channel, and brings it up to date. */
export async function wantGroupCards(
  db: Db,
  { schoolId, day }: SchoolDay,
  groups: readonly { readonly id: string; readonly name: string }[],
  at: Temporal.Instant,
): Promise<void> {
  const channels = channelsByGroup(await readBindings(db, schoolId));
  const keys = groups.flatMap((group): PostKey[] =>
    (channels.get(groupKey(group.name)) ?? []).map((conversationId) => ({
      purpose: MORNING,
      subject: morningSubject(group.id, day),
      conversationId,
      schoolId,
      day,
    })),
  );
  await wantPosts(db, keys, at);
}

/** The cards that show a pupil's follow-up: those of the groups, and the school's. */
export function morningShowing({
  pupilId,
  groupId,
  day,
}: {
  readonly pupilId: string;
  readonly groupId: string | null;
  readonly day: Temporal.PlainDate;
}): readonly Showing[] {
  const own = groupId === null ? sql`` : sql`union all select ${morningSubject(groupId, day)}`;
  const subjects = sql`select group_id || ${`/${day}`} from group_member where pupil_id = ${pupilId} ${own}`;
  return [{ purpose: MORNING, subjects, isUrgent: true }, ...schoolMorningShowing];
}

/** The coordinator's card tells what reached the mentors. */
export const schoolMorningShowing: readonly Showing[] = [{ purpose: SCHOOL_MORNING, isUrgent: false }];

/** Mentor group (as `groupKey`) → conversations. */
export function channelsByGroup(
  bindings: readonly { readonly role: string; readonly groupName: string; readonly conversationId: string }[],
): ReadonlyMap<string, readonly string[]> {
  const channels = new Map<string, string[]>();
  for (const { role, groupName, conversationId } of bindings) {
    if (role !== 'mentorGroup') continue;
    const key = groupKey(groupName);
    channels.set(key, [...(channels.get(key) ?? []), conversationId]);
  }
  return channels;
}

/** "7A", "7 a" and "7a" are the same group. */
export function groupKey(name: string): string {
  return name.replaceAll(/\s+/gu, '').toLocaleLowerCase('sv');
}
