drop table mobilisation;
