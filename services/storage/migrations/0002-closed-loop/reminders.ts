/** What a person has been told, so that it is told once. */
export const reminders = `
create table reminder_batch (
  id text primary key default gen_random_uuid()::text,
  school_id text not null,
  day date not null,
  rung text not null,
  staff_id text,
  conversation_id text not null,
  fallback_of text references reminder_batch (id),
  at timestamptz not null
);
create index reminder_batch_school_day on reminder_batch (school_id, day);
create unique index reminder_batch_fallback on reminder_batch (fallback_of) where fallback_of is not null;

create table reminder (
  follow_up_id text not null references follow_up (id),
  rung text not null,
  batch_id text not null references reminder_batch (id),
  at timestamptz not null,
  primary key (follow_up_id, rung)
);
create index reminder_batch_id on reminder (batch_id);

create table notice (
  id text primary key default gen_random_uuid()::text,
  kind text not null check (kind in ('corrected', 'handedOver', 'appointed', 'appointmentEnded')),
  subject text not null,
  staff_id text not null,
  school_id text not null,
  day date not null,
  details jsonb not null,
  at timestamptz not null,
  unique (kind, subject, staff_id)
);

alter table post add column thread_id text;
alter table conversation add column introduced_at timestamptz`;
