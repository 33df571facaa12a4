//! Locking an account after repeated failures. The answer to whoever tries is the same in every case.

use chrono::{DateTime, TimeDelta, Utc};

/// What is remembered of an account's failures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tries {
    /// Failures in a row.
    pub failures: i16,
    /// The last of them.
    pub failed_at: Option<DateTime<Utc>>,
    /// How often it was locked in a row.
    pub lockouts: i16,
    /// Until when it is.
    pub locked_until: Option<DateTime<Utc>>,
}

/// The rule.
#[derive(Debug, Clone, Copy)]
pub struct Lockout {
    /// Failures that lock.
    pub allowed: i16,
}

/// A failure this old no longer counts.
const MEMORY: TimeDelta = TimeDelta::minutes(15);
/// The first lock; each next in a row is twice as long.
const FIRST: TimeDelta = TimeDelta::minutes(15);
/// The longest.
const LONGEST: TimeDelta = TimeDelta::hours(1);

impl Lockout {
    /// Is the account locked at this moment?
    #[must_use]
    pub fn locked(tries: &Tries, now: DateTime<Utc>) -> bool {
        tries.locked_until.is_some_and(|until| now < until)
    }

    /// What is remembered after one more failure.
    #[must_use]
    pub fn after_failure(self, tries: &Tries, now: DateTime<Utc>) -> Tries {
        let recent = tries.failed_at.is_some_and(|at| now - at < MEMORY);
        let failures = if recent { tries.failures.saturating_add(1) } else { 1 };
        if failures < self.allowed {
            return Tries { failures, failed_at: Some(now), ..*tries };
        }
        let doubled = FIRST * 2_i32.pow(u32::try_from(tries.lockouts.clamp(0, 4)).unwrap_or(0));
        Tries {
            failures: 0,
            failed_at: Some(now),
            lockouts: tries.lockouts.saturating_add(1),
            locked_until: Some(now + doubled.min(LONGEST)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes)
    }

    #[test]
    fn the_fifth_failure_locks_for_a_quarter_of_an_hour() {
        let rule = Lockout { allowed: 5 };
        let four = (0..4).fold(Tries::default(), |tries, n| rule.after_failure(&tries, at(n)));
        assert!(!Lockout::locked(&four, at(4)));
        let five = rule.after_failure(&four, at(4));
        assert!(Lockout::locked(&five, at(18)));
        assert!(!Lockout::locked(&five, at(19)));
    }

    #[test]
    fn failures_far_apart_do_not_add_up() {
        let rule = Lockout { allowed: 5 };
        let tries = (0..20).fold(Tries::default(), |tries, n| rule.after_failure(&tries, at(n * 16)));
        assert!(!Lockout::locked(&tries, at(19 * 16)));
    }

    #[test]
    fn each_lock_in_a_row_is_longer_up_to_an_hour() {
        let rule = Lockout { allowed: 1 };
        let mut tries = Tries::default();
        for (n, minutes) in [15, 30, 60, 60].into_iter().enumerate() {
            let now = at(i64::try_from(n).unwrap_or(0) * 100);
            tries = rule.after_failure(&tries, now);
            assert_eq!(tries.locked_until, Some(now + TimeDelta::minutes(minutes)));
        }
    }
}
