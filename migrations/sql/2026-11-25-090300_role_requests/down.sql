drop table role_request;
