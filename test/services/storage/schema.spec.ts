import assert from 'node:assert/strict';
import { type Selectable, sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Storage } from '../../../services/storage/database.ts';
import type { Database } from '../../../services/storage/schema.ts';
import { forEachEngine } from '../../support/databases.ts';

/** How PostgreSQL calls what TypeScript calls `T`; with `?` where it may be null. */
type SqlType<T> = unknown extends T ? 'jsonb' : null extends T ? `${Named<NonNullable<T>>}?` : Named<T>;

type Named<T> = [T] extends [string]
  ? 'text'
  : [T] extends [number]
    ? 'integer' | 'bigint'
    : [T] extends [boolean]
      ? 'boolean'
      : [T] extends [Temporal.PlainDate]
        ? 'date'
        : [T] extends [Temporal.Instant]
          ? 'timestamptz'
          : 'jsonb';

/** The compiler holds this table to the TypeScript schema, both ways; the spec below holds it to the database. */
const schema: {
  readonly [Table in keyof Database]: {
    readonly [Column in keyof Selectable<Database[Table]>]: SqlType<Selectable<Database[Table]>[Column]>;
  };
} = {
  absenceNotice: {
    id: 'text',
    pupilId: 'text',
    schoolId: 'text',
    kind: 'text',
    startsAt: 'timestamptz',
    endsAt: 'timestamptz',
  },
  audit: {
    id: 'bigint',
    at: 'timestamptz',
    actorId: 'text',
    actorName: 'text?',
    action: 'text',
    objectId: 'text',
    schoolId: 'text?',
    conversationId: 'text?',
    details: 'jsonb',
  },
  binding: { conversationId: 'text', role: 'text', schoolId: 'text', groupName: 'text', origin: 'text' },
  contact: {
    id: 'text',
    followUpId: 'text',
    pupilId: 'text',
    schoolId: 'text',
    day: 'date',
    outcome: 'text',
    method: 'text?',
    counterpart: 'text?',
    actorId: 'text',
    actorName: 'text',
    staffId: 'text?',
    at: 'timestamptz',
    dueAgainAt: 'timestamptz?',
    conversationId: 'text',
    baseVersion: 'integer',
    undoneAt: 'timestamptz?',
    undoneById: 'text?',
    undoneByName: 'text?',
  },
  contactPerson: {
    id: 'text',
    pupilId: 'text',
    schoolId: 'text',
    staffId: 'text',
    since: 'timestamptz',
    appointedById: 'text',
    appointedByName: 'text',
    endedAt: 'timestamptz?',
    endedById: 'text?',
    endedByName: 'text?',
  },
  contactTime: {
    schoolId: 'text',
    day: 'date',
    followUps: 'integer',
    contacted: 'integer',
    medianMinutes: 'integer?',
    rebuiltAt: 'timestamptz',
  },
  conversation: {
    id: 'text',
    kind: 'text',
    tenantId: 'text',
    serviceUrl: 'text',
    teamId: 'text?',
    name: 'text?',
    state: 'text',
    brokenCode: 'text?',
    brokenAt: 'timestamptz?',
    introducedAt: 'timestamptz?',
  },
  daySum: {
    pupilId: 'text',
    day: 'date',
    schoolId: 'text',
    offeredMinutes: 'integer',
    reportedMinutes: 'integer',
    validMinutes: 'integer',
    invalidMinutes: 'integer',
    lessons: 'integer',
    lessonsReported: 'integer',
    lessonsMissed: 'integer',
    lateArrivals: 'integer',
    invalidLessons: 'integer',
  },
  ehtDecision: {
    id: 'text',
    schoolId: 'text',
    day: 'date',
    pupilId: 'text',
    key: 'text',
    routineValidFrom: 'date',
    ownerAddress: 'text',
    dueDay: 'date',
    state: 'text',
    madeAt: 'timestamptz',
    madeById: 'text',
    madeByName: 'text',
    endedAt: 'timestamptz?',
    endedById: 'text?',
    endedByName: 'text?',
    version: 'integer',
  },
  ehtMeeting: {
    schoolId: 'text',
    day: 'date',
    startsAt: 'timestamptz',
    endsAt: 'timestamptz',
    listedAt: 'timestamptz',
    closedAt: 'timestamptz?',
    closedById: 'text?',
    closedByName: 'text?',
  },
  ehtPoint: {
    id: 'text',
    schoolId: 'text',
    pupilId: 'text',
    key: 'text',
    tickedAt: 'timestamptz?',
    tickedById: 'text?',
    tickedByName: 'text?',
    version: 'integer',
  },
  ehtPupil: {
    schoolId: 'text',
    day: 'date',
    pupilId: 'text',
    section: 'text',
    takenUpAt: 'timestamptz?',
    takenUpById: 'text?',
    takenUpByName: 'text?',
  },
  ehtReminder: {
    decisionId: 'text',
    rung: 'text',
    schoolId: 'text',
    day: 'date',
    ownerAddress: 'text',
    at: 'timestamptz',
  },
  ehtStep: { schoolId: 'text', day: 'date', stepId: 'text', pupilId: 'text' },
  followUp: {
    id: 'text',
    pupilId: 'text',
    schoolId: 'text',
    groupId: 'text?',
    day: 'date',
    reason: 'text',
    state: 'text',
    responsibleStaffId: 'text?',
    responsibleRole: 'text?',
    responsibleVersion: 'integer',
    openedAt: 'timestamptz',
    dueAt: 'timestamptz',
    firstDueAt: 'timestamptz?',
    firstMissedAt: 'timestamptz?',
    contactedAt: 'timestamptz?',
    contactedById: 'text?',
    contactedByName: 'text?',
    contactId: 'text?',
    method: 'text?',
    counterpart: 'text?',
    attempts: 'integer',
    lastAttemptAt: 'timestamptz?',
    lastAttemptByName: 'text?',
    correctedAt: 'timestamptz?',
    correctedReason: 'text?',
    closedAt: 'timestamptz?',
    closedReason: 'text?',
    version: 'integer',
  },
  groupMember: { groupId: 'text', pupilId: 'text' },
  groupMentor: { groupId: 'text', staffId: 'text' },
  jobRun: {
    job: 'text',
    schoolId: 'text',
    day: 'date',
    state: 'text',
    startedAt: 'timestamptz',
    finishedAt: 'timestamptz?',
    note: 'text?',
  },
  lesson: {
    id: 'text',
    schoolId: 'text',
    day: 'date',
    startsAt: 'timestamptz',
    endsAt: 'timestamptz',
    subject: 'text',
  },
  morning: {
    schoolId: 'text',
    day: 'date',
    state: 'text',
    dataAt: 'timestamptz',
    heldFor: 'jsonb',
    releasedAt: 'timestamptz?',
    releasedById: 'text?',
    releasedByName: 'text?',
  },
  notice: {
    id: 'text',
    kind: 'text',
    subject: 'text',
    staffId: 'text',
    schoolId: 'text',
    day: 'date',
    details: 'jsonb',
    at: 'timestamptz',
  },
  periodSum: {
    pupilId: 'text',
    firstDay: 'date',
    lastDay: 'date',
    schoolId: 'text',
    offeredMinutes: 'integer',
    reportedMinutes: 'integer',
    validMinutes: 'integer',
    invalidMinutes: 'integer',
  },
  post: {
    id: 'text',
    purpose: 'text',
    subject: 'text',
    conversationId: 'text',
    threadId: 'text?',
    schoolId: 'text',
    day: 'date',
    wantedVersion: 'integer',
    shownVersion: 'integer',
    shownDigest: 'text?',
    activityId: 'text?',
    state: 'text',
    postingSince: 'timestamptz?',
    attempts: 'integer',
    notBefore: 'timestamptz?',
    errorCode: 'text?',
    suspectedTwins: 'integer',
    isUrgent: 'boolean',
    createdAt: 'timestamptz',
    postedAt: 'timestamptz?',
    updatedAt: 'timestamptz?',
  },
  postTwin: { postId: 'text', activityId: 'text', foundAt: 'timestamptz', deletedAt: 'timestamptz?' },
  pupil: {
    id: 'text',
    schoolId: 'text',
    givenName: 'text?',
    familyName: 'text?',
    grade: 'integer?',
    isProtected: 'boolean',
    removedAt: 'timestamptz?',
  },
  pupilLesson: {
    lessonId: 'text',
    pupilId: 'text',
    schoolId: 'text',
    day: 'date',
    offeredMinutes: 'integer',
    isReported: 'boolean',
    presentMinutes: 'integer',
    validMinutes: 'integer',
    invalidMinutes: 'integer',
    elsewhereMinutes: 'integer',
  },
  reminder: { followUpId: 'text', rung: 'text', batchId: 'text', at: 'timestamptz' },
  reminderBatch: {
    id: 'text',
    schoolId: 'text',
    day: 'date',
    rung: 'text',
    staffId: 'text?',
    conversationId: 'text',
    fallbackOf: 'text?',
    at: 'timestamptz',
  },
  routineCase: {
    id: 'text',
    pupilId: 'text',
    schoolId: 'text',
    level: 'text',
    state: 'text',
    asks: 'text?',
    askedDay: 'date?',
    round: 'integer',
    routineValidFrom: 'date',
    crossedDay: 'date',
    crossing: 'jsonb',
    belowSince: 'date?',
    proposedAt: 'timestamptz',
    acceptedAt: 'timestamptz?',
    acceptedById: 'text?',
    acceptedByName: 'text?',
    endedAt: 'timestamptz?',
    endedById: 'text?',
    endedByName: 'text?',
    endedReason: 'text?',
    version: 'integer',
  },
  routineStep: {
    id: 'text',
    caseId: 'text',
    round: 'integer',
    key: 'text',
    place: 'integer',
    isFollowUp: 'boolean',
    pupilId: 'text',
    schoolId: 'text',
    level: 'text',
    routineValidFrom: 'date',
    role: 'text',
    dueInSchoolDays: 'integer',
    followUpInDays: 'integer?',
    legalWeight: 'text?',
    state: 'text',
    ownerStaffId: 'text?',
    ownerAddress: 'text?',
    ownerRole: 'text?',
    firstDueDay: 'date',
    dueDay: 'date',
    openedAt: 'timestamptz?',
    doneDay: 'date?',
    endedAt: 'timestamptz?',
    endedById: 'text?',
    endedByName: 'text?',
    reason: 'text?',
    version: 'integer',
  },
  schoolGroup: { id: 'text', schoolId: 'text', kind: 'text', name: 'text', removedAt: 'timestamptz?' },
  sourceCursor: { sourceId: 'text', cursor: 'text', readAt: 'timestamptz' },
  staff: {
    id: 'text',
    givenName: 'text',
    familyName: 'text',
    email: 'text?',
    principalName: 'text?',
    entraId: 'text?',
    removedAt: 'timestamptz?',
  },
  standIn: {
    id: 'text',
    staffId: 'text',
    standInStaffId: 'text',
    firstDay: 'date',
    lastDay: 'date',
    createdAt: 'timestamptz',
    createdById: 'text',
    createdByName: 'text',
    endedAt: 'timestamptz?',
  },
  teamsUser: {
    entraId: 'text',
    teamsId: 'text',
    tenantId: 'text',
    name: 'text',
    email: 'text?',
    principalName: 'text?',
    isGuest: 'boolean',
    staffId: 'text?',
    personalConversationId: 'text?',
    seenAt: 'timestamptz',
  },
};

forEachEngine('the tables of the database', (engine) => {
  let storage: Storage;
  before(async () => {
    storage = await engine.open();
  });
  after(async () => await storage.close());

  it('are those of the TypeScript schema, column by column', async () => {
    const { rows } = await sql<{ table: string; column: string; type: string; isRequired: boolean }>`
      select c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as is_required
      from pg_attribute as a
      join pg_class as c on c.oid = a.attrelid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
        and c.relname not like 'sedd\\_migration%'`.execute(storage.db);

    const found: Record<string, Record<string, string>> = {};
    for (const { table, column, type, isRequired } of rows) {
      const told = type.replace('timestamp with time zone', 'timestamptz');
      found[camel(table)] = { ...found[camel(table)], [camel(column)]: isRequired ? told : `${told}?` };
    }
    assert.deepEqual(found, schema);
  });
});

function camel(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
