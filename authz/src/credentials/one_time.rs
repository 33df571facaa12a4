//! Invitations and password resets: links that serve once and not for long.

use chrono::{DateTime, TimeDelta, Utc};

/// How long an invitation to enrol lives.
pub const INVITATION_LIFETIME: TimeDelta = TimeDelta::days(3);
/// How long leave to set a new password lives.
pub const RESET_LIFETIME: TimeDelta = TimeDelta::hours(1);

/// Why a link does not serve. To the outside both are one answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LinkRefused {
    /// It served before.
    #[error("link already used")]
    Used,
    /// Its time is over.
    #[error("link expired")]
    Expired,
}

/// A link as its row has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OneTimeLink {
    /// When it expires.
    pub expires_at: DateTime<Utc>,
    /// When it served.
    pub used_at: Option<DateTime<Utc>>,
}

impl OneTimeLink {
    /// Uses it: what comes back is to be written before anything else is done.
    ///
    /// # Errors
    /// When it served before, or too late.
    pub fn spend(self, now: DateTime<Utc>) -> Result<Self, LinkRefused> {
        if self.used_at.is_some() {
            return Err(LinkRefused::Used);
        }
        if now >= self.expires_at {
            return Err(LinkRefused::Expired);
        }
        Ok(Self { used_at: Some(now), ..self })
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    fn noon() -> DateTime<Utc> {
        "2026-11-22T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_link_serves_once() {
        let link = OneTimeLink { expires_at: noon() + RESET_LIFETIME, used_at: None };
        let spent = link.spend(noon()).unwrap();
        assert_eq!(spent.used_at, Some(noon()));
        assert_eq!(spent.spend(noon()), Err(LinkRefused::Used));
    }

    #[test]
    fn from_the_moment_it_expires_it_serves_no_more() {
        let link = OneTimeLink { expires_at: noon(), used_at: None };
        assert!(link.spend(noon() - TimeDelta::seconds(1)).is_ok());
        assert_eq!(link.spend(noon()), Err(LinkRefused::Expired));
    }
}
