-- Which consent, meeting or action of the file a message speaks of: its acknowledgements are counted under it.
alter table outbox add column about uuid;
alter table outbox add column cell_id uuid;
alter table inbox add column about uuid;
create index outbox_about_idx on outbox (about) where about is not null;
create index inbox_about_idx on inbox (about) where about is not null;
comment on column outbox.about is 'The record a message speaks of, for its acknowledgements; its reader never sees it';
comment on column outbox.cell_id is 'The cell whose people are meant when an agency is told something that belongs to no file';
comment on column inbox.about is 'As in the outbox';
