drop table attachment_chunk;
drop table attachment_content;
