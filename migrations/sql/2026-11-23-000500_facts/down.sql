drop table name_token;
drop table fact;
