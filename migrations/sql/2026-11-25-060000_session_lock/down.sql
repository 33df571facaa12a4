alter table session drop column locked_at;
