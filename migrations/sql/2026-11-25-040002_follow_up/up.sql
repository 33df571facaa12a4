-- After the meeting: what prompts a new appraisal, who keeps following, whether lessons were given.
alter table mobilisation
  add column reappraisal_due_at timestamptz,
  add column following uuid[] not null default '{}',
  add column lessons_given boolean not null default false;
comment on column mobilisation.reappraisal_due_at is 'Since when a new event asks for a new appraisal; null once somebody appraised again';
comment on column mobilisation.following is 'The agencies that keep following after closure';
comment on column mobilisation.lessons_given is 'That something was learned, never what: lessons are kept without it';
