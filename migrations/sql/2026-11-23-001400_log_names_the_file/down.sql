drop function append_access;
create index access_event_object_idx on access_event (object, recorded_at);
drop index access_event_file_idx;
alter table access_event drop column file;
