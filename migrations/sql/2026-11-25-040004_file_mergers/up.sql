create table file_merger (
  file_id uuid primary key references risk_file,
  into_id uuid not null references risk_file,
  cell_id uuid not null,
  merged_by uuid not null references account,
  merged_at timestamptz not null,
  check (file_id <> into_id)
);
create index file_merger_into_idx on file_merger (into_id);
comment on table file_merger is 'Files found to be about the same situation: nothing is moved or labelled anew, the merged file takes no new writes';

grant select, insert on file_merger to filet_app;
