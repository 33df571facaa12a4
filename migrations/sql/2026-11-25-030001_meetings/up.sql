create table meeting (
  id uuid primary key,
  mobilisation_id uuid not null references mobilisation,
  cell_id uuid not null references cell,
  file_id uuid not null references risk_file,
  kind smallint not null,
  mode smallint not null,
  starts_at timestamptz not null,
  ends_at timestamptz,
  place_sealed bytea,
  link_sealed bytea,
  invitation_uid text not null,
  sequence integer not null default 0,
  late boolean not null default false,
  short_of_quorum boolean not null default false,
  convened_by uuid not null references account,
  convened_at timestamptz not null,
  changed_at timestamptz not null,
  opened_at timestamptz,
  chair uuid references account,
  chair_agency uuid references agency,
  closed_at timestamptz,
  cancelled_at timestamptz,
  check (ends_at is null or ends_at > starts_at),
  check (closed_at is null or opened_at is not null)
);
create index meeting_mobilisation_idx on meeting (mobilisation_id, starts_at, id);
create index meeting_file_idx on meeting (file_id);
comment on table meeting is 'A meeting of a cell around one situation (rencontre de cellule); what is said there stands in documents, through the gate';
comment on column meeting.kind is 'Number of domain::meeting::MeetingKind';
comment on column meeting.mode is 'Number of domain::meeting::Mode';
comment on column meeting.place_sealed is 'Where it is held, under the file''s key; never in a message nor in an invitation';
comment on column meeting.link_sealed is 'How to join from afar, under the file''s key; never in a message nor in an invitation';
comment on column meeting.invitation_uid is 'Random name of the calendar event: it leads to nothing';
comment on column meeting.sequence is 'How often the calendar event changed';
comment on column meeting.late is 'A regular meeting that starts after the cell''s standard, counted from the trigger in elapsed time';
comment on column meeting.short_of_quorum is 'An emergency meeting convened with fewer organisations than the quorum';
comment on column meeting.chair is 'Who opened it and chairs it';

grant select, insert, update on meeting to filet_app;
