export const posts = `
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
