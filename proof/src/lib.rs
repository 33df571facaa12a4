//! That nothing was removed from a log, altered in it or put between its lines: for whoever holds a copy of
//! what was signed, without asking the house that keeps the log.
//!
//! The lines of the log are the leaves of a tree of hashes (RFC 6962, section 2.1). From time to time the root
//! is signed: a *point* (`C2SP` checkpoint in a signed note), of which anybody may keep a copy. A *bundle* is
//! a piece of the log between two points; lines that its reader may not read stand in it as hashes. [`verify`]
//! holds bundles against the signature and against the points that were kept.
//!
//! Nothing here touches a database or a network, so that a stranger can build it alone.

mod bundle;
mod note;
mod tree;
mod verify;

pub use bundle::{Bundle, FORMAT, Leaf};
pub use note::{BadNote, Checkpoint, Signer, Verifier};
pub use tree::{Frontier, Hash};
pub use verify::{Flaw, Proven, verify};

/// The same checks in a page that works from a disk, without a network.
pub const PAGE: &str = include_str!("../verifier.html");
