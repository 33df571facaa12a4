create table lesson (
  cell_id uuid not null references cell,
  month date not null,
  aspect smallint not null,
  code text not null,
  times integer not null check (times > 0),
  primary key (cell_id, month, aspect, code)
);
comment on table lesson is 'What cells learn, counted by cell, month and code: no row of it is one situation, agency or person';
comment on column lesson.month is 'First day of the month, on the local date of America/Toronto';
comment on column lesson.aspect is '0 theme, 1 what helped, 2 what hindered';

grant select, insert, update on lesson to filet_app;
