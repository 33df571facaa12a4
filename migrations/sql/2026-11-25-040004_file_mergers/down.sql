drop table file_merger;
