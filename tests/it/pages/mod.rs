//! The pages, as people use them in a browser that runs no scripts; `tests/browser` is one that does.

mod appraisals;
mod consents;
mod cell;
mod frame;
mod meeting;
mod phrases;
mod worker;
mod safety_net;
mod statistics;
