drop table recusal;
drop table person;
drop table circle;
drop table risk_file;
