import { type Kysely, sql } from 'kysely';

/** Attendance may name pupils whom the roster does not (yet) know: no foreign keys there. */
const people = `
create table pupil (
  id text primary key,
  school_id text not null,
  given_name text,
  family_name text,
  grade integer,
  is_protected boolean not null,
  removed_at timestamptz,
  check (not is_protected or (given_name is null and family_name is null))
);
create index pupil_school on pupil (school_id) where removed_at is null;

create table staff (
  id text primary key,
  given_name text not null,
  family_name text not null,
  email text,
  principal_name text,
  entra_id text,
  removed_at timestamptz
);

create table school_group (
  id text primary key,
  school_id text not null,
  kind text not null check (kind in ('mentor', 'class', 'teaching')),
  name text not null,
  removed_at timestamptz
);
create index school_group_school on school_group (school_id);

create table group_member (
  group_id text not null,
  pupil_id text not null,
  primary key (group_id, pupil_id)
);
create index group_member_pupil on group_member (pupil_id);

create table group_mentor (
  group_id text not null,
  staff_id text not null,
  primary key (group_id, staff_id)
);

create table source_cursor (
  source_id text primary key,
  cursor text not null,
  read_at timestamptz not null
)`;

const attendance = `
create table lesson (
  id text primary key,
  school_id text not null,
  day date not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  subject text not null
);
create index lesson_school_day on lesson (school_id, day);

create table pupil_lesson (
  lesson_id text not null,
  pupil_id text not null,
  school_id text not null,
  day date not null,
  offered_minutes integer not null check (offered_minutes >= 0),
  is_reported boolean not null,
  present_minutes integer not null check (present_minutes >= 0),
  valid_minutes integer not null check (valid_minutes >= 0),
  invalid_minutes integer not null check (invalid_minutes >= 0),
  elsewhere_minutes integer not null check (elsewhere_minutes >= 0),
  primary key (lesson_id, pupil_id),
  check (valid_minutes + invalid_minutes <= offered_minutes)
);
create index pupil_lesson_school_day on pupil_lesson (school_id, day);
create index pupil_lesson_pupil_day on pupil_lesson (pupil_id, day);

create table absence_notice (
  id text primary key,
  pupil_id text not null,
  school_id text not null,
  kind text not null check (kind in ('reported', 'leave')),
  starts_at timestamptz not null,
  ends_at timestamptz not null
);
create index absence_notice_school on absence_notice (school_id, ends_at);
create index absence_notice_pupil on absence_notice (pupil_id, ends_at);

create table day_sum (
  pupil_id text not null,
  day date not null,
  school_id text not null,
  offered_minutes integer not null check (offered_minutes >= 0),
  reported_minutes integer not null check (reported_minutes between 0 and offered_minutes),
  valid_minutes integer not null check (valid_minutes >= 0),
  invalid_minutes integer not null check (invalid_minutes >= 0),
  lessons integer not null,
  lessons_reported integer not null,
  lessons_missed integer not null,
  late_arrivals integer not null,
  primary key (pupil_id, day),
  check (valid_minutes + invalid_minutes <= reported_minutes)
);
create index day_sum_school_day on day_sum (school_id, day);

create table period_sum (
  pupil_id text not null,
  first_day date not null,
  last_day date not null,
  school_id text not null,
  offered_minutes integer not null check (offered_minutes >= 0),
  reported_minutes integer not null check (reported_minutes >= 0),
  valid_minutes integer not null check (valid_minutes >= 0),
  invalid_minutes integer not null check (invalid_minutes >= 0),
  primary key (pupil_id, first_day, last_day)
);
create index period_sum_school on period_sum (school_id, last_day)`;

