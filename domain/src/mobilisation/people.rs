//! Who of a cell is told of its process. Before identity is open nobody can be recused, for nobody is named;
//! afterwards, messages go through the file's own lists.

use authz::{
    desk::{Acting, Session},
    id::OutboxId,
    vocabulary::Role,
};
use chrono::{DateTime, Utc};
use diesel::{BoolExpressionMethods, ExpressionMethods, JoinOnDsl, QueryDsl, QueryResult, insert_into};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use door::Key;
use uuid::Uuid;

use crate::{
    inbox::MessageKind,
    refusal::Refusal,
    schema::{account, outbox, role_grant},
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

/// Leaves a message for each of these accounts but the actor's own. It goes out with the change.
pub(crate) async fn tell(
    session: &Session<'_, Acting>,
    accounts: &[Uuid],
    kind: MessageKind,
    subject: Uuid,
) -> Result<(), Refusal> {
    let (own, now) = (session.standing()?.user().uuid(), session.now());
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    for account in accounts.iter().filter(|account| **account != own) {
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
