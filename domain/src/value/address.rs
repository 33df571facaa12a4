//! A civic address (*adresse*).

use serde_json::{Map, Value as Json};

use super::text::one_line;
use crate::validation::{Invalid, Rule};

/// An address somebody lives, works or may be found at.
#[derive(PartialEq, Eq)]
pub struct Address {
    pub(super) line1: String,
    pub(super) line2: Option<String>,
    pub(super) municipality: String,
    pub(super) postal_code: Option<String>,
}

const LONGEST_LINE: usize = 200;

/// Reads `{line1, line2?, municipality, postal_code?}` and names everything that is wrong with it.
pub(super) fn address(given: &Map<String, Json>) -> Result<Address, Vec<Invalid>> {
    let mut wrong: Vec<Invalid> = given
        .keys()
        .filter(|name| !["line1", "line2", "municipality", "postal_code"].contains(&name.as_str()))
        .map(|name| Invalid::unknown_member(name))
        .collect();
    let mut member = |name: &str, read: fn(&str) -> Result<String, Rule>| match given.get(name) {
        None | Some(Json::Null) => None,
        Some(Json::String(text)) => match read(text) {
            Ok(text) => Some(text),
            Err(rule) => {
                wrong.push(Invalid::at(format!("/{name}"), rule));
                None
            }
        },
        Some(_) => {
            wrong.push(Invalid::at(format!("/{name}"), Rule::WrongType));
            None
        }
    };
    let line = |text: &str| one_line(text, LONGEST_LINE);
    let (line1, line2) = (member("line1", line), member("line2", line));
    let (municipality, postal_code) = (member("municipality", line), member("postal_code", postal_code));
    for name in ["line1", "municipality"] {
        if given.get(name).is_none_or(Json::is_null) {
            wrong.push(Invalid::at(format!("/{name}"), Rule::Missing));
        }
    }
    match (line1, municipality) {
        (Some(line1), Some(municipality)) if wrong.is_empty() => {
            Ok(Address { line1, line2, municipality, postal_code })
        }
        _ => Err(wrong),
    }
}

/// A Canadian postal code, with or without its space, in either case; kept as `A1A 1A1`.
fn postal_code(given: &str) -> Result<String, Rule> {
    let upper = given.to_ascii_uppercase();
    let (area, unit) = match upper.split_once(' ') {
        Some(halves) => halves,
        None => upper.split_at_checked(3).ok_or(Rule::NotAPostalCode)?,
    };
    // Canada Post uses neither D, F, I, O, Q nor U anywhere, and neither W nor Z in first place.
    let is_letter = |b: u8| b.is_ascii_uppercase() && !b"DFIOQU".contains(&b);
    let sound = area.len() == 3
        && unit.len() == 3
        && !area.starts_with(['W', 'Z'])
        && area
            .bytes()
            .chain(unit.bytes())
            .enumerate()
            .all(|(at, byte)| if at.is_multiple_of(2) { is_letter(byte) } else { byte.is_ascii_digit() });
    if sound { Ok(format!("{area} {unit}")) } else { Err(Rule::NotAPostalCode) }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;
    use serde_json::json;

    fn wrongs(given: &Json) -> Vec<(String, Rule)> {
        let found = address(given.as_object().unwrap()).err().unwrap_or_default();
        found.into_iter().map(|invalid| (invalid.pointer, invalid.rule)).collect()
    }

    #[test]
    fn an_address_needs_a_first_line_and_a_municipality() {
        assert_eq!(wrongs(&json!({"line1": "1, rue A", "municipality": "Laval", "line2": null})), []);
        let missing = [("/line1".to_owned(), Rule::Missing), ("/municipality".to_owned(), Rule::Missing)];
        assert_eq!(wrongs(&json!({})), missing);
        assert_eq!(wrongs(&json!({"line1": null, "municipality": null})), missing);
    }

    #[test]
    fn everything_wrong_is_named_at_once_but_never_with_what_may_be_a_value() {
        let found = wrongs(
            &json!({"line1": 3, "municipality": " ", "postal_code": "H0H", "Mireille B.": 1, "line3": 1}),
        );
        let expected = [
            ("", Rule::UnknownMember),
            ("/line3", Rule::UnknownMember),
            ("/line1", Rule::WrongType),
            ("/municipality", Rule::Blank),
            ("/postal_code", Rule::NotAPostalCode),
        ];
        assert_eq!(found, expected.map(|(place, rule)| (place.to_owned(), rule)));
    }

    #[test]
    fn a_postal_code_is_kept_in_its_usual_form() {
        for given in ["J1H 0A1", "j1h0a1", "J1H0A1"] {
            assert_eq!(postal_code(given), Ok("J1H 0A1".to_owned()));
        }
        for wrong in [
            "", "J1H", "J1H-0A1", "J1H  0A1", "D1H 0A1", "W1H 0A1", "J1O 0A1", "11H 0A1", "J1H 0A11",
            "é1H0A1",
        ] {
            assert_eq!(postal_code(wrong), Err(Rule::NotAPostalCode), "{wrong}");
        }
    }
}
