-- While it is built no row is written, and so nothing read: about a second for each million rows.
create index access_event_xid_idx on access_event (xid);
comment on index access_event_xid_idx is 'Finds the rows that wait for their place in the tree';
