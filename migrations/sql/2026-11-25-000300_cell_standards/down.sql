alter table cell drop column review_within_days, drop column analysis_within_hours;
