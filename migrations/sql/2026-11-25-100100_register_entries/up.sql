create table register_entry (
  id uuid primary key,
  agency_id uuid not null references agency,
  book smallint not null,
  entered_at timestamptz not null
);
create index register_entry_order_idx on register_entry (agency_id, book, entered_at, id);
comment on table register_entry is 'An entry of a register that an agency''s privacy officer keeps; what it says stands in its versions';
comment on column register_entry.book is '0 confidentiality incidents, 1 access requests: number of domain::ledger::Book';

create table register_version (
  id uuid primary key,
  entry_id uuid not null references register_entry,
  number smallint not null check (number > 0),
  written_by uuid not null references account,
  written_at timestamptz not null,
  since_on date not null,
  open boolean not null,
  record_sealed bytea not null,
  unique (entry_id, number)
);
comment on table register_version is 'What an entry said from a moment on: appended to, never altered or removed';
comment on column register_version.number is 'From 1; the highest is what the entry says now';
comment on column register_version.since_on is 'Local date of America/Toronto from which the time to keep it runs: an incident, five years at least from when it was known of';
comment on column register_version.open is 'Is something still to be done?';
comment on column register_version.record_sealed is 'Sealed under a secret of the installation that lies outside the database';

grant select, insert on register_entry, register_version to filet_app;
