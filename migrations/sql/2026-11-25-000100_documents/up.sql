create table document (
  id uuid primary key,
  file_id uuid not null references risk_file,
  cell_id uuid not null,
  person_id uuid not null references person,
  kind smallint not null,
  category smallint not null,
  source_id uuid not null references agency,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  body_sealed bytea not null,
  vault uuid[],
  supersedes uuid references document,
  retracted_at timestamptz,
  retracted_by uuid
);
create index document_file_idx on document (file_id);
create index document_source_idx on document (source_id, file_id);
create unique index document_supersedes_key on document (supersedes) where retracted_at is null;
comment on table document is 'A text of more than one value about one person, with the label of a fact: it passes the same gate';
comment on column document.kind is 'Number of domain::document::DocumentKind';
comment on column document.category is 'Number of authz::vocabulary::Category: what consent and policy speak of';
comment on column document.body_sealed is 'JSON under the file''s key, bound to table, column, row and key version';
comment on column document.vault is 'Agencies that may receive it at all; null: no vault, empty: none';
comment on column document.supersedes is 'The older document of the same source, person and kind that this one corrects';
comment on column document.retracted_at is 'Taken back: from then on shown to nobody';

grant select, insert, update on document to filet_app;
