drop table demonstration;
