//! The pages, as people use them in a browser that runs no scripts; `tests/browser` is one that does.

pub mod account;
mod admin;
mod demo;
mod frame;
mod phrases;