const followUps = `
create table follow_up (
  id text primary key default gen_random_uuid()::text,
  pupil_id text not null,
  school_id text not null,
  group_id text,
  day date not null,
  reason text not null check (reason in ('unreportedAbsence', 'longTermAbsence')),
  state text not null check (state in ('open', 'contacted', 'closed')),
  responsible_staff_id text,
  opened_at timestamptz not null,
  due_at timestamptz not null,
  contacted_at timestamptz,
  contacted_by_id text,
  contacted_by_name text,
  closed_at timestamptz,
  closed_reason text,
  version integer not null default 1,
  unique (pupil_id, day),
  check (state <> 'contacted' or (contacted_at is not null and contacted_by_id is not null))
);
create index follow_up_school_day on follow_up (school_id, day);

create table morning (
  school_id text not null,
  day date not null,
  state text not null check (state in ('held', 'released')),
  data_at timestamptz not null,
  held_for jsonb not null,
  released_at timestamptz,
  released_by_id text,
  released_by_name text,
  primary key (school_id, day)
);

create table job_run (
  job text not null,
  school_id text not null,
  day date not null,
  state text not null check (state in ('started', 'done', 'failed', 'skipped')),
  started_at timestamptz not null,
  finished_at timestamptz,
  note text,
  primary key (job, school_id, day)
);
create index job_run_day on job_run (day)`;

const posts = `
create table conversation (
  id text primary key,
  kind text not null check (kind in ('channel', 'groupChat', 'personal')),
  tenant_id text not null,
  service_url text not null,
  team_id text,
  name text,
  state text not null check (state in ('open', 'broken')),
  broken_code text,
  broken_at timestamptz
);

create table binding (
  conversation_id text not null references conversation (id),
  role text not null check (role in ('mentorGroup', 'coordinator', 'eht')),
  school_id text not null,
  group_name text not null,
  origin text not null check (origin in ('config', 'chat')),
  primary key (conversation_id, role, school_id, group_name)
);
create index binding_school on binding (school_id);

create table post (
  id text primary key default gen_random_uuid()::text,
  purpose text not null,
  subject text not null,
  conversation_id text not null references conversation (id),
  school_id text not null,
  day date not null,
  wanted_version integer not null,
  shown_version integer not null,
  shown_digest text,
  activity_id text,
  state text not null check (state in ('waiting', 'posting', 'posted', 'undelivered')),
  posting_since timestamptz,
  attempts integer not null default 0,
  not_before timestamptz,
  error_code text,
  suspected_twins integer not null default 0,
  is_urgent boolean not null default false,
  created_at timestamptz not null,
  posted_at timestamptz,
  updated_at timestamptz,
  unique (purpose, subject, conversation_id),
  check (shown_version <= wanted_version),
  check (state <> 'posted' or activity_id is not null),
  check (state <> 'posting' or posting_since is not null)
);
create index post_stale on post (conversation_id, created_at) where shown_version < wanted_version;
create index post_activity on post (conversation_id, activity_id);
create index post_school_day on post (school_id, day);

create table post_twin (
  post_id text not null references post (id) on delete cascade,
  activity_id text not null,
  found_at timestamptz not null,
  deleted_at timestamptz,
  primary key (post_id, activity_id)
)`;

const audit = `
create table audit (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  actor_id text not null,
  actor_name text,
  action text not null,
  object_id text not null,
  school_id text,
  conversation_id text,
  details jsonb not null
);
create index audit_object on audit (object_id, at);
create index audit_at on audit (at)`;

/** Rows of the audit are only ever added; the retention purge alone may delete, and says so for its transaction. */
const auditGuard = [
  `create function refuse_audit_change() returns trigger language plpgsql as $$
  begin
    if tg_op = 'DELETE' and current_setting('sedd.retention', true) = 'on' then return old; end if;
    raise exception 'the audit is append-only';
  end $$`,
  `create trigger audit_is_append_only before update or delete on audit
   for each row execute function refuse_audit_change()`,
  `create trigger audit_is_never_emptied before truncate on audit
   for each statement execute function refuse_audit_change()`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [people, attendance, followUps, posts, audit].flatMap((part) => part.split(';'));
  for (const statement of [...statements, ...auditGuard]) {
    if (statement.trim() !== '') await sql.raw(statement).execute(db);
  }
}
