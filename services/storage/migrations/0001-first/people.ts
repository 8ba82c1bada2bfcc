export const people = `
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
