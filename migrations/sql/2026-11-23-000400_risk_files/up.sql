create table risk_file (
  id uuid primary key,
  cell_id uuid not null references cell,
  reference text not null,
  status smallint not null default 0,
  opened_by uuid not null references account,
  opened_at timestamptz not null,
  closed_at timestamptz,
  sunset_at timestamptz,
  unique (cell_id, reference)
);
create index risk_file_order_idx on risk_file (cell_id, opened_at, id);
comment on table risk_file is 'A risk file (dossier de risque): the frame around pooled facts';
comment on column risk_file.status is '0 active, 1 closed';
comment on column risk_file.sunset_at is 'From this instant only own facts remain, whatever jobs have or have not run';

create table circle (
  file_id uuid not null references risk_file,
  cell_id uuid not null,
  agency_id uuid not null references agency,
  from_at timestamptz not null,
  until_at timestamptz,
  added_by uuid,
  primary key (file_id, agency_id, from_at),
  check (until_at is null or until_at >= from_at)
);
create index circle_agency_idx on circle (agency_id, file_id);
comment on table circle is 'Which agencies work around a file, and when';

create table person (
  id uuid primary key,
  file_id uuid not null references risk_file,
  cell_id uuid not null,
  role smallint not null,
  birth_sealed bytea,
  vault uuid[],
  added_by uuid not null,
  source_id uuid not null references agency,
  added_at timestamptz not null
);
create index person_file_idx on person (file_id);
comment on column person.birth_sealed is 'Birth date for reckoning age only, sealed; never shown to anybody';
comment on column person.vault is 'Agencies that may know of this person; null: the whole circle';

create table recusal (
  file_id uuid not null references risk_file,
  human_id uuid not null,
  recused_by uuid not null,
  recused_at timestamptz not null,
  primary key (file_id, human_id)
);
comment on table recusal is 'Human beings for whom the file does not exist';

grant select, insert, update on risk_file, circle, person, recusal to filet_app;
