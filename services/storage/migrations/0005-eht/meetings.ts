/** What EHT has taken up and decided, in ids and keys: nothing that anybody has written. */
export const meetings = `
create table eht_meeting (
  school_id text not null,
  day date not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  listed_at timestamptz not null,
  closed_at timestamptz,
  closed_by_id text,
  closed_by_name text,
  primary key (school_id, day)
);
create index eht_meeting_open on eht_meeting (ends_at) where closed_at is null;

create table eht_pupil (
  school_id text not null,
  day date not null,
  pupil_id text not null,
  section text not null check (section in ('carried', 'new', 'other')),
  taken_up_at timestamptz,
  taken_up_by_id text,
  taken_up_by_name text,
  primary key (school_id, day, pupil_id),
  check ((taken_up_at is null) = (taken_up_by_id is null))
);
create index eht_pupil_pupil on eht_pupil (pupil_id);

create table eht_step (
  school_id text not null,
  day date not null,
  step_id text not null references routine_step (id) on delete cascade,
  pupil_id text not null,
  primary key (school_id, day, step_id)
);
create index eht_step_step on eht_step (step_id);

create table eht_point (
  id text primary key default gen_random_uuid()::text,
  school_id text not null,
  pupil_id text not null,
  key text not null,
  ticked_at timestamptz,
  ticked_by_id text,
  ticked_by_name text,
  version integer not null default 1,
  unique (school_id, pupil_id, key),
  check ((ticked_at is null) = (ticked_by_id is null))
);

create table eht_decision (
  id text primary key default gen_random_uuid()::text,
  school_id text not null,
  day date not null,
  pupil_id text not null,
  key text not null,
  routine_valid_from date not null,
  owner_address text not null,
  due_day date not null,
  state text not null check (state in ('open', 'done', 'withdrawn')),
  made_at timestamptz not null,
  made_by_id text not null,
  made_by_name text not null,
  ended_at timestamptz,
  ended_by_id text,
  ended_by_name text,
  version integer not null default 1,
  check ((ended_at is null) = (state = 'open'))
);
create unique index eht_decision_once on eht_decision (school_id, pupil_id, key) where state = 'open';
create index eht_decision_due on eht_decision (school_id, due_day) where state = 'open';
create index eht_decision_pupil on eht_decision (pupil_id);
create index eht_decision_meeting on eht_decision (school_id, day);

create table eht_reminder (
  decision_id text not null references eht_decision (id) on delete cascade,
  rung text not null check (rung in ('due', 'after')),
  school_id text not null,
  day date not null,
  owner_address text not null,
  at timestamptz not null,
  primary key (decision_id, rung)
);
create index eht_reminder_message on eht_reminder (school_id, day, owner_address)`;
