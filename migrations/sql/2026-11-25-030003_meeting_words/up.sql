create table meeting_agenda (
  id uuid primary key,
  meeting_id uuid not null references meeting,
  cell_id uuid not null,
  file_id uuid not null,
  position smallint not null,
  code text,
  document_id uuid references document,
  added_at timestamptz not null,
  unique (meeting_id, position),
  check ((code is null) <> (document_id is null))
);
comment on table meeting_agenda is 'The agenda of a meeting, in order: a code, or a labelled document that only the gate shows';
comment on column meeting_agenda.code is 'A code of agenda_item';

create table meeting_document (
  document_id uuid primary key references document,
  meeting_id uuid not null references meeting,
  cell_id uuid not null,
  file_id uuid not null,
  added_at timestamptz not null
);
create index meeting_document_meeting_idx on meeting_document (meeting_id);
comment on table meeting_document is 'Which contributions and decisions belong to a meeting; what they say and whose they are stands in the document';

grant select, insert on meeting_agenda, meeting_document to filet_app;
