create table reminder (
  id uuid primary key,
  cell_id uuid not null references cell,
  file_id uuid references risk_file,
  kind text not null,
  subject uuid not null,
  recipient_account uuid references account,
  recipient_agency uuid references agency,
  created_at timestamptz not null,
  due_at timestamptz not null,
  escalate_at timestamptz,
  told_at timestamptz,
  escalated_at timestamptz,
  done_at timestamptz,
  check (recipient_account is null or recipient_agency is null),
  check (escalate_at > due_at)
);
create index reminder_due_idx on reminder (due_at) where done_at is null and told_at is null;
create index reminder_escalation_idx on reminder (escalate_at) where done_at is null and told_at is not null;
create index reminder_subject_idx on reminder (subject) where done_at is null;
comment on table reminder is 'What somebody is to be reminded of at an instant: overdue actions, reviews, deadlines. Never a case value';
comment on column reminder.kind is 'The kind of message it becomes';
comment on column reminder.subject is 'The action, appraisal or mobilisation it is about';
comment on column reminder.recipient_agency is 'The agency reminded; with no agency and no account, the coordination of the cell';
comment on column reminder.escalate_at is 'When the coordination is told, if nothing was done until then';
comment on column reminder.told_at is 'When it became a message';
comment on column reminder.escalated_at is 'When the coordination was told, also because nobody else could be';
comment on column reminder.done_at is 'When nothing remained to be told: all was, or what it reminds of is done';
grant select, insert, update on reminder to filet_app;
