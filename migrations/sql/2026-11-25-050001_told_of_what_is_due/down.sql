drop index mobilisation_overdue_idx, safety_action_overdue_idx, safety_action_soon_idx;
alter table mobilisation drop column overdue_told_for;
alter table safety_action drop column overdue_told_for, drop column soon_told_for;
