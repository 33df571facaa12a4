//! The value of a fact (*valeur*): read strictly by its field's type, and silent everywhere else.
//!
//! INVARIANT: a value leaves this type only through [`Value::to_json`] and [`Value::to_bytes`],
//! which whoever shows or seals it must call by name. `Debug` prints three dots.

mod address;
mod reach;
mod stored;
pub mod text;
mod time;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde_json::{Value as Json, json};

pub use address::Address;
pub use reach::email as check_email;
pub use stored::Unreadable;
pub(crate) use time::{date, of_day as time_of_day};

use crate::catalogue::FieldType;
use crate::validation::{Invalid, Rule};

/// What one fact states.
#[derive(PartialEq, Eq)]
pub enum Value {
    /// Free text, composed (NFC), at most [`text::LONGEST`] characters.
    Text(String),
    /// A day.
    Date(NaiveDate),
    /// An instant, in UTC.
    Datetime(DateTime<Utc>),
    /// Yes or no.
    Bool(bool),
    /// A code of the field's list.
    Code(String),
    /// A telephone number, as given.
    Phone(String),
    /// An e-mail address, as given.
    Email(String),
    /// A civic address.
    Address(Address),
}

impl Value {
    /// Reads a value sent for a field of this type; otherwise says all that is wrong with it, with
    /// pointers relative to the value.
    pub fn from_json(kind: FieldType, given: &Json) -> Result<Self, Vec<Invalid>> {
        let read = match (kind, given) {
            (FieldType::Address, Json::Object(members)) => {
                return address::address(members).map(Self::Address);
            }
            (FieldType::Bool, Json::Bool(yes)) => Ok(Self::Bool(*yes)),
            (FieldType::Bool | FieldType::Address, _) => Err(Rule::WrongType),
            (_, Json::String(given)) => Self::from_text(kind, given),
            _ => Err(Rule::WrongType),
        };
        read.map_err(|rule| vec![Invalid::at("", rule)])
    }

    fn from_text(kind: FieldType, given: &str) -> Result<Self, Rule> {
        match kind {
            FieldType::Text => text::several_lines(given, text::LONGEST).map(Self::Text),
            FieldType::Date => time::date(given).map(Self::Date),
            FieldType::Datetime => time::instant(given).map(Self::Datetime),
            FieldType::Code(list) => {
                list.find(given).map(|code| Self::Code(code.code().to_owned())).ok_or(Rule::UnknownCode)
            }
            FieldType::Phone => reach::phone(given).map(|()| Self::Phone(given.to_owned())),
            FieldType::Email => reach::email(given).map(|()| Self::Email(given.to_owned())),
            FieldType::Bool | FieldType::Address => Err(Rule::WrongType),
        }
    }

    /// The value in the clear, as an answer carries it. Only what was disclosed may come here.
    pub fn to_json(&self) -> Json {
        match self {
            Self::Text(text) | Self::Code(text) | Self::Phone(text) | Self::Email(text) => json!(text),
            Self::Date(day) => json!(day.format("%Y-%m-%d").to_string()),
            Self::Datetime(at) => json!(at.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
            Self::Bool(yes) => json!(yes),
            Self::Address(address) => {
                let mut members = json!({"line1": address.line1, "municipality": address.municipality});
                if let Json::Object(members) = &mut members {
                    let optional = [("line2", &address.line2), ("postal_code", &address.postal_code)];
                    for (name, text) in optional {
                        members.extend(text.iter().map(|text| (name.to_owned(), json!(text))));
                    }
                }
                members
            }
        }
    }
}

impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("•••")
    }
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("•••")
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;
    use crate::catalogue::Field;

    fn read(field: &str, given: &Json) -> Result<Value, Vec<Invalid>> {
        Value::from_json(Field::named(field).unwrap().kind(), given)
    }

    #[test]
    fn each_type_of_field_reads_its_own_values_and_gives_them_back() {
        for (field, given) in [
            ("given_name", json!("Mireille")),
            ("birth_date", json!("1991-03-12")),
            ("next_appointment", json!("2026-12-01T14:00:00Z")),
            ("voicemail_allowed", json!(false)),
            ("risk_level", json!("imminent")),
            ("language", json!("moe")),
            ("safe_phone", json!("819-555-0142")),
            ("safe_email", json!("m@exemple.example")),
            (
                "address",
                json!({"line1": "1200, rue A", "municipality": "Sherbrooke", "postal_code": "J1H 0A1"}),
            ),
            ("shelter_address", json!({"line1": "1", "line2": "2", "municipality": "Laval"})),
        ] {
            assert_eq!(read(field, &given).unwrap().to_json(), given, "{field}");
        }
    }

    #[test]
    fn a_value_of_another_type_is_refused() {
        for (field, given) in [
            ("given_name", json!(7)),
            ("given_name", json!(null)),
            ("voicemail_allowed", json!("false")),
            ("voicemail_allowed", json!(0)),
            ("address", json!("1200, rue A")),
            ("risk_level", json!(["imminent"])),
            ("safe_phone", json!(8_195_550_142_u64)),
        ] {
            assert_eq!(read(field, &given), Err(vec![Invalid::at("", Rule::WrongType)]), "{field} {given}");
        }
    }

    #[test]
    fn a_code_of_another_list_is_unknown() {
        assert_eq!(read("risk_level", &json!("fra")), Err(vec![Invalid::at("", Rule::UnknownCode)]));
        assert_eq!(read("gender", &json!("Woman")), Err(vec![Invalid::at("", Rule::UnknownCode)]));
    }

    #[test]
    fn nothing_of_a_value_shows_when_it_is_printed() {
        let secret = read("address", &json!({"line1": "1200, rue A", "municipality": "Sherbrooke"})).unwrap();
        assert_eq!(format!("{secret:?}"), "•••");
        assert_eq!(format!("{:?}", Some(read("code_word", &json!("mésange")).unwrap())), "Some(•••)");
    }
}
