drop table mobilisation_opinion, mobilisation_step;
