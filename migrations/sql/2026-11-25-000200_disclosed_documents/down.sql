drop function act_tells_document;
alter table disclosure drop column item_documents;
