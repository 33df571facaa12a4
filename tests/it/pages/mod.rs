//! The pages, as people use them in a browser that runs no scripts; `tests/browser` is one that does.

pub mod account;
mod admin;
mod appraisals;
mod cell;
mod consents;
mod demo;
mod frame;
mod meeting;
mod phrases;
mod safety_net;
mod statistics;
mod worker;
