//! A `PostgreSQL` of our own, for the demo and the tests: nothing to install, nothing to configure.
//!
//! [`Binaries`] finds Debian's server programs, or unpacks them aside without touching the system.
//! [`Server`] runs one of them on a Unix socket that only its own account may enter, as a child that does not
//! outlive us. Real deployments bring their own database address and never come here.

mod account;
mod binaries;
mod cluster;
mod error;
mod server;
mod unpack;
mod way;

pub use binaries::Binaries;
pub use error::PrivateError;
pub use server::{OWNER, Options, Server, Tuning};
