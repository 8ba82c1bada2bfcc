/**
 * What kind a step is, and since which version it has been with whoever has it; how far a letter has come; and which messages
 * have told whom of which step. A step that is taken back is deleted, and what was said of it stays: hence no reference to it.
 */
export const steps = `
alter table routine_step add column kind text;
alter table routine_step add column given_version integer not null default 1;
create index routine_step_open on routine_step (school_id, due_day) where state = 'open';
create index routine_step_address on routine_step (owner_address) where owner_address is not null;

create table letter_stage (
  step_id text not null references routine_step (id) on delete cascade,
  stage text not null check (stage in ('chosen', 'approved', 'sent')),
  at timestamptz not null,
  by_id text not null,
  by_name text not null,
  primary key (step_id, stage)
);

create table step_batch (
  id text primary key default gen_random_uuid()::text,
  school_id text not null,
  day date not null,
  rung text not null check (rung in ('given', 'due', 'late', 'escalated')),
  staff_id text,
  address text,
  conversation_id text not null,
  fallback_of text references step_batch (id),
  at timestamptz not null
);
create unique index step_batch_fallback on step_batch (fallback_of) where fallback_of is not null;

create table step_rung (
  step_id text not null,
  rung text not null,
  case_id text not null references routine_case (id),
  owner text,
  batch_id text not null references step_batch (id),
  at timestamptz not null,
  primary key (step_id, rung)
);
create index step_rung_batch on step_rung (batch_id);
create index step_rung_case on step_rung (case_id)`;
