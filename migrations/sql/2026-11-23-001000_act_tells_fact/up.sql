-- The category of each catalogue field, so that a list can ask whether an agreement covers a fact.
create table field_category (
  field smallint primary key,
  category smallint not null
);
comment on table field_category is 'Copied from the catalogue the program carries; a test compares them';
insert into field_category (field, category) values
  (0, 0),
  (1, 0),
  (2, 0),
  (3, 0),
  (4, 0),
  (5, 0),
  (6, 0),
  (7, 0),
  (8, 1),
  (9, 1),
  (10, 1),
  (11, 1),
  (12, 1),
  (13, 1),
  (14, 2),
  (15, 2),
  (16, 2),
  (17, 2),
  (18, 2),
  (19, 2),
  (20, 2),
  (21, 3),
  (22, 3),
  (23, 3),
  (24, 3),
  (25, 3),
  (26, 3),
  (27, 4),
  (28, 4),
  (29, 4),
  (30, 4),
  (31, 4),
  (32, 4),
  (33, 4),
  (34, 4),
  (35, 5),
  (36, 5),
  (37, 5),
  (38, 6),
  (39, 6),
  (40, 6),
  (41, 7),
  (42, 7),
  (43, 7),
  (44, 7),
  (45, 7),
  (46, 7),
  (47, 8),
  (48, 8),
  (49, 8),
  (50, 9),
  (51, 9),
  (52, 9),
  (53, 9),
  (54, 10),
  (55, 10),
  (56, 10),
  (57, 11),
  (58, 11),
  (59, 11),
  (60, 12),
  (61, 12),
  (62, 12),
  (63, 13),
  (64, 13),
  (65, 13),
  (66, 13),
  (67, 14),
  (68, 14),
  (69, 14),
  (70, 15);

create function act_tells_fact(
  expires smallint, fact uuid, person uuid, field smallint, recorded_at timestamptz, made_at timestamptz,
  facts uuid[], subjects uuid[], categories smallint[]
) returns boolean
language sql stable set search_path = pg_catalog, public as $$
  select case expires
    when 0 then fact = any(facts) and recorded_at <= made_at
    when 1 then exists (
      select from unnest(subjects, categories) as item(subject, category)
      join public.field_category c on c.category = item.category
      where item.subject = person and c.field = act_tells_fact.field)
    else false
  end
$$;
comment on function act_tells_fact is 'Does a disclosure act in force cover this fact? The gate says the same of each read';
grant select on field_category to filet_app;
grant execute on function act_tells_fact to filet_app;
