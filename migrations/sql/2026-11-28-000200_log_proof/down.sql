drop table log_order;
drop table log_point;
drop table log_leaf;
revoke select on access_event from filet_sequencer;
