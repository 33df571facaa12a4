create table consent (
  id uuid primary key,
  file_id uuid not null references risk_file,
  cell_id uuid not null,
  subject_id uuid not null references person,
  grantor smallint not null,
  grantor_person uuid,
  given_at timestamptz not null,
  valid_from timestamptz not null,
  valid_until timestamptz,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  form smallint not null,
  language text not null,
  interpreter boolean not null default false,
  limits_explained boolean not null,
  words_sealed bytea,
  recorded_by uuid not null,
  recorded_agency uuid not null references agency,
  recorded_at timestamptz not null
);
create index consent_file_idx on consent (file_id);
comment on table consent is 'What a person said yes and no to, as a worker recorded it';
comment on column consent.form is '0 verbal, 1 written';
comment on column consent.words_sealed is 'The words used, sealed under the file''s key';

create table provision (
  consent_id uuid not null references consent,
  file_id uuid not null,
  position smallint not null,
  effect smallint not null,
  recipients uuid[] not null,
  to_circle boolean not null,
  categories integer not null,
  purposes integer not null,
  sources uuid[] not null,
  any_source boolean not null,
  primary key (consent_id, position)
);
create index provision_file_idx on provision (file_id);
comment on column provision.categories is 'Bit per category; -1 is any; 0 names nothing';
comment on column provision.purposes is 'Bit per purpose; -1 is any; 0 names nothing';

grant select, insert, update on consent to filet_app;
grant select, insert on provision to filet_app;
