create table oral_disclosure (
  id uuid primary key,
  meeting_id uuid not null references meeting,
  cell_id uuid not null,
  file_id uuid not null,
  teller_id uuid not null references agency,
  told_by uuid not null references account,
  told_at timestamptz not null,
  recipient_id uuid not null references agency,
  capacity smallint not null,
  item_facts uuid[] not null,
  item_documents uuid[] not null,
  consent_id uuid not null references consent
);
create index oral_disclosure_meeting_idx on oral_disclosure (meeting_id, told_at, id);
create index oral_disclosure_teller_idx on oral_disclosure (teller_id, told_at, id);
create index oral_disclosure_file_idx on oral_disclosure (file_id);
comment on table oral_disclosure is 'What one agency told another aloud at a meeting, on a consent: one row for each recipient and consent. What is told under a legal basis is a disclosure';
comment on column oral_disclosure.capacity is 'Number of authz::vocabulary::Capacity, as the recipient attended';

grant select, insert on oral_disclosure to filet_app;
