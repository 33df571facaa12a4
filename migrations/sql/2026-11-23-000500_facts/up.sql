create table fact (
  id uuid primary key,
  file_id uuid not null references risk_file,
  cell_id uuid not null,
  person_id uuid not null references person,
  field smallint not null,
  source_id uuid not null references agency,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  value_sealed bytea not null,
  vault uuid[],
  supersedes uuid references fact,
  retracted_at timestamptz,
  retracted_by uuid
);
create index fact_file_idx on fact (file_id);
create index fact_source_idx on fact (source_id, file_id);
-- One correction at a time: two workers who correct the same fact do not both become current.
create unique index fact_supersedes_key on fact (supersedes) where retracted_at is null;
comment on table fact is 'One statement by one agency about one person; a correction is a new row';
comment on column fact.field is 'Number of a catalogue field; its category follows from it';
comment on column fact.value_sealed is 'AES-256-GCM-SIV under the file''s key, bound to table, column, row and key version';
comment on column fact.vault is 'Agencies that may receive it at all; null: no vault, empty: none';
comment on column fact.supersedes is 'The older fact of the same source, person and field that this one corrects';
comment on column fact.retracted_at is 'Put on the wrong person: from then on shown to nobody but its source, in history';

create table name_token (
  file_id uuid not null references risk_file,
  person_id uuid not null references person,
  bucket integer not null,
  token_sealed bytea not null,
  name_facts uuid[] not null,
  birth_fact uuid not null references fact
);
create index name_token_bucket_idx on name_token (bucket);
create index name_token_file_idx on name_token (file_id);
comment on table name_token is 'Blind index of a name together with a birth date or year';
comment on column name_token.bucket is 'Sixteen bits of the keyed hash: enough to look up, too few to name anybody';
comment on column name_token.token_sealed is 'The whole token under the file''s key, so that it dies with the key';

grant select, insert, update on fact to filet_app;
grant select, insert, delete on name_token to filet_app;
