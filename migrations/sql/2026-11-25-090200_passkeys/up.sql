create table passkey (
  id uuid primary key,
  account_id uuid not null references account,
  name text not null,
  credential_hash bytea not null unique,
  credential_sealed bytea not null,
  created_at timestamptz not null,
  last_used_at timestamptz
);
create index passkey_account_idx on passkey (account_id);
comment on table passkey is 'A key kept by a device (clé d''accès), with which its holder signs in';
comment on column passkey.name is 'What its holder calls it';
comment on column passkey.credential_hash is 'SHA-256 of the identifier that the device gives it';
comment on column passkey.credential_sealed is 'Public key and counter, sealed with a keystore secret so that nobody puts another in their place';

create table passkey_ceremony (
  id uuid primary key,
  account_id uuid references account,
  name text,
  state_sealed bytea not null,
  expires_at timestamptz not null
);
create index passkey_ceremony_expires_idx on passkey_ceremony (expires_at);
comment on table passkey_ceremony is 'A challenge that waits for a device to answer it; it serves once, for a few minutes';
comment on column passkey_ceremony.account_id is 'Whose new passkey it is for; nothing when somebody signs in';

grant select, insert, update, delete on passkey to filet_app;
grant select, insert, delete on passkey_ceremony to filet_app;
