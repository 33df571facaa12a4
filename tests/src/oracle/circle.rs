//! The circle: which agencies were in it when.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::read::{instant, list, maybe_instant, text};

/// Whether the agency was in the circle at `when`: from the first instant, up to but without the last.
pub fn contains(situation: &Value, agency: &str, when: DateTime<Utc>) -> bool {
    list(&situation["file"], "circle").iter().any(|row| {
        text(row, "agency") == agency
            && instant(row, "from") <= when
            && maybe_instant(row, "until").is_none_or(|until| when < until)
    })
}

/// Every agency that is or has been in the circle by now.
pub fn sources_so_far(situation: &Value) -> Vec<String> {
    let now = instant(situation, "now");
    let rows = list(&situation["file"], "circle").iter();
    rows.filter(|row| instant(row, "from") <= now).map(|row| text(row, "agency").to_owned()).collect()
}
