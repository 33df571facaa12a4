//! The pages, as people use them in a browser that runs no scripts; `tests/browser` is one that does.

pub mod account;
mod admin;
mod appraisals;
mod cell;
mod consents;
mod demo;
mod disclosures;
mod frame;
mod log;
mod meeting;
mod phrases;
mod registers;
mod rehearsal;
mod safety_net;
mod statistics;
mod worker;
