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
mod instruments;
mod log_failure;
mod mobilisation;
mod mail;
mod mail_words;
mod non_interference;
mod notifications;
mod outage;
mod own_scenarios;
mod refresh;
mod reminders;
mod routes;
mod scenario;
mod statistics;
mod signing_key;
mod writes;
