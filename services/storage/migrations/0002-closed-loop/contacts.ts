/** Each try to make contact, what a follow-up knows of them, and how long it took. */
export const contacts = `
create table contact (
  id text primary key default gen_random_uuid()::text,
  follow_up_id text not null references follow_up (id),
  pupil_id text not null,
  school_id text not null,
  day date not null,
  outcome text not null check (outcome in ('reached', 'notReached')),
  method text check (method in ('phone', 'sms', 'inPerson', 'homeVisit')),
  counterpart text check (counterpart in ('guardian', 'pupil', 'other')),
  actor_id text not null,
  actor_name text not null,
  staff_id text,
  at timestamptz not null,
  due_again_at timestamptz,
  conversation_id text not null,
  base_version integer not null,
  undone_at timestamptz,
  undone_by_id text,
  undone_by_name text,
  unique (follow_up_id, base_version),
  check ((outcome = 'notReached') = (due_again_at is not null)),
  check ((undone_at is null) = (undone_by_id is null))
);
create index contact_pupil on contact (pupil_id, day);
create index contact_school_day on contact (school_id, day);

alter table follow_up
  add column first_missed_at timestamptz,
  add column first_due_at timestamptz,
  add column responsible_role text check (responsible_role in ('mentor', 'contactPerson', 'standIn', 'handedOver')),
  add column responsible_version integer not null default 0,
  add column contact_id text references contact (id),
  add column method text,
  add column counterpart text,
  add column attempts integer not null default 0,
  add column last_attempt_at timestamptz,
  add column last_attempt_by_name text,
  add column corrected_at timestamptz,
  add column corrected_reason text;
create index follow_up_open on follow_up (day, due_at) where state = 'open';
create index follow_up_responsible on follow_up (responsible_staff_id, day);

create table contact_time (
  school_id text not null,
  day date not null,
  follow_ups integer not null,
  contacted integer not null,
  median_minutes integer,
  rebuilt_at timestamptz not null,
  primary key (school_id, day),
  check (contacted <= follow_ups)
)`;
