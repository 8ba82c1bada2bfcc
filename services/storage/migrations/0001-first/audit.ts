export const audit = `
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
export const auditGuard = [
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
