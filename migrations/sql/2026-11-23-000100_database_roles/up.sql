-- The running program owns nothing: it works as filet_app, which later migrations grant to, table by table.
-- Roles belong to the cluster, so they may already exist when a second database is prepared.
do $$
begin
  if not exists (select from pg_roles where rolname = 'filet_app') then
    create role filet_app nologin;
  end if;
  execute format('grant filet_app to %I', current_user);
exception
  -- Two databases of one cluster may be prepared at the same moment.
  when duplicate_object or unique_violation then null;
end
$$;
revoke create on schema public from public;
grant usage on schema public to filet_app;
