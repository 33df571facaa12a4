create or replace function new_event_id(at timestamptz) returns uuid
language sql volatile parallel safe set search_path = pg_catalog as $$
  select encode(
    set_bit(set_bit(
      overlay(uuid_send(gen_random_uuid())
              placing substring(int8send(floor(extract(epoch from at) * 1000)::bigint) from 3)
              from 1 for 6),
      52, 1), 53, 1), 'hex')::uuid
$$;

create or replace function record_access(
  occurred_ats timestamptz[], actors uuid[], agencies uuid[], sessions uuid[], purposes smallint[],
  acts text[], object_kinds text[], objects uuid[], cells uuid[], decisions smallint[],
  discloseds text[], policies text[], requests uuid[]
) returns uuid[]
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  at timestamptz := clock_timestamp();
  ids uuid[] := array(select public.new_event_id(at) from generate_series(1, cardinality(acts)));
begin
  insert into public.access_event (id, occurred_at, recorded_at, actor, agency, session, purpose, act,
    object_kind, object, cell, decision, disclosed, policy, request, xid)
  select r.id, r.occurred_at, at, r.actor, r.agency, r.session, r.purpose, r.act,
    r.object_kind, r.object, r.cell, r.decision, r.disclosed::jsonb, r.policy, r.request, pg_current_xact_id()
  from unnest(ids, occurred_ats, actors, agencies, sessions, purposes, acts, object_kinds, objects, cells,
    decisions, discloseds, policies, requests)
    as r(id, occurred_at, actor, agency, session, purpose, act, object_kind, object, cell,
      decision, disclosed, policy, request);
  return ids;
end
$$;
revoke all on function new_event_id from public;
