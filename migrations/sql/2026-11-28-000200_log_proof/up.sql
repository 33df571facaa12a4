-- The rows of the log as leaves of a tree, in an order made afterwards, and the points of it that were signed.
create table log_leaf (
  place bigint primary key check (place >= 0),
  event uuid not null unique,
  recorded_at timestamptz not null,
  salt uuid not null,
  hash bytea not null check (octet_length(hash) = 32)
);
comment on table log_leaf is 'The rows of the log in the order in which they became leaves: appended to, never altered';
comment on column log_leaf.place is 'From 0, without a gap';
comment on column log_leaf.recorded_at is 'Of the row, which is kept by this time and its id';
comment on column log_leaf.salt is 'Random, part of what is hashed, told with the row only: a hash alone lets nobody guess what it is of';
comment on column log_leaf.hash is 'SHA-256 of a zero byte and of the row as canonical JSON (RFC 6962, RFC 8785)';

create table log_point (
  size bigint primary key check (size > 0),
  signed_at timestamptz not null,
  peaks bytea not null,
  note text not null
);
comment on table log_point is 'What was signed of the log: how many leaves, and the root of their tree';
comment on column log_point.peaks is 'Roots of the full trees that make up this one, the largest first, 32 bytes each';
comment on column log_point.note is 'The signed point as it is handed out';

create table log_order (
  only_row boolean primary key default true check (only_row),
  cluster bigint not null,
  below xid8 not null
);
comment on table log_order is 'How far the rows of the log have become leaves';
comment on column log_order.cluster is 'The cluster whose transactions are counted: after a restore elsewhere the count begins anew';
comment on column log_order.below is 'Every row of an earlier transaction is a leaf';
insert into log_order (cluster, below)
  select system_identifier, '0'::xid8 from pg_control_system();

grant select on access_event to filet_sequencer;
grant select, insert on log_leaf, log_point to filet_sequencer;
grant select, update on log_order to filet_sequencer;
grant select on log_leaf, log_point, log_order to filet_app;
