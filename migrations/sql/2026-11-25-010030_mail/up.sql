create table mail (
  id uuid primary key,
  account_id uuid not null references account,
  created_at timestamptz not null,
  retry_at timestamptz not null,
  attempts smallint not null default 0,
  claimed_until timestamptz,
  sent_at timestamptz,
  abandoned_at timestamptz,
  check (sent_at is null or abandoned_at is null)
);
create index mail_waiting_idx on mail (retry_at) where sent_at is null and abandoned_at is null;
create index mail_account_idx on mail (account_id) where sent_at is null and abandoned_at is null;
create index mail_abandoned_idx on mail (abandoned_at) where abandoned_at is not null;
create index mail_settled_idx on mail ((coalesce(sent_at, abandoned_at)));
comment on table mail is 'A mail to one account: the same words for everybody, about everything due to it at one moment. Times are the machine''s';
comment on column mail.retry_at is 'Not before';
comment on column mail.attempts is 'How often it was claimed; the number also tells a sender whose claim ran out that it is no longer his';
comment on column mail.claimed_until is 'Until then one process is sending it; afterwards any may';
comment on column mail.sent_at is 'When the server for mail took it and we wrote that down';
comment on column mail.abandoned_at is 'When it was given up after many attempts';

create table delivery (
  inbox_id uuid primary key references inbox,
  account_id uuid not null references account,
  due_at timestamptz not null,
  mail_id uuid references mail on delete cascade
);
create index delivery_due_idx on delivery (due_at) where mail_id is null;
create index delivery_account_idx on delivery (account_id, due_at) where mail_id is null;
create index delivery_mail_idx on delivery (mail_id) where mail_id is not null;
comment on table delivery is 'A message of the inbox that is announced by mail';
comment on column delivery.due_at is 'When its reader wishes to be told, in the domain''s time';
comment on column delivery.mail_id is 'The mail that announces it, once it is due';

grant select, insert, update, delete on mail, delivery to filet_app;
