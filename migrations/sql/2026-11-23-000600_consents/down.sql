drop table provision;
drop table consent;
