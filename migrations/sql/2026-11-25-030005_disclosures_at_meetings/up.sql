-- An act may be made aloud, at a meeting: one for each recipient.
alter table disclosure add column meeting_id uuid references meeting, add column channel smallint not null default 0;
create index disclosure_meeting_idx on disclosure (meeting_id) where meeting_id is not null;
comment on column disclosure.meeting_id is 'The meeting at which it was made, if at one';
comment on column disclosure.channel is 'Number of domain::disclosure::Channel: 0 through the platform, 1 aloud';
