-- Somebody is told once of each moment at which something is due; a moment that is moved is a new one.
alter table safety_action add column soon_told_for timestamptz, add column overdue_told_for timestamptz;
alter table mobilisation add column overdue_told_for timestamptz;
create index safety_action_soon_idx on safety_action (due_at, id)
  where status in (0, 1) and soon_told_for is distinct from due_at;
create index safety_action_overdue_idx on safety_action (due_at, id)
  where status in (0, 1) and overdue_told_for is distinct from due_at;
create index mobilisation_overdue_idx on mobilisation (due_at, id)
  where due_at is not null and overdue_told_for is distinct from due_at;
comment on column safety_action.soon_told_for is 'The due moment of which its owner was told a day ahead';
comment on column safety_action.overdue_told_for is 'The due moment of which its owner and the coordination were told that it had passed';
comment on column mobilisation.overdue_told_for is 'The due moment of which the coordination was told that it had passed';
