alter table invitation drop constraint invitation_kind_known;
comment on column invitation.kind is '0 enrolment, 1 password reset';
drop index invitation_account_idx;
drop index role_grant_cell_idx;
alter table role_grant drop constraint role_grant_order;
delete from role_grant where valid_until = valid_from;
alter table role_grant add constraint role_grant_check check (valid_until is null or valid_until > valid_from);
alter table session drop column narrow;
