//! What somebody was shown of a file the last time she consulted it: her own rows, and no other.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, QueryResult};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Deserialize;
use uuid::Uuid;

use super::Outcome;
use crate::{desk::Session, fault::Fault, id::FileId, schema::access_event};

/// Readings closer together than this are one consultation.
const ONE_CONSULTATION: TimeDelta = TimeDelta::minutes(30);

/// An earlier reading of a file, by the very person who asks, for the same purpose.
pub struct EarlierReading {
    /// When.
    pub at: DateTime<Utc>,
    /// What was shown: person, source and field.
    pub shown: Vec<(Uuid, Uuid, String)>,
}

#[derive(Deserialize)]
struct Part {
    person: Uuid,
    source: Uuid,
    fields: Vec<String>,
}

/// The row of an earlier reading, if there is one, not read yet.
pub struct EarlierRow(Option<(DateTime<Utc>, serde_json::Value)>);

impl EarlierRow {
    /// What it says.
    ///
    /// # Errors
    /// When what is stored cannot be read.
    pub fn read(self) -> Result<Option<EarlierReading>, Fault> {
        let Some((at, disclosed)) = self.0 else { return Ok(None) };
        let parts: Vec<Part> = serde_json::from_value(disclosed).map_err(|_| Fault::Stored)?;
        let shown = parts.into_iter().flat_map(|part| {
            let (person, source) = (part.person, part.source);
            part.fields.into_iter().map(move |field| (person, source, field))
        });
        Ok(Some(EarlierReading { at, shown: shown.collect() }))
    }
}

/// The caller's reading of this file before the consultation under way, for the declared purpose: a statement to be
/// joined with those that say whether the caller still counts. Of a caller who is nobody, or declared no purpose, nothing.
///
/// # Errors
/// When the database fails.
pub async fn earlier_row<M>(session: &Session<'_, M>, file: FileId, act: &str) -> QueryResult<EarlierRow> {
    let (Some(actor), Ok(purpose)) = (session.actor(), session.purpose()) else {
        return Ok(EarlierRow(None));
    };
    let before = session.now() - ONE_CONSULTATION;
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let row = access_event::table
        .filter(access_event::file.eq(file.uuid()))
        .filter(access_event::actor.eq(actor.user().uuid()))
        .filter(access_event::act.eq(act))
        .filter(access_event::purpose.eq(purpose.number()))
        .filter(access_event::decision.eq(Outcome::Allowed.number()))
        .filter(access_event::occurred_at.le(before))
        .order((access_event::recorded_at.desc(), access_event::id.desc()))
        .select((access_event::occurred_at, access_event::disclosed))
        .first(&mut conn)
        .await
        .optional()?;
    Ok(EarlierRow(row))
}
