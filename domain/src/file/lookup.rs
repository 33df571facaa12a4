//! Small questions about a file that a permitted change asks.

use authz::{
    desk::{Acting, Session},
    id::{CellId, FileId},
};
use diesel::{ExpressionMethods, QueryDsl, QueryResult};
use diesel_async::RunQueryDsl;
use door::Key;
use uuid::Uuid;

use crate::schema::{circle, outbox, risk_file, role_grant};

/// The cell a file belongs to, as its rows carry it.
pub(crate) async fn cell_of(session: &Session<'_, Acting>, file: FileId) -> QueryResult<Uuid> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    risk_file::table.filter(risk_file::id.eq(file.uuid())).select(risk_file::cell_id).first(&mut conn).await
}

/// Leaves a message for every agency now in the circle but the actor's. It goes out with the change.
pub(crate) async fn tell_agencies(
    session: &Session<'_, Acting>,
    agencies: &[Uuid],
    kind: &str,
    subject: Uuid,
) -> Result<(), crate::refusal::Refusal> {
    let own = session.standing()?.agency().uuid();
    let now = session.now();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    for agency in agencies.iter().filter(|agency| **agency != own) {
        let id: authz::id::OutboxId = session.fresh()?.into();
        diesel::insert_into(outbox::table)
            .values((
                outbox::id.eq(id.uuid()),
                outbox::kind.eq(kind),
                outbox::recipient_agency.eq(agency),
                outbox::subject.eq(subject),
                outbox::created_at.eq(now),
                outbox::not_before.eq(now),
            ))
            .execute(&mut conn)
            .await?;
    }
    Ok(())
}

/// Leaves a message for whoever holds a role in a cell, some people excepted.
pub(crate) async fn tell_role(
    session: &Session<'_, Acting>,
    cell: CellId,
    role: authz::vocabulary::Role,
    except: &[Uuid],
    kind: &str,
    subject: Uuid,
) -> Result<(), crate::refusal::Refusal> {
    let now = session.now();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let accounts: Vec<Uuid> = role_grant::table
        .filter(role_grant::cell_id.eq(cell.uuid()))
        .filter(role_grant::role.eq(role.number()))
        .filter(role_grant::valid_from.le(now))
        .select(role_grant::account_id)
        .distinct()
        .load(&mut conn)
        .await?;
    for account in accounts.iter().filter(|account| !except.contains(account)) {
        let id: authz::id::OutboxId = session.fresh()?.into();
        diesel::insert_into(outbox::table)
            .values((
                outbox::id.eq(id.uuid()),
                outbox::kind.eq(kind),
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

/// The agencies in the circle now.
pub(crate) async fn circle_now(session: &Session<'_, Acting>, file: FileId) -> QueryResult<Vec<Uuid>> {
    use diesel::BoolExpressionMethods;
    let now = session.now();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    circle::table
        .filter(circle::file_id.eq(file.uuid()))
        .filter(circle::from_at.le(now))
        .filter(circle::until_at.is_null().or(circle::until_at.gt(now)))
        .select(circle::agency_id)
        .distinct()
        .load(&mut conn)
        .await
}
