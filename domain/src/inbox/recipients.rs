//! Who may be told of something in a cell or a file, asked at the moment of telling.
//!
//! INVARIANT: nobody for whom the file does not exist: neither somebody recused on it, nor the coordination before
//! the file was brought to it.

use authz::vocabulary::Role;
use chrono::{DateTime, Utc};
use diesel::{BoolExpressionMethods, ExpressionMethods, JoinOnDsl, OptionalExtension, QueryDsl, QueryResult};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::{
    file::lookup::{circle_at, coordination},
    schema::{account, recusal, risk_file, role_grant},
};

/// The place something happened in.
#[derive(Clone, Copy)]
pub(crate) struct At {
    /// The cell: roles are those held there.
    pub cell: Uuid,
    /// The file, if it is one's.
    pub file: Option<Uuid>,
    /// When.
    pub now: DateTime<Utc>,
}

/// The cell of a file.
pub(crate) async fn cell_of(conn: &mut AsyncPgConnection, file: Uuid) -> QueryResult<Option<Uuid>> {
    risk_file::table.filter(risk_file::id.eq(file)).select(risk_file::cell_id).first(conn).await.optional()
}

/// Everybody who opens content in the cell: of these agencies, or of this account alone.
async fn people(
    mut conn: &AsyncPgConnection,
    at: At,
    roles: impl Fn(Role) -> bool,
    agencies: Option<&[Uuid]>,
    only: Option<Uuid>,
) -> QueryResult<Vec<Uuid>> {
    let roles: Vec<i16> = Role::ALL.iter().copied().filter(|role| roles(*role)).map(Role::number).collect();
    // No file has the nil identifier: without a file nobody is recused.
    let recused =
        recusal::table.filter(recusal::file_id.eq(at.file.unwrap_or_default())).select(recusal::human_id);
    let mut query = role_grant::table
        .inner_join(account::table.on(account::id.eq(role_grant::account_id)))
        .filter(role_grant::cell_id.eq(at.cell))
        .filter(role_grant::role.eq_any(roles))
        .filter(role_grant::valid_from.le(at.now))
        .filter(role_grant::valid_until.is_null().or(role_grant::valid_until.gt(at.now)))
        .filter(account::service.eq(false))
        .filter(account::disabled_at.is_null())
        .filter(account::human_id.ne_all(recused))
        .select(account::id)
        .distinct()
        .into_boxed();
    if let Some(agencies) = agencies {
        query = query.filter(account::agency_id.eq_any(agencies.to_vec()));
    }
    if let Some(only) = only {
        query = query.filter(account::id.eq(only));
    }
    query.load(&mut conn).await
}

/// Who of an agency may learn that something happened: whoever opens content in the cell now.
pub(crate) async fn of_agency(conn: &mut AsyncPgConnection, at: At, agency: Uuid) -> QueryResult<Vec<Uuid>> {
    people(conn, at, Role::has_content, Some(&[agency]), None).await
}

/// May this account still be told?
pub(crate) async fn may_be_told(conn: &mut AsyncPgConnection, at: At, account: Uuid) -> QueryResult<bool> {
    Ok(!people(conn, at, Role::has_content, None, Some(account)).await?.is_empty())
}

/// The agencies in the file's circle now; nothing without a file.
async fn circle_of(conn: &AsyncPgConnection, at: At) -> QueryResult<Vec<Uuid>> {
    circle_at(conn, at.file.unwrap_or_default(), at.now).await
}

/// Is the agency in the file's circle now? What belongs to no file concerns every agency of the cell.
pub(crate) async fn concerned(conn: &AsyncPgConnection, at: At, agency: Uuid) -> QueryResult<bool> {
    Ok(at.file.is_none() || circle_of(conn, at).await?.contains(&agency))
}

/// The respondents of these agencies.
async fn respondents(conn: &AsyncPgConnection, at: At, agencies: &[Uuid]) -> QueryResult<Vec<Uuid>> {
    people(conn, at, |role| role.inherits().contains(&Role::Respondent), Some(agencies), None).await
}

/// Who answers for what nobody else can be told: the coordination, if the file was brought to it; else the
/// respondents of its circle.
pub(crate) async fn responsible(conn: &AsyncPgConnection, at: At) -> QueryResult<Vec<Uuid>> {
    let Some(file) = at.file else {
        return coordination(conn, at.cell, None, None, at.now).await;
    };
    let members = circle_of(conn, at).await?;
    let inside = coordination(conn, at.cell, Some(file), Some(&members), at.now).await?;
    if inside.is_empty() { respondents(conn, at, &members).await } else { Ok(inside) }
}

/// Who learns of a recusal, and that the recused person tried to open the file: the coordination, if the file was
/// brought to it; else the respondents of that person's own agencies in the circle. If there are none, nobody: who
/// is recused is no other agency's to know, and the coordination reads it on the file once it is in.
pub(crate) async fn told_of_recusal(conn: &AsyncPgConnection, at: At, human: Uuid) -> QueryResult<Vec<Uuid>> {
    let members = circle_of(conn, at).await?;
    let inside = coordination(conn, at.cell, at.file, Some(&members), at.now).await?;
    if !inside.is_empty() {
        return Ok(inside);
    }
    let own: Vec<Uuid> = account::table
        .filter(account::human_id.eq(human))
        .filter(account::agency_id.eq_any(members))
        .select(account::agency_id)
        .distinct()
        .load(&mut { conn })
        .await?;
    respondents(conn, at, &own).await
}
