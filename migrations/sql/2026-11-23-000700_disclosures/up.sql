create table disclosure (
  id uuid primary key,
  file_id uuid not null references risk_file,
  cell_id uuid not null,
  source_id uuid not null references agency,
  made_by uuid not null,
  made_at timestamptz not null,
  basis_code text not null,
  basis_version date,
  expires smallint not null,
  until_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by uuid,
  recipient_agencies uuid[] not null,
  recipient_capacities smallint[] not null,
  item_facts uuid[] not null,
  item_subjects uuid[] not null,
  item_categories smallint[] not null,
  attested text[] not null,
  renews uuid references disclosure,
  record_sealed bytea,
  record_completed_at timestamptz,
  check (cardinality(recipient_agencies) = cardinality(recipient_capacities)),
  check (cardinality(item_subjects) = cardinality(item_categories))
);
create index disclosure_file_idx on disclosure (file_id);
create index disclosure_source_idx on disclosure (source_id, made_at, id);
create index disclosure_recipients_idx on disclosure using gin (recipient_agencies);
comment on table disclosure is 'A disclosure without consent (levée de confidentialité): one agency''s decision about its own facts';
comment on column disclosure.item_facts is 'The facts chosen one by one (single act)';
comment on column disclosure.item_subjects is 'With item_categories: what an agreement covers';
comment on column disclosure.renews is 'The act that this one attests again';
comment on column disclosure.record_sealed is 'The seven-point record, sealed under the file''s key';

grant select, insert, update on disclosure to filet_app;
