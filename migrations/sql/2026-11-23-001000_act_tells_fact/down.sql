drop function act_tells_fact;
drop table field_category;
