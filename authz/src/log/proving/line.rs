//! A row of the log as its hash is taken: every column that says anything, as canonical JSON (RFC 8785).
//!
//! INVARIANT: what was hashed once is hashed the same for ever. Numbers stand as the table holds them, since the
//! words for them may change; moments with six digits of a second, in UTC.

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

fn moment<S: Serializer>(at: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&at.to_rfc3339_opts(SecondsFormat::Micros, true))
}

impl Line {
    /// Its text, to the byte.
    pub(super) fn text(&self) -> Result<String, Fault> {
        serde_json_canonicalizer::to_string(self).map_err(|_| Fault::Stored)
    }

    /// Its leaf.
    pub(super) fn hash(&self) -> Result<Hash, Fault> {
        Ok(Hash::of_leaf(self.text()?.as_bytes()))
    }

    /// What decides whose it is.
    pub(super) const fn whose(&self) -> Whose<'_> {
        Whose { cell: self.cell, agency: self.agency, file: self.file, disclosed: &self.disclosed }
    }
}
