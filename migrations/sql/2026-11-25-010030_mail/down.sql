drop table delivery;
drop table mail;
