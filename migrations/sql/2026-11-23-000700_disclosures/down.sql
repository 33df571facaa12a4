drop table disclosure;
