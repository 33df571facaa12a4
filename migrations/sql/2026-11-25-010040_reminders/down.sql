drop table reminder;
