//! Refresh tokens serve once. A lost answer is forgiven; two hands on one family end it.
//!
//! Each use makes a successor. A token presented again is a client that never got its answer, as long as
//! nobody has used what came of it: the unused successors are set aside and another is made. Once one was
//! used, two hands hold the family, one of them a thief's, and the whole session ends.

use chrono::{DateTime, TimeDelta, Utc};

/// How long a refresh token lives when it is not used.
pub const REFRESH_LIFETIME: TimeDelta = TimeDelta::hours(12);

/// A presented token, as the rows of its family tell of it. They must be read with the session's row
/// locked, so that of many uses at once each sees what the one before did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Presented {
    /// When it expires.
    pub expires_at: DateTime<Utc>,
    /// Was it used before?
    pub used: bool,
    /// Was any of its own successors used?
    pub successor_used: bool,
    /// Was another successor of its own parent used?
    pub sibling_used: bool,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rotation {
    /// Mark it used, set its siblings aside, and make a successor.
    Rotate,
    /// Its answer was lost: set its unused successors aside and make another.
    ReissueLost,
    /// Two hands hold this family: end the session, tell its owner, refuse.
    KillFamily,
    /// Its time is over: refuse, and sign in again.
    Expired,
}

impl Presented {
    /// Decides.
    #[must_use]
    pub fn decide(self, now: DateTime<Utc>) -> Rotation {
        // Before its age: a stolen token is a stolen token, however old.
        if self.successor_used || self.sibling_used {
            return Rotation::KillFamily;
        }
        if now >= self.expires_at {
            return Rotation::Expired;
        }
        if self.used { Rotation::ReissueLost } else { Rotation::Rotate }
    }
}
