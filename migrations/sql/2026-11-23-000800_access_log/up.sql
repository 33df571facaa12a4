create table access_event (
  id uuid not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  actor uuid,
  agency uuid,
  session uuid,
  purpose smallint,
  act text not null,
  object_kind text not null,
  object uuid,
  cell uuid,
  decision smallint not null,
  disclosed jsonb not null,
  policy text not null,
  request uuid not null,
  xid xid8 not null,
  primary key (recorded_at, id)
) partition by range (recorded_at);
create table access_event_rest partition of access_event default;
create index access_event_object_idx on access_event (object, recorded_at);
create index access_event_actor_idx on access_event (actor, recorded_at);
create index access_event_cell_idx on access_event (cell, recorded_at, id);
create index access_event_agency_idx on access_event (agency, recorded_at, id);
comment on table access_event is 'Who read or did what, on which basis: appended to, never altered';
comment on column access_event.object is 'Handle of what was asked for, whether or not it exists';
comment on column access_event.decision is '0 allowed, 1 absent, 2 refused, 3 fault';
comment on column access_event.disclosed is 'Per person: source, basis and field names. Never a value';
comment on column access_event.xid is 'Transaction of the row, for the sequencer that orders the log afterwards';

create function prepare_access_partitions() returns void
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  month date := date_trunc('month', now())::date;
  part text;
begin
  for ahead in 0..2 loop
    part := 'access_event_' || to_char(month, 'YYYYMM');
    if to_regclass('public.' || part) is null then
      begin
        execute format('create table public.%I partition of public.access_event for values from (%L) to (%L)',
                       part, month, month + interval '1 month');
      exception
        -- Rows of that month already wait in the default partition, or another process was first.
        when check_violation or duplicate_table then null;
      end;
    end if;
    month := (month + interval '1 month')::date;
  end loop;
end
$$;
comment on function prepare_access_partitions() is 'Makes the partitions of this month and the next two';
select prepare_access_partitions();

create function new_event_id(at timestamptz) returns uuid
language sql volatile parallel safe set search_path = pg_catalog as $$
  select encode(
    set_bit(set_bit(
      overlay(uuid_send(gen_random_uuid())
              placing substring(int8send(floor(extract(epoch from at) * 1000)::bigint) from 3)
              from 1 for 6),
      52, 1), 53, 1), 'hex')::uuid
$$;
comment on function new_event_id(timestamptz) is 'A UUIDv7: the writer of the log cannot choose it';

create function record_access(
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
comment on function record_access is 'The only way into the log; gives back the ids in the order of its arguments';

revoke all on function record_access, prepare_access_partitions, new_event_id from public;
grant execute on function record_access, prepare_access_partitions to filet_app;
grant select on access_event to filet_app;
