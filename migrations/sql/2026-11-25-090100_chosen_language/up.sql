alter table account add column locale_chosen_at timestamptz;
comment on column account.locale is 'The language of mails, and of pages once it was chosen';
comment on column account.locale_chosen_at is 'When its holder chose the language; nothing: never, and locale is the default';
