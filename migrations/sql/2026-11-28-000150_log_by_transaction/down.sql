drop index access_event_xid_idx;
