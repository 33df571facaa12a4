//! The list of files an actor may know of, by keyset.

use authz::{
    desk::{Bounds, Disclose, Door, Grant, Pending, Resource, Scope, Session, seal},
    fault::{Fault, Stop},
    id::{CellId, FileId},
};
use chrono::{DateTime, Utc};
use diesel::{
    BoolExpressionMethods, ExpressionMethods, JoinOnDsl, NullableExpressionMethods, PgArrayExpressionMethods,
    QueryDsl, dsl::exists, dsl::not, pg::Pg, sql_types::Uuid as SqlUuid,
};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::{CellView, FileStatus};
use crate::schema::{cell, circle, disclosure, document, fact, recusal, risk_file};

/// What a list may be narrowed by: nothing the gate may hide.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// One cell.
    pub cell: Option<CellId>,
    /// What people call it.
    pub reference: Option<String>,
    /// Active or closed.
    pub closed: Option<bool>,
    /// Opened at or after.
    pub opened_from: Option<DateTime<Utc>>,
    /// Opened before.
    pub opened_to: Option<DateTime<Utc>>,
    /// Only where one's agency is in the circle now, or only where it is not.
    pub member: Option<bool>,
}

/// Where a page continues, and how long it is.
#[derive(Debug, Clone, Copy)]
pub struct Slice {
    /// Rows wanted.
    pub limit: i64,
    /// The last row of the page before: opening date and id.
    pub after: Option<(DateTime<Utc>, Uuid)>,
}

/// A file of a list.
#[derive(Serialize, ToSchema)]
pub struct FileHeadView {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: FileId,
    /// What people call it.
    pub reference: String,
    /// Its cell.
    pub cell: CellView,
    /// Whether it is being worked on.
    pub status: FileStatus,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// Is the viewer's agency in the circle now?
    pub member: bool,
}

struct FileHead(HeadRow);

type HeadRow = (Uuid, String, i16, DateTime<Utc>, Uuid, String, String, bool);

impl Resource for FileHead {
    const KIND: &'static str = "file";
    const READ: &'static str = "file.list";
    const DOOR: Door = Door::Content;
    type Id = FileId;
}

impl Disclose for FileHead {
    type View = FileHeadView;

    fn disclose(self, _: &Grant<'_, Self>) -> Result<FileHeadView, Fault> {
        let (id, reference, status, opened_at, cell_id, key, name, member) = self.0;
        Ok(FileHeadView {
            id: FileId::from_uuid(id),
            reference,
            cell: CellView { id: CellId::from_uuid(cell_id), key, name },
            status: FileStatus::from_number(status)?,
            opened_at,
            member,
        })
    }
}

type IdClause = Box<dyn diesel::BoxableExpression<risk_file::table, Pg, SqlType = diesel::sql_types::Bool>>;

// A part of a file carries its file's cell. Each question below asks so by `ge`, which is always true and says
// nothing new: but only what can be compared for equality is gathered for the whole table beforehand, and a
// page asks of fifty files, not of all.

/// In the circle now.
fn is_member(bounds: &Bounds) -> IdClause {
    let member = circle::table
        .filter(circle::file_id.eq(risk_file::id))
        .filter(circle::cell_id.ge(risk_file::cell_id))
        .filter(circle::agency_id.eq(bounds.agency.uuid()))
        .filter(circle::from_at.le(bounds.now))
        .filter(circle::until_at.is_null().or(circle::until_at.gt(bounds.now)));
    Box::new(exists(member))
}

