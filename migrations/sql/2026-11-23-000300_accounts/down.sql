drop table recovery_code;
drop table invitation;
drop table web_session;
drop table refresh_token;
drop table session;
drop table role_grant;
drop table account;
