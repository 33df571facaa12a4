-- Time standards are each cell's own data; a default holds until somebody sets them.
alter table cell
  add column analysis_within_hours integer not null default 24 check (analysis_within_hours between 1 and 720),
  add column review_within_days integer not null default 30 check (review_within_days between 1 and 365);
comment on column cell.analysis_within_hours is 'Elapsed hours within which a consultation is analysed';
comment on column cell.review_within_days is 'Elapsed days within which a safety net is looked at again';
