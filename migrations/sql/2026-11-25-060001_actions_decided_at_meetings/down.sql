alter table safety_action drop column meeting_id;
