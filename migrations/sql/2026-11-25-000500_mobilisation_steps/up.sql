create table mobilisation_step (
  mobilisation_id uuid not null references mobilisation,
  position smallint not null,
  cell_id uuid not null,
  file_id uuid,
  move text not null,
  state smallint not null,
  by_account uuid,
  by_agency uuid,
  at timestamptz not null,
  reasons text[] not null,
  document_id uuid references document,
  primary key (mobilisation_id, position)
);
comment on table mobilisation_step is 'Who moved a mobilisation on, when and why; nothing but a named person ever does';
comment on column mobilisation_step.reasons is 'Codes; what needs words stands in a document, through the gate';
comment on column mobilisation_step.by_agency is 'Null once the situation is not retained: the record then names nobody but the coordination';

create table mobilisation_opinion (
  mobilisation_id uuid not null references mobilisation,
  agency_id uuid not null references agency,
  cell_id uuid not null,
  account_id uuid not null references account,
  opinion smallint not null,
  reasons text[] not null,
  at timestamptz not null,
  primary key (mobilisation_id, agency_id)
);
comment on table mobilisation_opinion is 'What each organisation of the coordination committee thinks: one each, whoever speaks for it';
comment on column mobilisation_opinion.opinion is '0 trigger, 1 do not, 2 more is needed';

grant select, insert, update on mobilisation_step, mobilisation_opinion to filet_app;
grant delete on mobilisation_opinion to filet_app;
