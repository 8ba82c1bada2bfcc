/** Who is who in Teams, who is a pupil's contact person, and who stands in for whom. */
export const roles = `
create table teams_user (
  entra_id text primary key,
  teams_id text not null,
  tenant_id text not null,
  name text not null,
  email text,
  principal_name text,
  is_guest boolean not null,
  staff_id text,
  personal_conversation_id text,
  seen_at timestamptz not null
);
create index teams_user_staff on teams_user (staff_id);

create table contact_person (
  id text primary key default gen_random_uuid()::text,
  pupil_id text not null,
  school_id text not null,
  staff_id text not null,
  since timestamptz not null,
  appointed_by_id text not null,
  appointed_by_name text not null,
  ended_at timestamptz,
  ended_by_id text,
  ended_by_name text,
  check ((ended_at is null) = (ended_by_id is null))
);
create unique index contact_person_current on contact_person (pupil_id) where ended_at is null;
create index contact_person_staff on contact_person (staff_id) where ended_at is null;

create table stand_in (
  id text primary key default gen_random_uuid()::text,
  staff_id text not null,
  stand_in_staff_id text not null,
  first_day date not null,
  last_day date not null,
  created_at timestamptz not null,
  created_by_id text not null,
  created_by_name text not null,
  ended_at timestamptz,
  check (last_day >= first_day),
  check (staff_id <> stand_in_staff_id)
);
create index stand_in_staff on stand_in (staff_id, first_day);
create index stand_in_for on stand_in (stand_in_staff_id, first_day)`;
