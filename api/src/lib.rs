//! REST, pages, jobs and commands of Filet. Never diesel: what is stored comes through `domain`.

pub mod accounts;
mod actions;
pub mod agencies;
pub mod appraisals;
pub mod cells;
pub mod circle;
pub mod commands;
pub mod config;
pub mod consents;
pub mod disclosures;
pub mod facts;
pub mod files;
pub mod http;
pub mod jobs;
pub mod log;
pub mod mail;
pub mod me;
mod mobilisations;
pub mod pages;
pub mod persons;
pub mod problem;
pub mod recusals;
pub mod reference;
pub mod registers;
pub mod search;
pub mod server;
pub mod session;
