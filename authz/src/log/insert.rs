//! Appends rows through `append_access`, the only door the program has into the log.

use chrono::{DateTime, Utc};
use diesel::{
    QueryResult, define_sql_function, select,
    sql_types::{Array, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use super::Event;
use crate::id::EventId;

#[expect(clippy::too_many_arguments, reason = "one array a column: what the database function takes")]
mod sql {
    use super::{Array, Nullable, SmallInt, SqlUuid, Text, Timestamptz, define_sql_function};

    define_sql_function! {
    fn append_access(
        occurred_ats: Array<Timestamptz>, actors: Array<Nullable<SqlUuid>>, agencies: Array<Nullable<SqlUuid>>,
        sessions: Array<Nullable<SqlUuid>>, purposes: Array<Nullable<SmallInt>>, acts: Array<Text>,
        object_kinds: Array<Text>, objects: Array<Nullable<SqlUuid>>, files: Array<Nullable<SqlUuid>>, cells: Array<Nullable<SqlUuid>>,
        decisions: Array<SmallInt>, discloseds: Array<Text>, policies: Array<Text>, requests: Array<SqlUuid>
    ) -> Array<SqlUuid>;
    }
}
use sql::append_access;

#[derive(Default)]
struct Columns {
    occurred_ats: Vec<DateTime<Utc>>,
    actors: Vec<Option<Uuid>>,
    agencies: Vec<Option<Uuid>>,
    sessions: Vec<Option<Uuid>>,
    purposes: Vec<Option<i16>>,
    acts: Vec<&'static str>,
    object_kinds: Vec<&'static str>,
    objects: Vec<Option<Uuid>>,
    files: Vec<Option<Uuid>>,
    cells: Vec<Option<Uuid>>,
    decisions: Vec<i16>,
    discloseds: Vec<String>,
    policies: Vec<String>,
    requests: Vec<Uuid>,
}

impl Columns {
    fn push(&mut self, event: &Event) -> Result<(), diesel::result::Error> {
        let disclosed = serde_json::to_string(&event.disclosed)
            .map_err(|error| diesel::result::Error::SerializationError(Box::new(error)))?;
        self.occurred_ats.push(event.occurred_at);
        self.actors.push(event.actor.map(crate::id::UserId::uuid));
        self.agencies.push(event.agency.map(crate::id::AgencyId::uuid));
        self.sessions.push(event.session.map(crate::id::SessionId::uuid));
        self.purposes.push(event.purpose.map(crate::vocabulary::Purpose::number));
        self.acts.push(event.act);
        self.object_kinds.push(event.object_kind);
        self.objects.push(event.object);
        self.files.push(event.file.map(crate::id::FileId::uuid));
        self.cells.push(event.cell.map(crate::id::CellId::uuid));
        self.decisions.push(event.outcome.number());
        self.discloseds.push(disclosed);
        self.policies.push(event.policy.to_string());
        self.requests.push(event.request.uuid());
        Ok(())
    }
}

/// Writes the rows in one statement and gives back their ids in the same order.
pub(crate) async fn insert<'e>(
    conn: &AsyncPgConnection,
    events: impl IntoIterator<Item = &'e Event>,
) -> QueryResult<Vec<EventId>> {
    let mut c = Columns::default();
    for event in events {
        c.push(event)?;
    }
    let ids: Vec<Uuid> = select(append_access(
        c.occurred_ats,
        c.actors,
        c.agencies,
        c.sessions,
        c.purposes,
        c.acts,
        c.object_kinds,
        c.objects,
        c.files,
        c.cells,
        c.decisions,
        c.discloseds,
        c.policies,
        c.requests,
    ))
    .get_result(&mut &*conn)
    .await?;
    Ok(ids.into_iter().map(EventId::from_uuid).collect())
}

/// Writes the rows of what a scenario tells, in its own transaction.
///
/// # Errors
/// When the database refuses.
pub async fn insert_told(conn: &AsyncPgConnection, events: &[Event]) -> QueryResult<()> {
    for batch in events.chunks(256) {
        insert(conn, batch).await?;
    }
    Ok(())
}
