//! What was read on one basis already: so that who takes a consent back can be told.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, PgJsonbExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use crate::{
    desk::{Acting, Session},
    fault::{Fault, Stop},
    id::{AgencyId, FileId},
    schema::access_event,
};

/// What one agency read.
pub struct ReadUnder {
    /// Who.
    pub reader: AgencyId,
    /// Which fields of the asking agency's facts.
    pub fields: Vec<String>,
    /// When last.
    pub last: DateTime<Utc>,
}

#[derive(Deserialize)]
struct Part {
    source: Uuid,
    basis_id: Option<Uuid>,
    fields: Vec<String>,
}

/// The readings of one agency's facts on one basis. Of other agencies' facts nothing is told.
///
/// # Errors
/// When the database fails.
pub async fn read_under(
    session: &Session<'_, Acting>,
    file: FileId,
    basis: Uuid,
    source: AgencyId,
) -> Result<Vec<ReadUnder>, Stop> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let rows: Vec<(Option<Uuid>, DateTime<Utc>, serde_json::Value)> = access_event::table
        .filter(access_event::file.eq(file.uuid()))
        .filter(access_event::disclosed.contains(json!([{"basis_id": basis, "source": source}])))
        .order(access_event::recorded_at)
        .select((access_event::agency, access_event::occurred_at, access_event::disclosed))
        .load(&mut conn)
        .await?;
    let mut read: Vec<ReadUnder> = Vec::new();
    for (reader, at, disclosed) in rows {
        let (Some(reader), Ok(parts)) = (reader, serde_json::from_value::<Vec<Part>>(disclosed)) else {
            return Err(Fault::Stored.into());
        };
        let fields =
            parts.into_iter().filter(|part| part.source == source.uuid() && part.basis_id == Some(basis));
        let fields: Vec<String> = fields.flat_map(|part| part.fields).collect();
        let reader = AgencyId::from_uuid(reader);
        match read.iter_mut().find(|known| known.reader == reader) {
            None => read.push(ReadUnder { reader, fields, last: at }),
            Some(known) => {
                known.last = known.last.max(at);
                known.fields.extend(fields);
            }
        }
    }
    for one in &mut read {
        one.fields.sort_unstable();
        one.fields.dedup();
    }
    Ok(read)
}
