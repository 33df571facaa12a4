//! Reading the log. An auditor sees the rows of her cells; a privacy officer those of the own agency's
//! people and every reading of its facts; of others each sees that an entry exists.

use chrono::{DateTime, Utc};
use diesel::{BoolExpressionMethods, ExpressionMethods, PgJsonbExpressionMethods, QueryDsl};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use door::Key;
use serde::Serialize;
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::reader::{Reader, Whose};
use crate::{
    desk::{Disclose, Door, FileScope, Grant, LogReach, Resource, Room, Scope, Sealed, Session, seal},
    fault::{Fault, Stop},
    id::{AgencyId, EventId, FileId, UserId},
    schema::access_event,
    vocabulary::Purpose,
};

/// What the log may be narrowed by.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// One file.
    pub file: Option<FileId>,
    /// One account.
    pub actor: Option<UserId>,
    /// One person of whom something was shown.
    pub person: Option<Uuid>,
    /// One agency.
    pub agency: Option<AgencyId>,
    /// At or after.
    pub from: Option<DateTime<Utc>>,
    /// Before.
    pub to: Option<DateTime<Utc>>,
    /// One act.
    pub act: Option<String>,
    /// Rows older than this one.
    pub before: Option<(DateTime<Utc>, Uuid)>,
    /// Rows wanted.
    pub limit: i64,
}

/// Rows of the log, newest first.
#[derive(Serialize)]
pub struct EventsView {
    /// The rows.
    pub items: Vec<EventView>,
    /// Where the list continues.
    pub next: Option<String>,
    #[serde(skip)]
    pub(crate) last: Option<(DateTime<Utc>, Uuid)>,
}

impl EventsView {
    /// The last row's place, for a cursor.
    #[must_use]
    pub const fn last(&self) -> Option<(DateTime<Utc>, Uuid)> {
        self.last
    }

    /// The same page with its cursor.
    #[must_use]
    pub fn continued(self, next: Option<String>) -> Self {
        Self { next, ..self }
    }
}

/// One row, as far as it shows.
#[derive(Serialize)]
pub struct EventView {
    /// Handle.
    pub id: EventId,
    /// When it was written.
    pub recorded_at: DateTime<Utc>,
    /// The rest, when it is the reader's to see.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub content: Option<EventContent>,
}

/// What a row says. Never a value.
#[derive(Serialize)]
pub struct EventContent {
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
    /// Who.
    pub actor: Option<UserId>,
    /// For which agency.
    pub agency: Option<AgencyId>,
    /// Why.
    pub purpose: Option<Purpose>,
    /// What was attempted.
    pub act: String,
    /// The kind of thing.
    pub object_kind: String,
    /// Its handle.
    pub object: Option<Uuid>,
    /// The risk file concerned.
    pub file: Option<FileId>,
    /// `allowed`, `absent`, `refused` or `fault`.
    pub decision: &'static str,
    /// Per person: source, basis and field names.
    pub disclosed: Json,
    /// Version of the policy that decided.
    pub policy: String,
}

struct Events(Vec<Row>, Reader);
/// The rows of one file, as found.
pub struct FileEvents(Vec<Row>);

type Row = (
    Uuid,
    DateTime<Utc>,
    DateTime<Utc>,
    Option<Uuid>,
    Option<Uuid>,
    Option<i16>,
    String,
    String,
    Option<Uuid>,
    Option<Uuid>,
    Option<Uuid>,
    i16,
    Json,
    String,
);

impl Resource for Events {
    const KIND: &'static str = "access_log";
    const READ: &'static str = "access_log.read";
    const DOOR: Door = Door::Room;
    type Id = Uuid;
}

impl Disclose for Events {
    type View = EventsView;
    fn disclose(self, _: &Grant<'_, Self>) -> Result<EventsView, Fault> {
        let Self(rows, reader) = self;
        view(rows, |row| reader.sees(&whose(row)))
    }
}

impl Resource for FileEvents {
    const KIND: &'static str = "access_log";
    const READ: &'static str = "access_log.read";
    const DOOR: Door = Door::FileLog;
    type Id = FileId;
}

impl Disclose for FileEvents {
    type View = EventsView;
    fn disclose(self, grant: &Grant<'_, Self>) -> Result<EventsView, Fault> {
        let reach = grant.log_reach();
        view(self.0, |row| match reach {
            Some(LogReach::Audited) => true,
            Some(LogReach::OwnAgency) => whose(row).is_of(grant.agency()),
            None => false,
        })
    }
}

const fn whose(row: &Row) -> Whose<'_> {
    Whose { cell: row.10, agency: row.4, file: row.9, disclosed: &row.12 }
}

