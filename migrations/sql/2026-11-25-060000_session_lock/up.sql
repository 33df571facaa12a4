alter table session add column locked_at timestamptz;
comment on column session.locked_at is 'Since when it waits for its holder to prove anew who she is (verrou); nothing is read or changed meanwhile';
