alter table mobilisation drop column lessons_given, drop column following, drop column reappraisal_due_at;