/// What the gate's first three steps let the actor's agency know of.
fn in_reach(bounds: &Bounds) -> IdClause {
    let (agency, now) = (bounds.agency.uuid(), bounds.now);
    let own = fact::table
        .filter(fact::file_id.eq(risk_file::id))
        .filter(fact::cell_id.ge(risk_file::cell_id))
        .filter(fact::source_id.eq(agency))
        .filter(fact::retracted_at.is_null());
    let own_document = document::table
        .filter(document::file_id.eq(risk_file::id))
        .filter(document::cell_id.ge(risk_file::cell_id))
        .filter(document::source_id.eq(agency))
        .filter(document::retracted_at.is_null());
    // A single act tells its facts; an agreement tells those of its persons and categories.
    let told = disclosure::table
        .inner_join(
            fact::table.on(fact::file_id
                .eq(disclosure::file_id)
                .and(fact::source_id.eq(disclosure::source_id))
                .and(fact::retracted_at.is_null())
                .and(fact::vault.is_null().or(fact::vault.contains(vec![agency]).assume_not_null()))
                .and(tells(
                    disclosure::expires,
                    fact::id,
                    fact::person_id,
                    fact::field,
                    fact::recorded_at,
                    disclosure::made_at,
                    disclosure::item_facts,
                    disclosure::item_subjects,
                    disclosure::item_categories,
                ))),
        )
        .filter(disclosure::file_id.eq(risk_file::id))
        .filter(disclosure::cell_id.ge(risk_file::cell_id))
        .filter(disclosure::recipient_agencies.contains(vec![agency]))
        .filter(disclosure::made_at.le(now))
        .filter(disclosure::until_at.gt(now))
        .filter(disclosure::revoked_at.is_null().or(disclosure::revoked_at.gt(now)));
    let told_document = disclosure::table
        .inner_join(
            document::table.on(document::file_id
                .eq(disclosure::file_id)
                .and(document::source_id.eq(disclosure::source_id))
                .and(document::retracted_at.is_null())
                .and(document::vault.is_null().or(document::vault.contains(vec![agency]).assume_not_null()))
                .and(tells_document(
                    disclosure::expires,
                    document::id,
                    document::person_id,
                    document::category,
                    document::recorded_at,
                    disclosure::made_at,
                    disclosure::item_documents,
                    disclosure::item_subjects,
                    disclosure::item_categories,
                ))),
        )
        .filter(disclosure::file_id.eq(risk_file::id))
        .filter(disclosure::cell_id.ge(risk_file::cell_id))
        .filter(disclosure::recipient_agencies.contains(vec![agency]))
        .filter(disclosure::made_at.le(now))
        .filter(disclosure::until_at.gt(now))
        .filter(disclosure::revoked_at.is_null().or(disclosure::revoked_at.gt(now)));
    let before_sunset = risk_file::sunset_at.is_null().or(risk_file::sunset_at.gt(now));
    let recused = recusal::table
        .filter(recusal::file_id.eq(risk_file::id))
        .filter(recusal::human_id.eq(bounds.human.uuid()));
    let cells: Vec<Uuid> = bounds.cells.iter().map(|cell| cell.uuid()).collect();
    Box::new(
        risk_file::cell_id.eq_any(cells).and(not(exists(recused))).and(
            is_member(bounds)
                .or(exists(own))
                .or(exists(own_document))
                .or(before_sunset.assume_not_null().and(exists(told).or(exists(told_document)))),
        ),
    )
}

#[expect(clippy::too_many_arguments, reason = "one argument a column: what the database function takes")]
mod sql {
    use super::SqlUuid;

    diesel::define_sql_function! {
        /// Does an act tell a fact? Stands in the database so that a list needs no second look.
        fn act_tells_fact(
            expires: diesel::sql_types::SmallInt, fact: SqlUuid, person: SqlUuid, field: diesel::sql_types::SmallInt,
            recorded_at: diesel::sql_types::Timestamptz, made_at: diesel::sql_types::Timestamptz,
            facts: diesel::sql_types::Array<SqlUuid>, subjects: diesel::sql_types::Array<SqlUuid>,
            categories: diesel::sql_types::Array<diesel::sql_types::SmallInt>
        ) -> diesel::sql_types::Bool;
    }
    diesel::define_sql_function! {
        /// The same of a document.
        fn act_tells_document(
            expires: diesel::sql_types::SmallInt, document: SqlUuid, person: SqlUuid,
            category: diesel::sql_types::SmallInt, recorded_at: diesel::sql_types::Timestamptz,
            made_at: diesel::sql_types::Timestamptz, documents: diesel::sql_types::Array<SqlUuid>,
            subjects: diesel::sql_types::Array<SqlUuid>,
            categories: diesel::sql_types::Array<diesel::sql_types::SmallInt>
        ) -> diesel::sql_types::Bool;
    }
}
use sql::{act_tells_document as tells_document, act_tells_fact as tells};

