alter table disclosure drop column meeting_id, drop column channel;
