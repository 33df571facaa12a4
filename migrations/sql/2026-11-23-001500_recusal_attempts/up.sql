create table recusal_attempt (
  file_id uuid not null,
  human_id uuid not null,
  day date not null,
  told_at timestamptz not null,
  primary key (file_id, human_id, day),
  foreign key (file_id, human_id) references recusal
);
comment on table recusal_attempt is 'Days on which a recused person tried to open the file, once the coordination was told';
comment on column recusal_attempt.day is 'Local date of America/Toronto';
create index access_event_absent_idx on access_event (recorded_at) where decision = 1;
grant select, insert on recusal_attempt to filet_app;
