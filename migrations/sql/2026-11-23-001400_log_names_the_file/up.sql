-- A row about something inside a file names that file too. Rows written before carry none.
alter table access_event add column file uuid;
comment on column access_event.file is 'The risk file concerned, whatever of it was asked for';
create index access_event_file_idx on access_event (file, recorded_at);
drop index access_event_object_idx;

-- Beside record_access, which the previous program still calls.
create function append_access(
  occurred_ats timestamptz[], actors uuid[], agencies uuid[], sessions uuid[], purposes smallint[],
  acts text[], object_kinds text[], objects uuid[], files uuid[], cells uuid[], decisions smallint[],
  discloseds text[], policies text[], requests uuid[]
) returns uuid[]
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  at timestamptz := clock_timestamp();
  stamp bytea := substring(int8send(floor(extract(epoch from at) * 1000)::bigint) from 3);
  ids uuid[] := array(
    select encode(
      set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing stamp from 1 for 6), 52, 1), 53, 1), 'hex')::uuid
    from generate_series(1, cardinality(acts)));
begin
  insert into public.access_event (id, occurred_at, recorded_at, actor, agency, session, purpose, act,
    object_kind, object, file, cell, decision, disclosed, policy, request, xid)
  select r.id, r.occurred_at, at, r.actor, r.agency, r.session, r.purpose, r.act,
    r.object_kind, r.object, r.file, r.cell, r.decision, r.disclosed::jsonb, r.policy, r.request,
    pg_current_xact_id()
  from unnest(ids, occurred_ats, actors, agencies, sessions, purposes, acts, object_kinds, objects, files,
    cells, decisions, discloseds, policies, requests)
    as r(id, occurred_at, actor, agency, session, purpose, act, object_kind, object, file, cell,
      decision, disclosed, policy, request);
  return ids;
end
$$;
comment on function append_access is 'The only way into the log; gives back the ids in the order of its arguments';
revoke all on function append_access from public;
grant execute on function append_access to filet_app;
