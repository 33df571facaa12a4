//! The one binary of the tests that need the whole.

mod accounts;
mod backup;
mod canaries;
mod cut_requests;
mod deployment;
mod estrie;
mod gate_oracle;
mod gate_properties;
mod gate_sentences;
mod inbox;
mod log_failure;
mod meetings;
mod mobilisation;
mod non_interference;
mod outage;
mod refresh;
mod routes;
mod scenario;
mod writes;
