drop index access_event_absent_idx;
drop table recusal_attempt;
