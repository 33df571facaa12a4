drop table log_order;
drop table log_point;
drop table log_leaf;
drop index access_event_xid_idx;
revoke select on access_event from filet_sequencer;
