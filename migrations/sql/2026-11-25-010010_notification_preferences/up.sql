create table notification_preference (
  account_id uuid primary key references account,
  mail smallint not null check (mail between 0 and 2),
  quiet_from time,
  quiet_until time,
  changed_at timestamptz not null,
  check ((quiet_from is null) = (quiet_until is null)),
  check (quiet_from <> quiet_until)
);
comment on table notification_preference is 'How an account wishes to be told; without a row: by mail at once, at any hour';
comment on column notification_preference.mail is '0 at once, 1 one mail a day, 2 none';
comment on column notification_preference.quiet_from is 'Local time of America/Toronto from which no mail goes but urgent ones';
comment on column notification_preference.quiet_until is 'Local time of America/Toronto at which they go again; before quiet_from when the night lies between';
comment on column notification_preference.changed_at is 'When it was last said';
grant select, insert, update on notification_preference to filet_app;
