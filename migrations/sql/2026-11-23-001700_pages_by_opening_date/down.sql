drop index recusal_human_idx;
drop index risk_file_opened_idx;
