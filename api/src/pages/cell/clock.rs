//! What is due and when, said in words: no colour alone says that something is late.

use chrono::{DateTime, Utc};

use crate::pages::{
    moment::{local, moment},
    phrases::Phrases,
};

/// How something due reads.
pub struct Clock {
    /// `late`, `soon` or `later`.
    pub kind: &'static str,
    /// In words: « en retard de 22 h », « dans 6 h ».
    pub text: String,
    /// The moment, written out.
    pub moment: String,
    /// The moment, for a program.
    pub machine: String,
}

const MINUTES_OF_DAY: i64 = 24 * 60;

/// The clock of a due time at a moment. Elapsed time, so that clocks that change do not matter.
pub fn clock(due: DateTime<Utc>, now: DateTime<Utc>, p: Phrases) -> Clock {
    let minutes = (due - now).num_minutes();
    let late = due <= now;
    let (stem, count) = match minutes.abs() {
        minutes if minutes < 60 => ("minutes", minutes),
        minutes if minutes < 2 * MINUTES_OF_DAY => ("hours", minutes / 60),
        minutes => ("days", minutes / MINUTES_OF_DAY),
    };
    let key = format!("cell-{}-{stem}", if late { "late" } else { "due" });
    let kind = if late {
        "late"
    } else if minutes < MINUTES_OF_DAY {
        "soon"
    } else {
        "later"
    };
    Clock {
        kind,
        text: p.n(&key, usize::try_from(count).unwrap_or_default()),
        moment: moment(due, p.lang()),
        machine: local(due),
    }
}
