alter table account drop column locale_chosen_at;
comment on column account.locale is null;
