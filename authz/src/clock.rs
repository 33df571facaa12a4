//! Time is a parameter: whoever needs the moment asks a [`Clock`].

use chrono::{DateTime, Utc};

/// Where the moment comes from.
#[derive(Debug, Clone, Copy)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// One moment for ever: demos and comparisons with expected answers.
    Frozen(DateTime<Utc>),
}

impl Clock {
    /// The moment in the domain's time.
    #[must_use]
    pub fn now(self) -> DateTime<Utc> {
        match self {
            Self::System => real_now(),
            Self::Frozen(at) => at,
        }
    }
}

/// The machine's time, for tokens, lockout and rate limits, which never freeze.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the one place the machine is asked for the time")]
pub fn real_now() -> DateTime<Utc> {
    Utc::now()
}
