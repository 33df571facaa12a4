create table meeting_seat (
  meeting_id uuid not null references meeting,
  agency_id uuid not null references agency,
  cell_id uuid not null,
  file_id uuid not null,
  account_id uuid not null references account,
  substitute_id uuid references account,
  capacity smallint not null,
  admitted_at timestamptz,
  reply smallint,
  replied_at timestamptz,
  answer smallint,
  answer_reason text,
  answered_by uuid references account,
  answered_at timestamptz,
  primary key (meeting_id, agency_id)
);
create index meeting_seat_account_idx on meeting_seat (account_id);
create index meeting_seat_substitute_idx on meeting_seat (substitute_id) where substitute_id is not null;
comment on table meeting_seat is 'An agency called to a meeting, with the person who sits for it; being called opens nothing of the file';
comment on column meeting_seat.capacity is 'Number of authz::vocabulary::Capacity: as whom the agency would be told without consent';
comment on column meeting_seat.admitted_at is 'Admitted at the table by the coordinator, not called before';
comment on column meeting_seat.reply is 'Number of domain::meeting::Reply; forgotten when the meeting moves';
comment on column meeting_seat.answer is 'Number of domain::meeting::AgencyAnswer: the last one counts';
comment on column meeting_seat.answer_reason is 'A code of withheld_reason; shown to the agency itself alone';

create table meeting_attendance (
  id uuid primary key,
  meeting_id uuid not null references meeting,
  position smallint not null,
  cell_id uuid not null,
  file_id uuid not null,
  agency_id uuid not null references agency,
  account_id uuid not null references account,
  capacity smallint not null,
  arrived_at timestamptz not null,
  undertaking text not null,
  undertaken_at timestamptz not null,
  recorded_by uuid not null references account,
  departed_at timestamptz,
  departed_part uuid,
  unique (meeting_id, position),
  check (departed_at is null or departed_at >= arrived_at)
);
create unique index meeting_attendance_present_key on meeting_attendance (meeting_id, account_id) where departed_at is null;
comment on table meeting_attendance is 'Who was in the room from when until when: each attendee is a recipient in law';
comment on column meeting_attendance.position is 'In which order people came in';
comment on column meeting_attendance.capacity is 'Number of authz::vocabulary::Capacity';
comment on column meeting_attendance.undertaking is 'Version of the confidentiality undertaking that was agreed to';
comment on column meeting_attendance.departed_part is 'The item of the agenda for which the person left, when it was for one';

grant select, insert, update on meeting_seat, meeting_attendance to filet_app;
