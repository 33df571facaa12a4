create table role_request (
  id uuid primary key,
  account_id uuid not null references account,
  cell_id uuid not null references cell,
  role smallint not null,
  valid_from timestamptz,
  valid_until timestamptz,
  asked_by uuid not null references account,
  asked_at timestamptz not null,
  lapses_at timestamptz not null,
  decided_by uuid references account,
  decided_at timestamptz,
  confirmed boolean,
  check ((decided_at is null) = (decided_by is null)),
  check ((decided_at is null) = (confirmed is null)),
  constraint role_request_four_eyes check (confirmed is not true or (decided_by <> asked_by and decided_by <> account_id))
);
create unique index role_request_waiting_key on role_request (account_id, cell_id, role) where decided_at is null;
create index role_request_cell_idx on role_request (cell_id) where decided_at is null;
comment on table role_request is 'A role that gives power over others, asked for by one admin; it counts when an admin who is another person confirms it';
comment on column role_request.valid_from is 'From when it was asked for; nothing: from its confirmation';
comment on column role_request.lapses_at is 'From then on it can no longer be confirmed';
comment on column role_request.confirmed is 'True: the role was granted. False: refused, withdrawn or lapsed. Nothing: it waits';

grant select, insert, update on role_request to filet_app;
