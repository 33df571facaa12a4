create table draft (
  id uuid primary key,
  account_id uuid not null references account,
  form text not null,
  words_sealed bytea not null,
  saved_at timestamptz not null,
  unique (account_id, form)
);
create index draft_saved_idx on draft (saved_at);
comment on table draft is 'What somebody had begun to write on a page (brouillon), sealed; for its writer alone, for a day at most';
comment on column draft.form is 'The path of the page: handles, never a value';
comment on column draft.words_sealed is 'Sealed under a secret of the installation that lies outside the database';

grant select, insert, update, delete on draft to filet_app;
