//! Who may see what, and the record that they did. This crate knows no case.
//!
//! ```text
//! request → Caller → Desk::read / act → domain finds → Sealed
//!                                                        │ gate: circle, ceiling, own, vault, consent, act
//!                                        Shown ← Grant ← ┘
//!                   Reply ← Disclosed ← row committed ← Pending
//! ```
//!
//! [`gate`] decides, [`desk`] makes sure that nothing is shown undecided or unrecorded, [`log`] is
//! the record, [`ceiling`] is the policy, [`keys`] seals what rests, [`credentials`] and
//! [`accounts`] say who is asking.

pub mod accounts;
pub mod acts;
pub mod ceiling;
pub mod clock;
pub mod credentials;
pub mod desk;
pub mod etag;
pub mod fault;
pub mod gate;
pub mod id;
pub mod keys;
pub mod log;
mod schema;
pub mod standing;
pub mod vocabulary;
