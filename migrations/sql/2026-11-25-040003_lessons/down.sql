drop table lesson;
