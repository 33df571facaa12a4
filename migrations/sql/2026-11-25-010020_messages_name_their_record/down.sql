drop index inbox_about_idx;
drop index outbox_about_idx;
alter table inbox drop column about;
alter table outbox drop column cell_id;
alter table outbox drop column about;
