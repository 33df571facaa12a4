create table mobilisation (
  id uuid primary key,
  cell_id uuid not null references cell,
  reference text not null,
  state smallint not null default 0,
  brought_by uuid not null references agency,
  own_reference text,
  file_id uuid references risk_file,
  age_band text,
  region text,
  factors text[],
  services text[],
  level text,
  urgent boolean not null default false,
  repeat_of uuid references mobilisation,
  repeat_rule smallint,
  transferred_from uuid references mobilisation,
  transferred_to uuid references cell,
  opened_at timestamptz not null,
  consulted_at timestamptz,
  decided_at timestamptz,
  triggered_at timestamptz,
  identity_at timestamptz,
  met_at timestamptz,
  planned_at timestamptz,
  review_at timestamptz,
  closed_at timestamptz,
  residual_level text,
  due_at timestamptz,
  unique (cell_id, reference)
);
create index mobilisation_due_idx on mobilisation (cell_id, due_at, id) where due_at is not null;
create index mobilisation_order_idx on mobilisation (cell_id, opened_at, id);
create index mobilisation_state_idx on mobilisation (cell_id, state, opened_at, id);
create index mobilisation_brought_idx on mobilisation (brought_by, opened_at, id);
create index mobilisation_file_idx on mobilisation (file_id) where file_id is not null;
comment on table mobilisation is 'A cell''s process around one situation (mobilisation); a consultation without identity is never a risk file';
comment on column mobilisation.state is 'Number of domain::mobilisation::State';
comment on column mobilisation.own_reference is 'A word of the agency that brought it, for itself alone; gone when the situation is not retained';
comment on column mobilisation.file_id is 'Set when identity is opened by consent or by a disclosure, never before';
comment on column mobilisation.factors is 'Codes only, with age band and region: no text, so that nobody can be named; gone when not retained';
comment on column mobilisation.urgent is 'Triggered before the committee met, because life could not wait';
comment on column mobilisation.repeat_rule is 'Version of the rule by which it is a repeat';
comment on column mobilisation.due_at is 'When its next step is due; null when none is. Instants, so clocks that change do not matter';

grant select, insert, update on mobilisation to filet_app;
