//! Files found to be about the same situation (*dossiers réunis*): which belong together, and what that forbids.

use authz::{
    desk::{Acting, Grant, Resource, Session},
    fault::Stop,
    id::FileId,
};
use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl, QueryResult, Queryable, QueryableByName, sql_query, sql_types};
use diesel_async::RunQueryDsl;
use door::Key;
use uuid::Uuid;

use crate::{refusal::Refusal, schema::file_merger, validation::Rule};

/// A merger beside one file, with one row for each time an agency was in the other file's circle.
#[derive(Queryable)]
pub(crate) struct MergerRow {
    pub file_id: Uuid,
    pub into_id: Uuid,
    pub agency_id: Uuid,
    pub from_at: DateTime<Utc>,
    pub until_at: Option<DateTime<Utc>>,
}

impl MergerRow {
    fn includes(&self, agency: Uuid, now: DateTime<Utc>) -> bool {
        self.agency_id == agency && self.from_at <= now && self.until_at.is_none_or(|until| now < until)
    }
}

/// What this file was merged into, and what was merged into it, for who is in the circle of both now.
///
/// INVARIANT: recusals of files that belong together are one: whoever sees this file is recused on none of them.
pub(crate) fn known_mergers<R: Resource>(
    rows: &[MergerRow],
    this: Uuid,
    now: DateTime<Utc>,
    grant: &Grant<'_, R>,
) -> (Option<FileId>, Vec<FileId>) {
    let agency = grant.agency().uuid();
    let known = rows.iter().filter(|row| grant.sees_circle() && row.includes(agency, now));
    let (mut into, mut from) = (None, Vec::new());
    for row in known {
        if row.file_id == this {
            into = Some(FileId::from_uuid(row.into_id));
        } else {
            from.push(FileId::from_uuid(row.file_id));
        }
    }
    from.sort_unstable();
    from.dedup();
    (into, from)
}

#[derive(QueryableByName)]
struct One {
    #[diesel(sql_type = sql_types::Uuid)]
    id: Uuid,
}

/// Files that belong together, from any of them, in the order of their ids: one statement whatever they are.
const TOGETHER: &str = "with recursive linked(id) as (
  select unnest($1)
  union
  select case when m.file_id = l.id then m.into_id else m.file_id end
  from file_merger m join linked l on l.id in (m.file_id, m.into_id)
) select r.id from risk_file r where r.id in (select id from linked) order by r.id";

/// The files that belong together with this one, itself among them.
pub(crate) async fn together(session: &Session<'_, Acting>, file: FileId) -> QueryResult<Vec<Uuid>> {
    ids(session, TOGETHER.to_owned(), vec![file.uuid()]).await
}

/// The same from several files, each row locked, in one order for everybody.
pub(crate) async fn lock_together(
    session: &mut Session<'_, Acting>,
    files: Vec<Uuid>,
) -> Result<Vec<Uuid>, Stop> {
    session.identify().await?;
    Ok(ids(session, format!("{TOGETHER} for update of r"), files).await?)
}

async fn ids(session: &Session<'_, Acting>, sql: String, from: Vec<Uuid>) -> QueryResult<Vec<Uuid>> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let found: Vec<One> =
        sql_query(sql).bind::<sql_types::Array<sql_types::Uuid>, _>(from).load(&mut conn).await?;
    Ok(found.into_iter().map(|one| one.id).collect())
}

/// What a file was merged into.
pub(crate) async fn merged_into(session: &Session<'_, Acting>, file: FileId) -> QueryResult<Option<FileId>> {
    use diesel::OptionalExtension;
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let into: Option<Uuid> = file_merger::table
        .filter(file_merger::file_id.eq(file.uuid()))
        .select(file_merger::into_id)
        .first(&mut conn)
        .await
        .optional()?;
    Ok(into.map(FileId::from_uuid))
}

/// A merged file takes no new writes: its situation goes on in the other.
pub(crate) async fn not_merged(session: &Session<'_, Acting>, file: FileId) -> Result<(), Refusal> {
    match merged_into(session, file).await? {
        None => Ok(()),
        Some(_) => Err(Refusal::Blocked(Rule::FileMerged)),
    }
}
