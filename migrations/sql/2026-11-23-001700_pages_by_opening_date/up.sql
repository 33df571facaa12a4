-- A page is read in the order it is shown, across cells; and who is recused from what is found by person.
create index risk_file_opened_idx on risk_file (opened_at, id);
create index recusal_human_idx on recusal (human_id, file_id);
