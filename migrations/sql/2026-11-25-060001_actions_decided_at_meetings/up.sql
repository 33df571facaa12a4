-- An action may say at which meeting it was decided.
alter table safety_action add column meeting_id uuid references meeting;
create index safety_action_meeting_idx on safety_action (meeting_id) where meeting_id is not null;
comment on column safety_action.meeting_id is 'The meeting at which it was decided, if at one: of the same mobilisation and file';
