//! Who of a cell is told of its process. Before identity is open nobody can be recused, for nobody is named;
//! afterwards, messages go through the file's own lists.

use authz::{
    desk::{Acting, Session},
    id::{FileId, OutboxId},
    vocabulary::Role,
};
use chrono::{DateTime, Utc};
use diesel::{
    BoolExpressionMethods, ExpressionMethods, JoinOnDsl, NullableExpressionMethods, QueryDsl, QueryResult,
    insert_into,
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use door::Key;
use uuid::Uuid;

use super::rows::MobilisationRow;
use crate::{
    file::lookup::{circle_now, coordination},
    inbox::MessageKind,
    refusal::Refusal,
    schema::{account, mobilisation, outbox, recusal, role_grant},
};

/// The accounts that hold one of these roles in a cell now.
pub(crate) async fn holders(
    mut conn: &AsyncPgConnection,
    cell: Uuid,
    agency: Option<Uuid>,
    roles: &[Role],
    now: DateTime<Utc>,
) -> QueryResult<Vec<Uuid>> {
    let numbers: Vec<i16> = roles.iter().map(|role| role.number()).collect();
    let mut query = role_grant::table
        .inner_join(account::table.on(account::id.eq(role_grant::account_id)))
        .filter(role_grant::cell_id.eq(cell))
        .filter(role_grant::role.eq_any(numbers))
        .filter(role_grant::valid_from.le(now))
        .filter(role_grant::valid_until.is_null().or(role_grant::valid_until.gt(now)))
        .filter(account::service.eq(false))
        .filter(account::disabled_at.is_null())
        .order(account::id)
        .select(account::id)
        .distinct()
        .into_boxed();
    if let Some(agency) = agency {
        query = query.filter(account::agency_id.eq(agency));
    }
    query.load(&mut conn).await
}

/// The coordinators of a cell.
pub(crate) async fn coordinators(
    conn: &AsyncPgConnection,
    cell: Uuid,
    now: DateTime<Utc>,
) -> QueryResult<Vec<Uuid>> {
    holders(conn, cell, None, &[Role::Coordinator], now).await
}

/// The respondents of the agencies in a file's circle now, in its cell.
///
/// INVARIANT: nobody who is recused on the file.
pub(crate) async fn circle_respondents(
    session: &Session<'_, Acting>,
    cell: Uuid,
    file: FileId,
) -> QueryResult<Vec<Uuid>> {
    let now = session.now();
    let around = circle_now(session, file).await?;
    let recused = recusal::table.filter(recusal::file_id.eq(file.uuid())).select(recusal::human_id);
    let numbers: Vec<i16> =
        [Role::Respondent, Role::Committee, Role::Coordinator].iter().map(|role| role.number()).collect();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    role_grant::table
        .inner_join(account::table.on(account::id.eq(role_grant::account_id)))
        .filter(role_grant::cell_id.eq(cell))
        .filter(role_grant::role.eq_any(numbers))
        .filter(role_grant::valid_from.le(now))
        .filter(role_grant::valid_until.is_null().or(role_grant::valid_until.gt(now)))
        .filter(account::agency_id.eq_any(around))
        .filter(account::service.eq(false))
        .filter(account::disabled_at.is_null())
        .filter(account::human_id.ne_all(recused))
        .order(account::id)
        .select(account::id)
        .distinct()
        .load(&mut conn)
        .await
}

/// Tells the people around a mobilisation: its file's circle and coordination once identity is open, else the
/// coordination and who answers for the agency that brought it.
pub(super) async fn tell_around(
    session: &Session<'_, Acting>,
    head: &MobilisationRow,
    kind: MessageKind,
) -> Result<(), Refusal> {
    let now = session.now();
    let conn = session.tx(Key::take()).conn(Key::take())?;
    let mut told = match head.file() {
        Some(file) => {
            let mut told = circle_respondents(session, head.cell_id, file).await?;
            told.extend(coordination(conn, head.cell_id, Some(file.uuid()), None, now).await?);
            told
        }
        None => {
            let mut told = coordinators(conn, head.cell_id, now).await?;
            told.extend(
                holders(conn, head.cell_id, Some(head.brought_by), &[Role::Respondent, Role::Committee], now)
                    .await?,
            );
            told
        }
    };
    told.sort_unstable();
    told.dedup();
    tell(session, &told, kind, head.id).await
}

/// Leaves a message for each of these accounts but the actor's own. It goes out with the change.
///
/// INVARIANT: nobody who is recused on the mobilisation's file, whoever asked for whom.
pub(crate) async fn tell(
    session: &Session<'_, Acting>,
    accounts: &[Uuid],
    kind: MessageKind,
    subject: Uuid,
) -> Result<(), Refusal> {
    let (own, now) = (session.standing()?.user().uuid(), session.now());
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let recused: Vec<Uuid> = mobilisation::table
        .inner_join(recusal::table.on(mobilisation::file_id.eq(recusal::file_id.nullable())))
        .inner_join(account::table.on(account::human_id.eq(recusal::human_id)))
        .filter(mobilisation::id.eq(subject))
        .select(account::id)
        .load(&mut conn)
        .await?;
    for account in accounts.iter().filter(|account| **account != own && !recused.contains(account)) {
        let id: OutboxId = session.fresh()?.into();
        insert_into(outbox::table)
            .values((
                outbox::id.eq(id.uuid()),
                outbox::kind.eq(kind.wire()),
                outbox::recipient_account.eq(account),
                outbox::subject.eq(subject),
                outbox::created_at.eq(now),
                outbox::not_before.eq(now),
            ))
            .execute(&mut conn)
            .await?;
    }
    Ok(())
}
