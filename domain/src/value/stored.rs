//! A value as bytes to be sealed, and back.
//!
//! The form is: a version byte, a type byte, the content, then zeros up to a whole block.
//! INVARIANT: what was once stored stays readable: reading checks the form, never today's lists or
//! rules, which may have grown stricter since.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde_json::Value as Json;

use super::{Address, Value};

/// Stored bytes that are no value of ours. Says nothing of what they hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the stored bytes are no value")]
pub struct Unreadable;

const VERSION: u8 = 1;

/// The length of sealed text is visible to whoever holds the database: without padding it would
/// tell `true` from `false`, and one code from another.
const BLOCK: usize = 64;

impl Value {
    /// The plaintext to seal: at least one block of 64 bytes, always whole blocks.
    pub fn to_bytes(&self) -> Vec<u8> {
        let (kind, content) = match self {
            Self::Text(text) => (0, text.clone()),
            Self::Date(day) => (1, day.format("%Y-%m-%d").to_string()),
            Self::Datetime(at) => (2, at.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
            Self::Bool(yes) => (3, yes.to_string()),
            Self::Code(code) => (4, code.clone()),
            Self::Phone(number) => (5, number.clone()),
            Self::Email(address) => (6, address.clone()),
            Self::Address(_) => (7, self.to_json().to_string()),
        };
        let mut bytes = vec![VERSION, kind];
        bytes.extend_from_slice(content.as_bytes());
        bytes.resize(bytes.len().next_multiple_of(BLOCK), 0);
        bytes
    }

    /// Reads what [`Value::to_bytes`] made.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Unreadable> {
        let [VERSION, kind, padded @ ..] = bytes else { return Err(Unreadable) };
        if !bytes.len().is_multiple_of(BLOCK) {
            return Err(Unreadable);
        }
        // No value ends in NUL, so that the padding is exactly the zeros at the end.
        let end = padded.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
        let content =
            padded.get(..end).and_then(|content| std::str::from_utf8(content).ok()).ok_or(Unreadable)?;
        let owned = || content.to_owned();
        match kind {
            0 => Ok(Self::Text(owned())),
            1 => NaiveDate::parse_from_str(content, "%Y-%m-%d").map(Self::Date).map_err(|_| Unreadable),
            2 => DateTime::parse_from_rfc3339(content)
                .map(|at| Self::Datetime(at.with_timezone(&Utc)))
                .map_err(|_| Unreadable),
            3 => content.parse().map(Self::Bool).map_err(|_| Unreadable),
            4 => Ok(Self::Code(owned())),
            5 => Ok(Self::Phone(owned())),
            6 => Ok(Self::Email(owned())),
            7 => address(content).map(Self::Address).ok_or(Unreadable),
            _ => Err(Unreadable),
        }
    }
}

fn address(content: &str) -> Option<Address> {
    let json: Json = serde_json::from_str(content).ok()?;
    let member = |name: &str| json.get(name).and_then(Json::as_str).map(str::to_owned);
    Some(Address {
        line1: member("line1")?,
        line2: member("line2"),
        municipality: member("municipality")?,
        postal_code: member("postal_code"),
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;
    use crate::catalogue::FieldType;
    use serde_json::json;

    fn samples() -> Vec<Value> {
        let address =
            json!({"line1": "1", "line2": "app. 2", "municipality": "Laval", "postal_code": "H7A 0A1"});
        [
            (FieldType::Text, json!("Léo\n")),
            (FieldType::Text, json!("x".repeat(4_000))),
            (FieldType::Date, json!("1991-03-12")),
            (FieldType::Datetime, json!("2026-12-01T14:00:00.123456789Z")),
            (FieldType::Bool, json!(true)),
            (FieldType::Bool, json!(false)),
            (FieldType::Phone, json!("819-555-0142")),
            (FieldType::Email, json!("a@b.ca")),
            (FieldType::Address, address),
        ]
        .into_iter()
        .map(|(kind, given)| Value::from_json(kind, &given).unwrap())
        .chain([Value::Code("a code the list has since dropped".to_owned())])
        .collect()
    }

    #[test]
    fn every_value_comes_back_from_its_bytes() {
        for value in samples() {
            assert!(Value::from_bytes(&value.to_bytes()) == Ok(value));
        }
    }

    #[test]
    fn the_length_of_the_bytes_tells_only_whole_blocks() {
        assert!(samples().iter().all(|value| value.to_bytes().len().is_multiple_of(64)));
        assert_eq!(Value::Bool(true).to_bytes().len(), Value::Bool(false).to_bytes().len());
    }

    #[test]
    fn bytes_of_another_version_type_or_length_are_unreadable() {
        let good = Value::Bool(true).to_bytes();
        let with = |at: usize, byte: u8| {
            let mut bytes = good.clone();
            *bytes.get_mut(at).unwrap() = byte;
            bytes
        };
        for bad in
            [Vec::new(), vec![1], with(0, 2), with(1, 8), with(2, 0xff), good.get(..63).unwrap().to_vec()]
        {
            assert_eq!(Value::from_bytes(&bad), Err(Unreadable));
        }
    }
}
