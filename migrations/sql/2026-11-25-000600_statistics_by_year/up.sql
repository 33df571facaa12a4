-- A year of a cell is counted without looking at the others.
create index mobilisation_consulted_idx on mobilisation (cell_id, consulted_at) where consulted_at is not null;
