drop table idempotency;
drop table inbox;
drop table outbox;
