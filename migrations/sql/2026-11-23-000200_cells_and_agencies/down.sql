drop table agency;
drop table cell;
