create table account (
  id uuid primary key,
  human_id uuid not null,
  agency_id uuid not null references agency,
  email text not null,
  name text not null,
  service boolean not null default false,
  password_hash text,
  password_must_change boolean not null default false,
  totp_sealed bytea,
  totp_pending bytea,
  totp_last_step bigint,
  failures smallint not null default 0,
  failed_at timestamptz,
  lockouts smallint not null default 0,
  locked_until timestamptz,
  locale text not null default 'fr' check (locale in ('fr', 'en')),
  created_at timestamptz not null,
  created_by uuid,
  disabled_at timestamptz
);
create unique index account_email_key on account (lower(email));
create index account_agency_idx on account (agency_id);
create index account_human_idx on account (human_id);
comment on column account.human_id is 'The human being: one person may hold an account in several agencies, and recusal is of the person';
comment on column account.totp_sealed is 'Time-based one-time password secret, sealed with a keystore secret';
comment on column account.totp_pending is 'A second factor being set up, not yet proved by a first code';
comment on column account.totp_last_step is 'Last step accepted, so that a code serves once';

create table role_grant (
  account_id uuid not null references account,
  cell_id uuid not null references cell,
  role smallint not null,
  valid_from timestamptz not null,
  valid_until timestamptz,
  substitute boolean not null default false,
  granted_by uuid,
  granted_at timestamptz not null,
  primary key (account_id, cell_id, role, valid_from),
  check (valid_until is null or valid_until > valid_from)
);
comment on table role_grant is 'What an account does in a cell, and when; a substitute respondent has dates';

create table session (
  id uuid primary key,
  account_id uuid not null references account,
  label text not null default '',
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index session_account_idx on session (account_id);

create table refresh_token (
  token_hash bytea primary key,
  session_id uuid not null references session,
  parent_hash bytea,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz
);
create index refresh_token_session_idx on refresh_token (session_id);
create index refresh_token_parent_idx on refresh_token (parent_hash);
comment on column refresh_token.token_hash is 'SHA-256 of the token; the token itself is never stored';

create table web_session (
  token_hash bytea primary key,
  session_id uuid not null references session
);
comment on table web_session is 'What a browser holds: an opaque token whose hash leads to the session';

create table invitation (
  id uuid primary key,
  account_id uuid not null references account,
  kind smallint not null,
  token_hash bytea not null unique,
  created_by uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
comment on column invitation.kind is '0 enrolment, 1 password reset';

create table recovery_code (
  account_id uuid not null references account,
  code_hash bytea not null,
  used_at timestamptz,
  primary key (account_id, code_hash)
);

grant select, insert, update on account, role_grant, session, refresh_token, web_session, invitation, recovery_code to filet_app;
grant delete on recovery_code, web_session to filet_app;
