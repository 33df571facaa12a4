-- An act may tell documents as it tells facts, chosen one by one.
alter table disclosure add column item_documents uuid[] not null default '{}';
comment on column disclosure.item_documents is 'The documents chosen one by one (single act)';

create function act_tells_document(
  expires smallint, document uuid, person uuid, category smallint, recorded_at timestamptz, made_at timestamptz,
  documents uuid[], subjects uuid[], categories smallint[]
) returns boolean
language sql immutable set search_path = pg_catalog, public as $$
  select case expires
    when 0 then document = any(documents) and recorded_at <= made_at
    when 1 then exists (
      select from unnest(subjects, categories) as item(subject, category)
      where item.subject = person and item.category = act_tells_document.category)
    else false
  end
$$;
comment on function act_tells_document is 'Does a disclosure act in force cover this document? The gate says the same of each read';
grant execute on function act_tells_document to filet_app;
