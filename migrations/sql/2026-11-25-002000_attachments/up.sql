-- The content of an attached file, in pieces under a key of its own. Its label and name are its document's.
create table attachment_content (
  document_id uuid primary key references document,
  file_id uuid not null references risk_file,
  cell_id uuid not null,
  key_sealed bytea,
  about_sealed bytea not null,
  uploaded_at timestamptz not null,
  uploaded_by uuid not null,
  erased_at timestamptz,
  check ((key_sealed is null) = (erased_at is not null))
);
create index attachment_content_file_idx on attachment_content (file_id);
comment on table attachment_content is 'What was uploaded for a document of kind attachment; written once';
comment on column attachment_content.key_sealed is 'The content''s own random key, wrapped under the file''s key; null once erased';
comment on column attachment_content.about_sealed is 'JSON with type and size, under the file''s key';
comment on column attachment_content.erased_at is 'When the content was erased with its key, by a retraction';

create table attachment_chunk (
  document_id uuid not null references attachment_content,
  position integer not null,
  file_id uuid not null references risk_file,
  cell_id uuid not null,
  sealed bytea not null,
  primary key (document_id, position)
);
-- Sealed bytes do not compress.
alter table attachment_chunk alter column sealed set storage external;
comment on table attachment_chunk is 'Pieces of an attachment''s content, each sealed for its row, its place and whether it is the last';
comment on column attachment_chunk.position is 'From 0';
comment on column attachment_chunk.sealed is 'Under the content''s own key';

grant select, insert on attachment_content to filet_app;
grant update (key_sealed, erased_at) on attachment_content to filet_app;
grant select, insert, delete on attachment_chunk to filet_app;
