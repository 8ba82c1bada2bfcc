export const followUps = `
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
