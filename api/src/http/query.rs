//! Query parameters: strict, and keyset cursors.

use chrono::{DateTime, Utc};
use data_encoding::BASE64URL_NOPAD;
use domain::validation::Rule;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::problem::{Problem, ProblemKind};

/// Reads the query of a request; an unknown parameter is refused by name.
///
/// # Errors
/// 400 when a parameter is unknown or has no meaning.
pub fn read<T: DeserializeOwned>(query: &str) -> Result<T, Problem> {
    serde_urlencoded::from_str(query).map_err(|error| {
        let text = error.to_string();
        match text.strip_prefix("unknown field `").and_then(|rest| rest.split('`').next()) {
            Some(name) if name.len() <= 32 && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') => {
                Problem::bad_query(name, Rule::UnknownMember)
            }
            _ => Problem::new(ProblemKind::BadQuery),
        }
    })
}

/// Where a page continues: the order key and id of the last row seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The instant the list is ordered by.
    pub at: DateTime<Utc>,
    /// The identifier that settles ties.
    pub id: Uuid,
}

impl Cursor {
    /// As it stands in a URL: opaque to clients, and it holds no value of a fact.
    #[must_use]
    pub fn encode(self) -> String {
        let mut bytes = self.at.timestamp_micros().to_be_bytes().to_vec();
        bytes.extend_from_slice(self.id.as_bytes());
        BASE64URL_NOPAD.encode(&bytes)
    }

    /// Reads a cursor.
    ///
    /// # Errors
    /// 400 when it is not one of ours.
    pub fn decode(text: &str) -> Result<Self, Problem> {
        let wrong = || Problem::bad_query("cursor", Rule::WrongType);
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| wrong())?;
        let (at, id) = bytes.split_first_chunk::<8>().ok_or_else(wrong)?;
        let at = DateTime::from_timestamp_micros(i64::from_be_bytes(*at)).ok_or_else(wrong)?;
        Ok(Self { at, id: Uuid::from_slice(id).map_err(|_| wrong())? })
    }
}

/// How much of a list is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Paging {
    /// Rows on the page, 1 to 100.
    pub limit: u8,
    /// Where it continues.
    pub after: Option<Cursor>,
}

impl Paging {
    /// Reads `limit` and `cursor`.
    ///
    /// # Errors
    /// 400 when the limit is not 1 to 100 or the cursor is not ours.
    pub fn read(limit: Option<&str>, cursor: Option<&str>) -> Result<Self, Problem> {
        let limit = match limit {
            None => 50,
            Some(text) => match text.parse::<u8>() {
                Ok(limit @ 1..=100) => limit,
                _ => return Err(Problem::bad_query("limit", Rule::OutOfRange)),
            },
        };
        Ok(Self { limit, after: cursor.map(Cursor::decode).transpose()? })
    }
}
