//! Small questions about a file that a permitted change asks.

use authz::{
    desk::{Acting, Session},
    id::FileId,
    vocabulary::{AgencyKind, Role},
};
use chrono::{DateTime, Utc};
use diesel::{BoolExpressionMethods, ExpressionMethods, JoinOnDsl, QueryDsl, QueryResult};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use door::Key;
use uuid::Uuid;

use crate::inbox::MessageKind;
use crate::schema::{account, agency, circle, outbox, recusal, risk_file, role_grant};

/// The cell a file belongs to, as its rows carry it.
pub(crate) async fn cell_of(session: &Session<'_, Acting>, file: FileId) -> QueryResult<Uuid> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    risk_file::table.filter(risk_file::id.eq(file.uuid())).select(risk_file::cell_id).first(&mut conn).await
}

/// Leaves a message for every agency now in the circle but the actor's. It goes out with the change.
pub(crate) async fn tell_agencies(
    session: &Session<'_, Acting>,
    agencies: &[Uuid],
    kind: MessageKind,
    subject: Uuid,
) -> Result<(), crate::refusal::Refusal> {
    tell_agencies_about(session, agencies, kind, subject, None).await
}

/// The same, naming the record of the file that it speaks of, so that its acknowledgements can be counted.
pub(crate) async fn tell_agencies_about(
    session: &Session<'_, Acting>,
    agencies: &[Uuid],
    kind: MessageKind,
    subject: Uuid,
    about: Option<Uuid>,
) -> Result<(), crate::refusal::Refusal> {
    let own = session.standing()?.agency().uuid();
    let now = session.now();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    for agency in agencies.iter().filter(|agency| **agency != own) {
        let id: authz::id::OutboxId = session.fresh()?.into();
        diesel::insert_into(outbox::table)
            .values((
                outbox::id.eq(id.uuid()),
                outbox::kind.eq(kind.wire()),
                outbox::recipient_agency.eq(agency),
                outbox::subject.eq(subject),
                outbox::about.eq(about),
                outbox::created_at.eq(now),
                outbox::not_before.eq(now),
            ))
            .execute(&mut conn)
            .await?;
    }
    Ok(())
}

/// Leaves a message about the file for each of these accounts.
pub(crate) async fn tell_accounts(
    session: &Session<'_, Acting>,
    accounts: &[Uuid],
    kind: MessageKind,
    file: FileId,
) -> Result<(), crate::refusal::Refusal> {
    let now = session.now();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    for account in accounts {
        let id: authz::id::OutboxId = session.fresh()?.into();
        diesel::insert_into(outbox::table)
            .values((
                outbox::id.eq(id.uuid()),
                outbox::kind.eq(kind.wire()),
                outbox::recipient_account.eq(account),
                outbox::subject.eq(file.uuid()),
                outbox::created_at.eq(now),
                outbox::not_before.eq(now),
            ))
            .execute(&mut conn)
            .await?;
    }
    Ok(())
}

/// The coordinators of a cell, of these agencies when some are named; if none of them may know of the file, whoever
/// else works at the coordination.
///
/// INVARIANT: nobody who is recused on the file. For a message about a file, the agencies are those of its circle.
pub(crate) async fn coordination(
    mut conn: &AsyncPgConnection,
    cell: Uuid,
    file: Option<Uuid>,
    agencies: Option<&[Uuid]>,
    now: DateTime<Utc>,
) -> QueryResult<Vec<Uuid>> {
    // No file has the nil identifier: without a file nobody is recused.
    let file = file.unwrap_or_default();
    let recused = recusal::table.filter(recusal::file_id.eq(file)).select(recusal::human_id);
    let mut query = role_grant::table
        .inner_join(account::table.on(account::id.eq(role_grant::account_id)))
        .inner_join(agency::table.on(agency::id.eq(account::agency_id)))
        .filter(agency::kind.eq(AgencyKind::Coordination.number()))
        .filter(role_grant::cell_id.eq(cell))
        .filter(role_grant::valid_from.le(now))
        .filter(role_grant::valid_until.is_null().or(role_grant::valid_until.gt(now)))
        .filter(account::service.eq(false))
        .filter(account::disabled_at.is_null())
        .filter(account::human_id.ne_all(recused))
        .order(account::id)
        .select((account::id, role_grant::role))
        .into_boxed();
    if let Some(agencies) = agencies {
        query = query.filter(agency::id.eq_any(agencies.to_vec()));
    }
    let held: Vec<(Uuid, i16)> = query.load(&mut conn).await?;
    let coordinates = |role: i16| role == Role::Coordinator.number();
    let any = held.iter().any(|(_, role)| coordinates(*role));
    let mut accounts: Vec<Uuid> =
        held.into_iter().filter(|(_, role)| !any || coordinates(*role)).map(|(account, _)| account).collect();
    accounts.dedup();
    Ok(accounts)
}

/// The agencies in the circle now.
pub(crate) async fn circle_now(session: &Session<'_, Acting>, file: FileId) -> QueryResult<Vec<Uuid>> {
    circle_at(session.tx(Key::take()).conn(Key::take())?, file.uuid(), session.now()).await
}

/// The agencies in the circle at an instant.
pub(crate) async fn circle_at(
    mut conn: &AsyncPgConnection,
    file: Uuid,
    at: DateTime<Utc>,
) -> QueryResult<Vec<Uuid>> {
    circle::table
        .filter(circle::file_id.eq(file))
        .filter(circle::from_at.le(at))
        .filter(circle::until_at.is_null().or(circle::until_at.gt(at)))
        .select(circle::agency_id)
        .distinct()
        .load(&mut conn)
        .await
}

/// The agencies that are or have been in the circle.
pub(crate) async fn ever_in_circle(session: &Session<'_, Acting>, file: FileId) -> QueryResult<Vec<Uuid>> {
    let now = session.now();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    circle::table
        .filter(circle::file_id.eq(file.uuid()))
        .filter(circle::from_at.le(now))
        .select(circle::agency_id)
        .distinct()
        .load(&mut conn)
        .await
}
