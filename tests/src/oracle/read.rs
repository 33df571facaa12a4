//! Reading a situation's JSON: every helper stops the test when the member is missing or of another type.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;

/// The text under `key`.
pub fn text<'a>(of: &'a Value, key: &str) -> &'a str {
    of[key].as_str().unwrap_or_else(|| panic!("`{key}` is a text in {of}"))
}

/// The list under `key`.
pub fn list<'a>(of: &'a Value, key: &str) -> &'a [Value] {
    of[key].as_array().unwrap_or_else(|| panic!("`{key}` is a list in {of}"))
}

/// Whether the list under `key` has exactly this text among its elements.
pub fn list_has(of: &Value, key: &str, wanted: &str) -> bool {
    list(of, key).iter().any(|element| element == wanted)
}

/// The element with this `id` in the list under `key`.
pub fn find<'a>(of: &'a Value, key: &str, id: &str) -> Option<&'a Value> {
    list(of, key).iter().find(|element| element["id"] == id)
}

/// The instant under `key`.
pub fn instant(of: &Value, key: &str) -> DateTime<Utc> {
    let written = text(of, key);
    DateTime::parse_from_rfc3339(written).unwrap_or_else(|_| panic!("`{written}` is an instant")).to_utc()
}

/// The instant under `key`, unless it is null.
pub fn maybe_instant(of: &Value, key: &str) -> Option<DateTime<Utc>> {
    (!of[key].is_null()).then(|| instant(of, key))
}

/// The calendar date under `key`, unless it is null.
pub fn maybe_date(of: &Value, key: &str) -> Option<NaiveDate> {
    (!of[key].is_null()).then(|| text(of, key).parse().expect("a calendar date"))
}