fn view(rows: Vec<Row>, shows: impl Fn(&Row) -> bool) -> Result<EventsView, Fault> {
    let last = rows.last().map(|row| (row.1, row.0));
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        let shown = shows(&row);
        let (
            id,
            recorded_at,
            occurred_at,
            actor,
            agency,
            purpose,
            act,
            kind,
            object,
            file,
            _,
            decision,
            disclosed,
            policy,
        ) = row;
        let content = EventContent {
            occurred_at,
            actor: actor.map(UserId::from_uuid),
            agency: agency.map(AgencyId::from_uuid),
            purpose: purpose.map(Purpose::from_number).transpose().map_err(|_| Fault::Stored)?,
            act,
            object_kind: kind,
            object,
            file: file.map(FileId::from_uuid),
            decision: match decision {
                0 => "allowed",
                1 => "absent",
                2 => "refused",
                _ => "fault",
            },
            disclosed,
            policy,
        };
        items.push(EventView { id: EventId::from_uuid(id), recorded_at, content: shown.then_some(content) });
    }
    Ok(EventsView { items, next: None, last })
}

async fn rows(
    mut conn: &AsyncPgConnection,
    filter: &Filter,
    reader: Option<&Reader>,
) -> Result<Vec<Row>, Stop> {
    let mut query = access_event::table
        .order((access_event::recorded_at.desc(), access_event::id.desc()))
        .limit(filter.limit)
        .select((
            access_event::id,
            access_event::recorded_at,
            access_event::occurred_at,
            access_event::actor,
            access_event::agency,
            access_event::purpose,
            access_event::act,
            access_event::object_kind,
            access_event::object,
            access_event::file,
            access_event::cell,
            access_event::decision,
            access_event::disclosed,
            access_event::policy,
        ))
        .into_boxed();
    if let Some(reader) = reader {
        let cells: Vec<Uuid> = reader.audited.iter().map(|cell| cell.uuid()).collect();
        query = if reader.officer {
            query.filter(
                access_event::cell
                    .eq_any(cells)
                    .or(access_event::agency.eq(reader.agency.uuid()))
                    .or(access_event::disclosed.contains(json!([{"source": reader.agency}]))),
            )
        } else {
            query.filter(access_event::cell.eq_any(cells))
        };
        if !reader.recused.is_empty() {
            let elsewhere = access_event::file.ne_all(reader.recused.clone());
            query = query.filter(access_event::file.is_null().or(elsewhere));
        }
    }
    if let Some(file) = filter.file {
        query = query.filter(access_event::file.eq(file.uuid()));
    }
    if let Some(actor) = filter.actor {
        query = query.filter(access_event::actor.eq(actor.uuid()));
    }
    if let Some(person) = filter.person {
        query = query.filter(access_event::disclosed.contains(json!([{"person": person}])));
    }
    if let Some(agency) = filter.agency {
        query = query.filter(access_event::agency.eq(agency.uuid()));
    }
    if let Some(from) = filter.from {
        query = query.filter(access_event::recorded_at.ge(from));
    }
    if let Some(to) = filter.to {
        query = query.filter(access_event::recorded_at.lt(to));
    }
    if let Some(act) = &filter.act {
        query = query.filter(access_event::act.eq(act.clone()));
    }
    if let Some((at, id)) = filter.before {
        query = query.filter(
            access_event::recorded_at
                .lt(at)
                .or(access_event::recorded_at.eq(at).and(access_event::id.lt(id))),
        );
    }
    Ok(query.load(&mut conn).await?)
}

/// Rows across files, within what the reader may see.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_events<'tx, M>(
    session: &mut Session<'tx, M>,
    filter: &Filter,
) -> Result<Sealed<'tx, impl Disclose<View = EventsView> + use<M>>, Stop> {
    let reader = Reader::of(session).await?;
    let key = Key::take();
    let rows = rows(session.tx(key).conn(key)?, filter, Some(&reader)).await?;
    Ok(seal(key, session.tx(key), Uuid::nil(), Some((Events(rows, reader), Scope::Room(Room::Log)))))
}

/// Rows of one file; its scope comes from whoever knows files.
///
/// # Errors
/// When the database fails.
pub async fn find_file_events<'tx, M>(
    session: &mut Session<'tx, M>,
    file: FileId,
    scope: Option<FileScope>,
    filter: &Filter,
) -> Result<Sealed<'tx, FileEvents>, Stop> {
    let key = Key::take();
    let filter = Filter { file: Some(file), ..filter.clone() };
    let rows = rows(session.tx(key).conn(key)?, &filter, None).await?;
    let held = scope.map(|scope| (FileEvents(rows), Scope::File(Box::new(scope))));
    Ok(seal(key, session.tx(key), file, held))
}
