//! The desk: every read and every change passes here, in one direction.
//!
//! `sealed → decided → recorded → shown`. A [`Session`] is one unit of work in one transaction.
//! `domain` finds records and hands them out [`Sealed`]; [`Session::open`] lets the gate decide and
//! gives a [`Pending`] view; only when its log row is committed does it become [`Disclosed`], the one
//! thing a reply accepts. A change needs a [`Permit`], out of which comes the id to act on.

mod admit;
mod again;
mod caller;
mod grant;
mod open;
mod permit;
mod reach;
mod ready;
mod rehearse;
mod sealed;
mod session;
mod tx;
mod unit;
mod weigh;

pub use admit::LogReach;
pub use caller::{Caller, IdempotencyKey};
pub use grant::{Grant, Shown};
pub use permit::{Act, ActContext, Permit, Spent};
pub use reach::{Bounds, Reach};
pub use ready::birth_place;
pub use rehearse::Moved;
pub use sealed::{
    Disclose, Door, FileScope, Frame, Owner, ProcessScope, Resource, Room, Scope, ScopedPerson, Sealed,
    TableScope, seal,
};
pub use session::{Acting, Reading, Session, StandingRows};
pub use tx::connection_settings;
pub use tx::{Connections, Tx};
pub use unit::{Answer, Answered, Desk, Disclosed, Pending};
