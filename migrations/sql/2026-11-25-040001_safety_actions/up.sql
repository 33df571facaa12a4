create table safety_action (
  id uuid primary key,
  mobilisation_id uuid not null references mobilisation,
  cell_id uuid not null,
  file_id uuid not null references risk_file,
  kind text not null,
  owner_agency uuid not null references agency,
  owner_account uuid not null references account,
  protects uuid[] not null check (cardinality(protects) > 0),
  written_by uuid not null references account,
  written_agency uuid not null references agency,
  written_at timestamptz not null,
  due_at timestamptz not null,
  status smallint not null default 0,
  ended_at timestamptz,
  if_it_fails text[] not null default '{}',
  must_not text[] not null default '{}',
  document_id uuid references document,
  evidence_id uuid references document
);
create index safety_action_mobilisation_idx on safety_action (mobilisation_id, written_at, id);
create index safety_action_due_idx on safety_action (due_at, id) where status in (0, 1);
comment on table safety_action is 'What one agency does to protect somebody (mesure du filet de sécurité); its words stand in a document, through the gate';
comment on column safety_action.file_id is 'The file whose persons it protects; it stays when the mobilisation later points to another file';
comment on column safety_action.kind is 'A code of action_kind';
comment on column safety_action.owner_account is 'The one person of the owner agency who answers for it';
comment on column safety_action.protects is 'Persons of the file, each known to the owner agency when it was agreed';
comment on column safety_action.due_at is 'Always set; an instant, so clocks that change do not matter';
comment on column safety_action.status is 'Number of domain::action::Status';
comment on column safety_action.must_not is 'Codes of action_must_not: what nobody may do meanwhile';

create table safety_action_step (
  action_id uuid not null references safety_action,
  position smallint not null,
  cell_id uuid not null,
  file_id uuid not null,
  move text not null,
  by_account uuid not null,
  by_agency uuid not null,
  at timestamptz not null,
  reasons text[] not null,
  owner_account uuid not null,
  due_at timestamptz not null,
  primary key (action_id, position)
);
comment on table safety_action_step is 'Who moved an action on, when and why: who answered for it and when it was due from then on';

create table safety_action_told (
  action_id uuid not null references safety_action,
  person_id uuid not null references person,
  told_at timestamptz not null,
  cell_id uuid not null,
  file_id uuid not null,
  by_account uuid not null,
  by_agency uuid not null,
  channel text not null,
  primary key (action_id, person_id, told_at)
);
comment on table safety_action_told is 'Which of the persons it protects was told of an action, by whom and by which safe channel';
comment on column safety_action_told.channel is 'A code of safe_channel: never a number or an address';

grant select, insert, update on safety_action to filet_app;
grant select, insert on safety_action_step, safety_action_told to filet_app;