/// The ids of the files within reach, for other lists.
pub(crate) fn within_reach<'q>(bounds: &Bounds) -> risk_file::BoxedQuery<'q, Pg, SqlUuid> {
    risk_file::table.select(risk_file::id).filter(in_reach(bounds)).into_boxed()
}

/// One page of the files within reach, by opening date and id.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn page<'tx, M>(
    session: &mut Session<'tx, M>,
    filter: Filter,
    slice: Slice,
) -> Result<Pending<'tx, Vec<FileHeadView>>, Stop> {
    let reach = session.reach().await?;
    let bounds = reach.bounds(Key::take()).clone();
    let mut query = risk_file::table
        .filter(in_reach(&bounds))
        .order((risk_file::opened_at, risk_file::id))
        .limit(slice.limit)
        .select((
            risk_file::id,
            risk_file::reference,
            risk_file::status,
            risk_file::opened_at,
            risk_file::cell_id,
            is_member(&bounds),
        ))
        .into_boxed();
    if let Some((at, id)) = slice.after {
        // The first clause alone is what an index can start from.
        query = query
            .filter(risk_file::opened_at.ge(at))
            .filter(risk_file::opened_at.gt(at).or(risk_file::opened_at.eq(at).and(risk_file::id.gt(id))));
    }
    if let Some(cell) = filter.cell {
        query = query.filter(risk_file::cell_id.eq(cell.uuid()));
    }
    if let Some(reference) = filter.reference {
        query = query.filter(risk_file::reference.eq(reference));
    }
    if let Some(closed) = filter.closed {
        query = query.filter(risk_file::status.eq(i16::from(closed)));
    }
    if let Some(from) = filter.opened_from {
        query = query.filter(risk_file::opened_at.ge(from));
    }
    if let Some(to) = filter.opened_to {
        query = query.filter(risk_file::opened_at.lt(to));
    }
    query = match filter.member {
        None => query,
        Some(true) => query.filter(is_member(&bounds)),
        Some(false) => query.filter(not(is_member(&bounds))),
    };
    let cells: Vec<Uuid> = bounds.cells.iter().map(|cell| cell.uuid()).collect();
    let tx = session.tx(Key::take());
    let (mut first, mut second) = (tx.conn(Key::take())?, tx.conn(Key::take())?);
    let (rows, cells) = futures_util::try_join!(
        query.load::<(Uuid, String, i16, DateTime<Utc>, Uuid, bool)>(&mut first),
        cell::table.filter(cell::id.eq_any(&cells)).select((cell::id, cell::key, cell::name)).load::<(
            Uuid,
            String,
            String
        )>(
            &mut second
        ),
    )?;
    let mut heads = Vec::with_capacity(rows.len());
    for (id, reference, status, opened_at, cell_id, member) in rows {
        let (_, key, name) = cells.iter().find(|cell| cell.0 == cell_id).cloned().ok_or(Fault::Stored)?;
        let head = FileHead((id, reference, status, opened_at, cell_id, key, name, member));
        let held = Some((head, Scope::Reached(CellId::from_uuid(cell_id))));
        heads.push(seal(Key::take(), session.tx(Key::take()), FileId::from_uuid(id), held));
    }
    session.open_page(heads)
}
