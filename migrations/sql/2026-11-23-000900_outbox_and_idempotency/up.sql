create table outbox (
  id uuid primary key,
  kind text not null,
  recipient_account uuid references account,
  recipient_agency uuid references agency,
  subject uuid,
  created_at timestamptz not null,
  not_before timestamptz not null,
  attempts smallint not null default 0,
  delivered_at timestamptz,
  abandoned_at timestamptz
);
create index outbox_waiting_idx on outbox (not_before) where delivered_at is null and abandoned_at is null;
comment on table outbox is 'Messages written with the change they speak of; a fixed text and a link, never a case value';
comment on column outbox.subject is 'What the link leads to; whoever follows it passes the gate like anybody';

create table inbox (
  id uuid primary key,
  account_id uuid not null references account,
  kind text not null,
  subject uuid,
  created_at timestamptz not null,
  read_at timestamptz
);
create index inbox_account_idx on inbox (account_id, created_at, id);
comment on table inbox is 'What the outbox delivered inside the program';

create table idempotency (
  account_id uuid not null references account,
  key text not null,
  request_hash bytea not null,
  status smallint not null,
  answer jsonb not null,
  created_at timestamptz not null,
  primary key (account_id, key)
);
create index idempotency_created_idx on idempotency (created_at);
comment on table idempotency is 'Answers to creations for 24 hours, so that a repeated request changes nothing';
comment on column idempotency.answer is 'Identifiers and instants only, never a value';

grant select, insert, update on outbox, inbox to filet_app;
grant select, insert, delete on idempotency to filet_app;
