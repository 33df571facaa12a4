//! A row of the log as its hash is taken: every column that says anything, as canonical JSON (RFC 8785).
//!
//! INVARIANT: what was hashed once is hashed the same for ever. Numbers stand as the table holds them, since the
//! words for them may change; moments with six digits of a second, in UTC; a column that comes later is left out
//! where it holds nothing.

use chrono::{DateTime, SecondsFormat, Utc};
use diesel::{Queryable, Selectable};
use proof::Hash;
use serde::{Serialize, Serializer};
use serde_json::Value as Json;
use uuid::Uuid;

use crate::{fault::Fault, log::reader::Whose, schema::access_event};

/// A row, whole.
#[derive(Queryable, Selectable, Serialize)]
#[diesel(table_name = access_event)]
pub(super) struct Line {
    pub(super) id: Uuid,
    #[serde(serialize_with = "moment")]
    pub(super) recorded_at: DateTime<Utc>,
    #[serde(serialize_with = "moment")]
    occurred_at: DateTime<Utc>,
    actor: Option<Uuid>,
    agency: Option<Uuid>,
    session: Option<Uuid>,
    purpose: Option<i16>,
    act: String,
    object_kind: String,
    object: Option<Uuid>,
    file: Option<Uuid>,
    cell: Option<Uuid>,
    decision: i16,
    disclosed: Json,
    policy: String,
    request: Uuid,
}

/// A row with what keeps its hash from being guessed.
#[derive(Serialize)]
struct Salted<'l> {
    #[serde(flatten)]
    line: &'l Line,
    salt: Uuid,
}

fn moment<S: Serializer>(at: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&at.to_rfc3339_opts(SecondsFormat::Micros, true))
}

impl Line {
    /// Its text, to the byte.
    pub(super) fn text(&self, salt: Uuid) -> Result<String, Fault> {
        serde_json_canonicalizer::to_string(&Salted { line: self, salt }).map_err(|_| Fault::Stored)
    }

    /// What decides whose it is.
    pub(super) const fn whose(&self) -> Whose<'_> {
        Whose { cell: self.cell, agency: self.agency, file: self.file, disclosed: &self.disclosed }
    }
}

/// The leaf of a text.
pub(super) fn leaf(text: &str) -> Hash {
    Hash::of_leaf(text.as_bytes())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

    use serde_json::json;

    use super::*;

    #[test]
    fn a_row_is_written_the_same_for_ever() {
        let id = |n: u128| Uuid::from_u128(n);
        let line = Line {
            id: id(1),
            recorded_at: "2026-02-28T23:59:59.5Z".parse().unwrap(),
            occurred_at: "2026-02-28T23:59:59Z".parse().unwrap(),
            actor: Some(id(2)),
            agency: Some(id(3)),
            session: None,
            purpose: Some(1),
            act: "file.read".into(),
            object_kind: "file".into(),
            object: Some(id(4)),
            file: Some(id(4)),
            cell: Some(id(5)),
            decision: 0,
            disclosed: json!([{"source": id(3), "person": id(6), "fields": ["safe_phone"], "basis": "own"}]),
            policy: "é\u{2028}".into(),
            request: id(7),
        };
        let text = line.text(id(8)).unwrap();
        assert_eq!(
            text,
            "{\"act\":\"file.read\",\"actor\":\"00000000-0000-0000-0000-000000000002\",\
             \"agency\":\"00000000-0000-0000-0000-000000000003\",\"cell\":\"00000000-0000-0000-0000-000000000005\",\
             \"decision\":0,\"disclosed\":[{\"basis\":\"own\",\"fields\":[\"safe_phone\"],\
             \"person\":\"00000000-0000-0000-0000-000000000006\",\"source\":\"00000000-0000-0000-0000-000000000003\"}],\
             \"file\":\"00000000-0000-0000-0000-000000000004\",\"id\":\"00000000-0000-0000-0000-000000000001\",\
             \"object\":\"00000000-0000-0000-0000-000000000004\",\"object_kind\":\"file\",\
             \"occurred_at\":\"2026-02-28T23:59:59.000000Z\",\"policy\":\"é\u{2028}\",\"purpose\":1,\
             \"recorded_at\":\"2026-02-28T23:59:59.500000Z\",\"request\":\"00000000-0000-0000-0000-000000000007\",\
             \"salt\":\"00000000-0000-0000-0000-000000000008\",\"session\":null}"
        );
    }
}
