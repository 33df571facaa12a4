//! The one binary of the tests that need the whole.

mod estrie;
mod gate_oracle;
mod gate_properties;
mod gate_sentences;
mod log_failure;
mod refresh;
mod routes;
mod writes;
