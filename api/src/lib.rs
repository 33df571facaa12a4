//! REST, pages, jobs and commands of Filet. Never diesel: what is stored comes through `domain`.

pub mod commands;
pub mod config;
pub mod files;
pub mod http;
pub mod jobs;
pub mod problem;
pub mod server;
pub mod session;
