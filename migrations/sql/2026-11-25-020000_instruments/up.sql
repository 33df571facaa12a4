create table instrument (
  code text not null,
  version smallint not null check (version >= 1),
  definition jsonb not null,
  imported_by uuid not null references account,
  imported_at timestamptz not null,
  primary key (code, version)
);
comment on table instrument is 'Instruments of risk appraisal that were imported, beside those the program ships with; a version is never altered';
comment on column instrument.code is 'Short name; never one of those the program ships with';
comment on column instrument.definition is 'As docs/instrument.schema.json says, checked when it was imported; no file content';
comment on column instrument.imported_by is 'Account of the admin who imported it';

grant select, insert on instrument to filet_app;
