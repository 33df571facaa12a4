drop table meeting_document;
drop table meeting_agenda;
