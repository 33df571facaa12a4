create table demonstration (
  mark boolean primary key default true check (mark),
  since timestamptz not null default now()
);
comment on table demonstration is 'Holds a row when accounts of this database have a password that is public: such a database is served as a demonstration only';
grant select, insert on demonstration to filet_app;
