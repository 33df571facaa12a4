//! When wrong passwords and codes shut an account for a while.
//!
//! Five failures, none more than fifteen minutes after the one before, shut it for a quarter of an hour;
//! again, for half an hour; from then on for an hour. Signing in wipes the slate.

use chrono::{DateTime, TimeDelta, Utc};

/// Failures that shut an account.
const FAILURES: i16 = 5;
/// How long a failure is held against the account.
const WINDOW: TimeDelta = TimeDelta::minutes(15);
/// The first time shut.
const FIRST: TimeDelta = TimeDelta::minutes(15);
/// The longest time shut.
const LONGEST: TimeDelta = TimeDelta::hours(1);

/// What is held against an account, as its row has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lockout {
    /// Failures counted so far.
    pub failures: i16,
    /// The last of them.
    pub failed_at: Option<DateTime<Utc>>,
    /// Times shut since somebody last signed in.
    pub lockouts: i16,
    /// Until when it is shut, if it was.
    pub locked_until: Option<DateTime<Utc>>,
}

impl Lockout {
    /// Is the account shut now? Then neither password nor code is looked at, and the try counts for
    /// nothing: whoever keeps knocking does not keep the door shut.
    #[must_use]
    pub fn is_locked(&self, now: DateTime<Utc>) -> bool {
        self.locked_until.is_some_and(|until| now < until)
    }

    /// After a wrong password or code.
    #[must_use]
    pub fn failed(self, now: DateTime<Utc>) -> Self {
        if self.is_locked(now) {
            return self;
        }
        let recent = self.failed_at.is_some_and(|last| now.signed_duration_since(last) <= WINDOW);
        let failures = if recent { self.failures.saturating_add(1) } else { 1 };
        if failures < FAILURES {
            return Self { failures, failed_at: Some(now), ..self };
        }
        Self {
            failures: 0,
            failed_at: Some(now),
            lockouts: self.lockouts.saturating_add(1),
            locked_until: now.checked_add_signed(shut_for(self.lockouts)),
        }
    }

    /// After signing in.
    #[must_use]
    pub fn succeeded(self) -> Self {
        Self::default()
    }
}

fn shut_for(before: i16) -> TimeDelta {
    match before {
        i16::MIN..=0 => FIRST,
        1 => FIRST * 2,
        2.. => LONGEST,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    fn at(minutes: i64) -> DateTime<Utc> {
        "2026-11-22T12:00:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::minutes(minutes)
    }

    fn failing(from: Lockout, minutes: impl IntoIterator<Item = i64>) -> Lockout {
        minutes.into_iter().fold(from, |lockout, minute| lockout.failed(at(minute)))
    }

    #[test]
    fn four_failures_leave_it_open_and_the_fifth_shuts_it_for_a_quarter_of_an_hour() {
        let four = failing(Lockout::default(), [0, 1, 2, 3]);
        assert!(!four.is_locked(at(3)));
        let five = four.failed(at(4));
        assert!(five.is_locked(at(4)) && five.is_locked(at(18)));
        assert!(!five.is_locked(at(19)));
    }

    #[test]
    fn a_failure_is_forgotten_after_fifteen_quiet_minutes() {
        let lockout = failing(Lockout::default(), [0, 1, 2, 3, 19, 20, 21, 22]);
        assert_eq!(lockout.failures, 4);
        assert!(!lockout.is_locked(at(22)));
    }

    #[test]
    fn each_time_it_is_shut_for_twice_as_long_up_to_an_hour() {
        let mut lockout = Lockout::default();
        let mut minute = 0;
        for expected in [15, 30, 60, 60, 60] {
            lockout = failing(lockout, [minute; 5]);
            assert_eq!(lockout.locked_until, Some(at(minute + expected)));
            minute += expected;
            assert!(!lockout.is_locked(at(minute)));
        }
    }

    #[test]
    fn trying_while_it_is_shut_changes_nothing() {
        let shut = failing(Lockout::default(), [0; 5]);
        assert_eq!(failing(shut, [1, 2, 3, 4, 5, 6, 7]), shut);
    }

    #[test]
    fn once_open_again_it_takes_five_more() {
        let shut = failing(Lockout::default(), [0; 5]);
        assert!(!failing(shut, [15; 4]).is_locked(at(15)));
        assert!(failing(shut, [15; 5]).is_locked(at(15)));
    }

    #[test]
    fn signing_in_wipes_the_slate() {
        let lockout = failing(Lockout::default(), [0; 5]);
        assert_eq!(failing(lockout, [15; 4]).succeeded(), Lockout::default());
    }

    #[test]
    fn a_count_that_cannot_be_does_not_open_it() {
        let odd =
            Lockout { failures: i16::MAX, failed_at: Some(at(0)), lockouts: i16::MAX, locked_until: None };
        assert!(odd.failed(at(1)).is_locked(at(1)));
    }
}
