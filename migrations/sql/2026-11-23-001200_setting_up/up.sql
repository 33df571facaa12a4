-- A session opened without the second factor that the installation requires may set it up and nothing else.
alter table session add column narrow boolean not null default false;
comment on column session.narrow is 'Opened without the second factor required: it may set one up and nothing else';

-- A role withdrawn before it began was held for no time at all; the row says that it had been granted.
alter table role_grant drop constraint role_grant_check;
alter table role_grant add constraint role_grant_order check (valid_until is null or valid_until >= valid_from);
create index role_grant_cell_idx on role_grant (cell_id);

create index invitation_account_idx on invitation (account_id);
alter table invitation add constraint invitation_kind_known check (kind between 0 and 2);
comment on column invitation.kind is '0 enrolment, 1 password reset, 2 reset of the password and the second factor';
