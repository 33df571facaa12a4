-- The role of whoever orders and signs: it adds, and alters nothing but the place it has come to.
do $$
begin
  if not exists (select from pg_roles where rolname = 'filet_sequencer') then
    create role filet_sequencer nologin;
  end if;
  execute format('grant filet_sequencer to %I', current_user);
exception
  -- Two databases of one cluster may be prepared at the same moment.
  when duplicate_object or unique_violation then null;
end
$$;
grant usage on schema public to filet_sequencer;
