import type { Insertable } from 'kysely';
import type { School } from '../../../services/config/municipality.ts';
import type { RungDeps } from '../../../services/follow-up/take-rungs.ts';
import { silentLog } from '../../../services/log.ts';
import type { Db } from '../../../services/storage/database.ts';
import type { FollowUpTable } from '../../../services/storage/tables/follow-up.ts';
import {
  COORDINATOR_CHANNEL,
  channelId,
  clockTime,
  groupId,
  MONDAY,
  pupilId,
  TENANT,
} from '../../support/small-school.ts';
import { ANNA, BO, emailOf } from '../../support/small-staff.ts';
import { schoolWith } from '../schedule/schools.ts';

/** Every table but the audit, which is never emptied. */
export const TABLES = [
  'reminder',
  'reminder_batch',
  'notice',
  'contact',
  'follow_up',
  'contact_person',
  'stand_in',
  'teams_user',
  'post_hold',
  'post_twin',
  'post',
  'binding',
  'conversation',
  'job_run',
  'group_member',
  'group_mentor',
  'school_group',
  'pupil',
  'staff',
] as const;

export const chatOf = (staffId: string) => `a:${staffId}`;
export const cardOf = (group: number) => `card of ${group}`;

/** Two mentor groups with a channel and a card each, Anna and Bo on the staff, and a coordinator's channel. */
export async function seedSchool(db: Db): Promise<void> {
  const conversations = [COORDINATOR_CHANNEL, channelId(0), channelId(1)];
  await addConversations(db, conversations, 'channel');
  await db
    .insertInto('binding')
    .values({
      conversationId: COORDINATOR_CHANNEL,
      role: 'coordinator',
      schoolId: 'norr',
      groupName: '',
      origin: 'config',
    })
    .execute();
  await db
    .insertInto('staff')
    .values([
      {
        id: ANNA,
        givenName: 'Anna',
        familyName: 'Berg',
        email: emailOf('Anna Berg'),
        principalName: null,
        entraId: null,
        removedAt: null,
      },
      {
        id: BO,
        givenName: 'Bo',
        familyName: 'Ek',
        email: emailOf('Bo Ek'),
        principalName: null,
        entraId: null,
        removedAt: null,
      },
    ])
    .execute();
  await db
    .insertInto('schoolGroup')
    .values(
      [0, 1].map((group) => ({
        id: groupId(group),
        schoolId: 'norr',
        kind: 'mentor' as const,
        name: `8${'AB'[group]}`,
        removedAt: null,
      })),
    )
    .execute();
  await db
    .insertInto('post')
    .values(
      [0, 1].map((group) => ({
        purpose: 'morning',
        subject: `${groupId(group)}/${MONDAY}`,
        conversationId: channelId(group),
        schoolId: 'norr',
        day: MONDAY,
        wantedVersion: 1,
        shownVersion: 1,
        activityId: cardOf(group),
        state: 'posted' as const,
        createdAt: clockTime('08:45'),
      })),
    )
    .execute();
}

export async function addConversations(
  db: Db,
  ids: readonly string[],
  kind: 'channel' | 'groupChat' | 'personal',
): Promise<void> {
  await db
    .insertInto('conversation')
    .values(
      ids.map((id) => ({
        id,
        kind,
        tenantId: TENANT,
        serviceUrl: 'http://127.0.0.1:1/',
        state: 'open' as const,
      })),
    )
    .execute();
}

/** Sedd has a chat of its own with somebody. */
export async function addChat(db: Db, staffId: string): Promise<void> {
  await addConversations(db, [chatOf(staffId)], 'personal');
  await db
    .insertInto('teamsUser')
    .values({
      entraId: `entra-${staffId}`,
      teamsId: `29:${staffId}`,
      tenantId: TENANT,
      name: 'Somebody',
      email: null,
      principalName: null,
      isGuest: false,
      staffId,
      personalConversationId: chatOf(staffId),
      seenAt: clockTime('08:00'),
    })
    .execute();
}

/** An open follow-up of a pupil, due at ten and Anna's to make. */
export async function addOpen(
  db: Db,
  number: number,
  more: Partial<Insertable<FollowUpTable>> & { readonly isProtected?: boolean } = {},
): Promise<string> {
  const { isProtected = false, ...followUp } = more;
  const name = isProtected
    ? { givenName: null, familyName: null }
    : { givenName: `Elev${number}`, familyName: 'Exempel' };
  await db
    .insertInto('pupil')
    .values({ id: pupilId(number), schoolId: 'norr', ...name, grade: 8, isProtected, removedAt: null })
    .execute();
  const { id } = await db
    .insertInto('followUp')
    .values({
      pupilId: pupilId(number),
      schoolId: 'norr',
      groupId: groupId(0),
      day: MONDAY,
      reason: 'unreportedAbsence',
      state: 'open',
      responsibleStaffId: ANNA,
      responsibleRole: 'mentor',
      openedAt: clockTime('08:45'),
      dueAt: clockTime('10:00'),
      firstDueAt: clockTime('10:00'),
      ...followUp,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export interface TestRungs {
  readonly deps: RungDeps;
  readonly school: School;
  /** How often the delivery was rung for. */
  readonly rung: string[];
}

/** Whoever takes rungs of that school at that time. */
export function rungsAt(db: Db, time: string, away: readonly string[] = []): TestRungs {
  const school = schoolWith();
  const rung: string[] = [];
  const deps: RungDeps = {
    db,
    log: silentLog,
    clock: { now: () => clockTime(time) },
    schools: new Map([[school.id, school]]),
    jobs: { enqueue: async (_db, queue) => void rung.push(queue) },
    whoIsAway: async (ids) => new Set(ids.filter((id) => away.includes(id))),
    onReminded: async () => {},
  };
  return { deps, school, rung };
}

/** Where each message went: "conversation/thread rung person: pupils". */
export async function sentMessages(db: Db): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('post')
    .innerJoin('reminderBatch', 'reminderBatch.id', 'post.subject')
    .innerJoin('reminder', 'reminder.batchId', 'reminderBatch.id')
    .innerJoin('followUp', 'followUp.id', 'reminder.followUpId')
    .select([
      'post.conversationId',
      'post.threadId',
      'reminderBatch.staffId',
      'reminder.rung',
      'followUp.pupilId',
    ])
    .where('post.purpose', '=', 'reminder')
    .execute();
  const messages = new Map<string, string[]>();
  for (const { conversationId, threadId, staffId, rung, pupilId: pupil } of rows) {
    const key = [conversationId, threadId ?? '-', nameOf(staffId)].join(' ');
    messages.set(key, [...(messages.get(key) ?? []), `${rung} ${Number.parseInt(pupil.slice(-6), 10)}`]);
  }
  return [...messages].map(([key, pupils]) => `${key}: ${pupils.toSorted().join(', ')}`).toSorted();
}

function nameOf(staffId: string | null): string {
  if (staffId === null) return '-';
  return staffId === ANNA ? 'Anna' : 'Bo';
}
