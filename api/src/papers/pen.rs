//! Words, days and hours in the reader's language.

use authz::vocabulary::{Category, SubjectRole};
use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use chrono_tz::America::Toronto;
use domain::{catalogue::CodeList, wording::Lang};

const MONTHS: [(&str, &str); 12] = [
    ("janvier", "January"),
    ("février", "February"),
    ("mars", "March"),
    ("avril", "April"),
    ("mai", "May"),
    ("juin", "June"),
    ("juillet", "July"),
    ("août", "August"),
    ("septembre", "September"),
    ("octobre", "October"),
    ("novembre", "November"),
    ("décembre", "December"),
];

/// Where there is nothing to say.
pub(super) const NOTHING: &str = "—";

/// Writes in one language.
#[derive(Debug, Clone, Copy)]
pub struct Pen(pub Lang);

impl Pen {
    /// The one of two texts that is in this language.
    pub const fn say<'t>(self, fr: &'t str, en: &'t str) -> &'t str {
        match self.0 {
            Lang::Fr => fr,
            Lang::En => en,
        }
    }

    /// The label of a code, or the code where its list does not know it any more.
    pub fn code(self, list: &str, word: &str) -> String {
        let code = CodeList::named(list).and_then(|list| list.find(word));
        code.map_or(word, |code| code.label(self.0)).to_owned()
    }

    /// What a category is called.
    pub fn category(self, category: Category) -> String {
        self.code("category", category.wire())
    }

    /// What a person is in a file.
    pub fn role(self, role: SubjectRole) -> String {
        self.code("subject_role", role.wire())
    }

    /// A day, written out.
    pub fn day(self, day: NaiveDate) -> String {
        let place = usize::try_from(day.month0()).unwrap_or_default();
        let (fr, en) = MONTHS.get(place).copied().unwrap_or_default();
        match (self.0, day.day()) {
            (Lang::Fr, 1) => format!("1er\u{a0}{fr} {}", day.year()),
            (Lang::Fr, number) => format!("{number}\u{a0}{fr} {}", day.year()),
            (Lang::En, number) => format!("{en}\u{a0}{number}, {}", day.year()),
        }
    }

    /// The day on which an instant falls in Québec.
    pub fn local_day(at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&Toronto).date_naive()
    }

    /// An instant by the clocks of Québec, written out.
    pub fn moment(self, at: DateTime<Utc>) -> String {
        let local = at.with_timezone(&Toronto);
        let (day, hour, minute) = (self.day(local.date_naive()), local.hour(), local.minute());
        match self.0 {
            Lang::Fr if minute == 0 => format!("{day} à {hour}\u{a0}h"),
            Lang::Fr => format!("{day} à {hour}\u{a0}h\u{a0}{minute:02}"),
            Lang::En => {
                let (afternoon, hour) = local.hour12();
                let half = if afternoon { "p.m." } else { "a.m." };
                format!("{day} at {hour}:{minute:02}\u{a0}{half}")
            }
        }
    }

    /// The same, or a dash.
    pub fn moment_if(self, at: Option<DateTime<Utc>>) -> String {
        at.map_or_else(|| NOTHING.to_owned(), |at| self.moment(at))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    #[test]
    fn an_instant_is_written_out_by_the_clocks_of_quebec() {
        let winter: DateTime<Utc> = "2026-12-01T04:59:00Z".parse().unwrap();
        assert_eq!(Pen(Lang::Fr).moment(winter), "30\u{a0}novembre 2026 à 23\u{a0}h\u{a0}59");
        let summer: DateTime<Utc> = "2026-07-01T04:05:00Z".parse().unwrap();
        assert_eq!(Pen(Lang::Fr).moment(summer), "1er\u{a0}juillet 2026 à 0\u{a0}h\u{a0}05");
        let sharp: DateTime<Utc> = "2026-07-01T14:00:00Z".parse().unwrap();
        assert_eq!(Pen(Lang::Fr).moment(sharp), "1er\u{a0}juillet 2026 à 10\u{a0}h");
        assert_eq!(Pen(Lang::En).moment(summer), "July\u{a0}1, 2026 at 12:05\u{a0}a.m.");
    }
}
