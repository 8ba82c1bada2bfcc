/** What the attendance routine has found, who has been asked to do what, and what came of it. */
export const cases = `
create table routine_case (
  id text primary key default gen_random_uuid()::text,
  pupil_id text not null,
  school_id text not null,
  level text not null,
  state text not null check (state in ('proposed', 'open', 'closed', 'withdrawn')),
  asks text check (asks in ('close', 'withdraw')),
  asked_day date,
  round integer not null default 1,
  routine_valid_from date not null,
  crossed_day date not null,
  crossing jsonb not null,
  below_since date,
  proposed_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by_id text,
  accepted_by_name text,
  ended_at timestamptz,
  ended_by_id text,
  ended_by_name text,
  ended_reason text,
  version integer not null default 1,
  unique (pupil_id, level),
  check ((asks is null) = (asked_day is null)),
  check (asks is null or state in ('proposed', 'open')),
  check (state <> 'open' or (accepted_at is not null and accepted_by_id is not null)),
  check ((ended_at is null) = (state in ('proposed', 'open')))
);
create index routine_case_school on routine_case (school_id, state);

create table routine_step (
  id text primary key default gen_random_uuid()::text,
  case_id text not null references routine_case (id),
  round integer not null,
  key text not null,
  place integer not null,
  is_follow_up boolean not null default false,
  pupil_id text not null,
  school_id text not null,
  level text not null,
  routine_valid_from date not null,
  role text not null,
  due_in_school_days integer not null,
  follow_up_in_days integer,
  legal_weight text,
  state text not null check (state in ('proposed', 'open', 'done', 'notNeeded', 'dropped')),
  owner_staff_id text,
  owner_address text,
  owner_role text,
  first_due_day date not null,
  due_day date not null,
  opened_at timestamptz,
  done_day date,
  ended_at timestamptz,
  ended_by_id text,
  ended_by_name text,
  reason text,
  version integer not null default 1,
  unique (case_id, round, key, is_follow_up),
  check ((state = 'done') = (done_day is not null)),
  check ((ended_at is null) = (state in ('proposed', 'open')))
);
create index routine_step_school_due on routine_step (school_id, due_day);
create index routine_step_owner on routine_step (owner_staff_id, due_day) where state = 'open';
create index routine_step_pupil on routine_step (pupil_id)`;
