//! When somebody is told: at once, after quiet hours, or with the one mail of the day.

use chrono::{DateTime, Days, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::America::Toronto;

use super::{ByMail, Preferences, Quiet};

/// The local hour of the one mail of the day.
const DIGEST: NaiveTime = match NaiveTime::from_hms_opt(8, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

impl Preferences {
    /// From when a message that comes `now` may be announced by mail; never, for who wants none.
    pub(crate) fn due(self, urgent: bool, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let at = match self.mail {
            ByMail::Off => return None,
            ByMail::Immediate | ByMail::Digest if urgent => return Some(now),
            ByMail::Immediate => now,
            ByMail::Digest => next_digest(now),
        };
        Some(self.quiet.map_or(at, |quiet| quiet.after(at)))
    }
}

/// The next time the clocks of Québec show eight in the morning. What comes at eight sharp waits for the next day,
/// since that day's mail may have gone.
fn next_digest(now: DateTime<Utc>) -> DateTime<Utc> {
    let day = now.with_timezone(&Toronto).date_naive();
    let today = at(day, DIGEST);
    if now < today { today } else { at(next(day), DIGEST) }
}

impl Quiet {
    /// The same moment, or the end of the quiet hours it falls into.
    fn after(self, moment: DateTime<Utc>) -> DateTime<Utc> {
        let local = moment.with_timezone(&Toronto).naive_local();
        let (day, time) = (local.date(), local.time());
        let over_night = self.until < self.from;
        let end = match (over_night, time >= self.from, time < self.until) {
            (false, true, true) | (true, _, true) => at(day, self.until),
            (true, true, false) => at(next(day), self.until),
            _ => return moment,
        };
        end.max(moment)
    }
}

fn next(day: NaiveDate) -> NaiveDate {
    day.checked_add_days(Days::new(1)).unwrap_or(day)
}

/// The instant at which local clocks show this. An hour that comes twice means its second time, so that quiet
/// hours are never cut short; one that is skipped means the moment it would have been.
fn at(day: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
    let wanted = NaiveDateTime::new(day, time);
    let local = match Toronto.from_local_datetime(&wanted) {
        LocalResult::Single(local) | LocalResult::Ambiguous(_, local) => local,
        LocalResult::None => match Toronto.from_local_datetime(&(wanted + TimeDelta::hours(1))) {
            LocalResult::Single(local) | LocalResult::Ambiguous(local, _) => local,
            LocalResult::None => return Utc.from_utc_datetime(&wanted),
        },
    };
    local.with_timezone(&Utc)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn time(text: &str) -> NaiveTime {
        text.parse().unwrap()
    }

    fn quiet(from: &str, until: &str) -> Quiet {
        Quiet { from: time(from), until: time(until) }
    }

    /// Every seven minutes of the days around both changes of the clocks, and of a plain day.
    fn moments() -> impl Iterator<Item = DateTime<Utc>> {
        ["2026-03-07T12:00:00Z", "2026-10-31T12:00:00Z", "2026-07-01T12:00:00Z"]
            .into_iter()
            .flat_map(|from| (0..3 * 24 * 60 / 7).map(move |n| instant(from) + TimeDelta::minutes(7 * n)))
    }

    #[test]
    fn at_once_means_now_and_none_means_never() {
        let now = instant("2026-11-22T15:00:00Z");
        assert_eq!(Preferences::default().due(false, now), Some(now));
        let off = Preferences { mail: ByMail::Off, quiet: None };
        assert_eq!((off.due(false, now), off.due(true, now)), (None, None));
    }

    #[test]
    fn the_mail_of_the_day_goes_at_eight_by_the_clocks_also_when_a_day_has_23_or_25_hours() {
        let digest = Preferences { mail: ByMail::Digest, quiet: None };
        let due = |at: &str| digest.due(false, instant(at)).unwrap();
        // Winter, summer; the day of 23 hours, then of 25.
        assert_eq!(due("2026-11-22T15:00:00Z"), instant("2026-11-23T13:00:00Z"));
        assert_eq!(due("2026-07-01T11:59:59Z"), instant("2026-07-01T12:00:00Z"));
        assert_eq!(due("2026-07-01T12:00:00Z"), instant("2026-07-02T12:00:00Z"));
        assert_eq!(due("2026-03-07T13:00:00Z"), instant("2026-03-08T12:00:00Z"));
        assert_eq!(due("2026-10-31T12:00:00Z"), instant("2026-11-01T13:00:00Z"));
        for now in moments() {
            let due = digest.due(false, now).unwrap();
            assert!(now < due && due - now <= TimeDelta::hours(25), "{now} {due}");
            assert_eq!(due.with_timezone(&Toronto).time(), DIGEST, "{now}");
        }
    }

    #[test]
    fn quiet_hours_end_as_the_clocks_show_and_urgent_messages_pass_through() {
        let night = Preferences { mail: ByMail::Immediate, quiet: Some(quiet("22:00:00", "07:00:00")) };
        let due = |at: &str| night.due(false, instant(at)).unwrap();
        assert_eq!(due("2026-11-22T15:00:00Z"), instant("2026-11-22T15:00:00Z"));
        assert_eq!(due("2026-11-23T03:00:00Z"), instant("2026-11-23T12:00:00Z"));
        assert_eq!(due("2026-11-23T11:59:59Z"), instant("2026-11-23T12:00:00Z"));
        assert_eq!(due("2026-11-23T12:00:00Z"), instant("2026-11-23T12:00:00Z"));
        assert_eq!(night.due(true, instant("2026-11-23T03:00:00Z")), Some(instant("2026-11-23T03:00:00Z")));
        let noon = Preferences { mail: ByMail::Immediate, quiet: Some(quiet("12:00:00", "13:30:00")) };
        assert_eq!(noon.due(false, instant("2026-11-22T17:00:00Z")), Some(instant("2026-11-22T18:30:00Z")));
    }

    #[test]
    fn nobody_is_disturbed_in_quiet_hours_nor_told_earlier_than_it_happened() {
        let hours = [
            ("22:00:00", "07:00:00"),
            ("01:15:00", "02:30:00"),
            ("23:00:00", "01:30:00"),
            ("07:00:00", "09:00:00"),
        ];
        for (from, until) in hours {
            for mail in [ByMail::Immediate, ByMail::Digest] {
                let wishes = Preferences { mail, quiet: Some(quiet(from, until)) };
                for now in moments() {
                    let due = wishes.due(false, now).unwrap();
                    let local = due.with_timezone(&Toronto).time();
                    let (from, until) = (time(from), time(until));
                    let inside = if until < from {
                        local >= from || local < until
                    } else {
                        local >= from && local < until
                    };
                    assert!(due >= now && !inside, "{from}-{until} {now} {due}");
                }
            }
        }
    }

    #[test]
    fn who_wants_one_mail_a_day_gets_one_at_most() {
        let digest = Preferences { mail: ByMail::Digest, quiet: Some(quiet("07:00:00", "09:00:00")) };
        let mut days: Vec<_> = moments().map(|now| digest.due(false, now).unwrap()).collect();
        days.sort_unstable();
        days.dedup();
        let mut local: Vec<_> = days.iter().map(|due| due.with_timezone(&Toronto).date_naive()).collect();
        let count = local.len();
        local.dedup();
        assert_eq!(local.len(), count);
    }
}
