create table cell (
  id uuid primary key,
  key text not null unique,
  name text not null,
  region text not null,
  meeting_within_hours integer not null check (meeting_within_hours between 1 and 720),
  quorum smallint not null check (quorum between 1 and 50),
  sunset_days integer not null check (sunset_days between 0 and 3650),
  created_at timestamptz not null
);
comment on table cell is 'A rapid intervention cell (cellule d''intervention rapide)';
comment on column cell.sunset_days is 'Days after closure from which only an agency''s own facts remain readable';

create table agency (
  id uuid primary key,
  key text not null unique,
  name text not null,
  kind smallint not null,
  regime text not null,
  created_at timestamptz not null,
  disabled_at timestamptz
);
comment on table agency is 'An agency (organisme), a controller in its own right under its own regime';
comment on column agency.kind is 'Number of authz::vocabulary::AgencyKind; the ceiling depends on it';
comment on column agency.regime is 'Statute that governs what it holds: A-2.1, P-39.1, R-22.1 or P-34.1';

grant select, insert, update on cell, agency to filet_app;
