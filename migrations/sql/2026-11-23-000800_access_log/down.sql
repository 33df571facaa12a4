drop function record_access;
drop function new_event_id;
drop function prepare_access_partitions;
drop table access_event;
