drop table register_version;
drop table register_entry;
