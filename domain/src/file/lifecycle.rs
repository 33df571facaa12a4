//! Closing a file, which starts its sunset, and reopening it.

use authz::{
    acts::{CloseFile, ReopenFile},
    desk::{Acting, Answer, Owner, Permit, Scope, Sealed, Session, Spent, seal},
    fault::Stop,
    id::{AgencyId, FileId},
};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    find::lock,
    lookup::{circle_now, tell_agencies},
    situation,
    view::{FileStatus, RiskFile},
};
use crate::{
    inbox::MessageKind,
    refusal::Refusal,
    schema::{account, cell, risk_file},
};

/// The state of a file after the change.
#[derive(Serialize, ToSchema)]
pub struct FileState {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: FileId,
    /// Whether it is being worked on.
    pub status: FileStatus,
    /// From when only own facts remain.
    pub sunset_at: Option<DateTime<Utc>>,
}

impl Answer for FileState {
    const STATUS: u16 = 200;
}

/// The file under this id, known to be its opener's agency's to close.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_to_close<'tx>(
    session: &mut Session<'tx, Acting>,
    id: FileId,
) -> Result<Sealed<'tx, RiskFile>, Stop> {
    lock(session, id).await?;
    let purpose = session.purpose().ok();
    let held = match situation::load(session, id).await? {
        None => None,
        Some(rows) => {
            let mut conn = session.tx(Key::take()).conn(Key::take())?;
            let agency: Uuid = account::table
                .filter(account::id.eq(rows.head.opened_by))
                .select(account::agency_id)
                .first(&mut conn)
                .await?;
            let scope = rows.scope(Owner::Known(AgencyId::from_uuid(agency)))?;
            Some((RiskFile { rows, purpose, now: session.now() }, Scope::File(Box::new(scope))))
        }
    };
    Ok(seal(Key::take(), session.tx(Key::take()), id, held))
}

/// Closes a file.
///
/// # Errors
/// When it is closed already, or the database fails.
pub async fn close<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, CloseFile, RiskFile>,
) -> Result<(Spent<'tx, CloseFile>, FileState), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let now = session.now();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let days: i32 = risk_file::table
        .inner_join(cell::table)
        .filter(risk_file::id.eq(id.uuid()))
        .select(cell::sunset_days)
        .first(&mut conn)
        .await?;
    let sunset = now + TimeDelta::days(i64::from(days));
    let touched = diesel::update(
        risk_file::table.filter(risk_file::id.eq(id.uuid())).filter(risk_file::status.eq(0i16)),
    )
    .set((risk_file::status.eq(1i16), risk_file::closed_at.eq(now), risk_file::sunset_at.eq(sunset)))
    .execute(&mut conn)
    .await?;
    if touched != 1 {
        return Err(Refusal::Conflict("file.closed"));
    }
    tell(session, id, MessageKind::FileClosed).await?;
    Ok((spent, FileState { id, status: FileStatus::Closed, sunset_at: Some(sunset) }))
}

/// Reopens a file: its sunset is cleared.
///
/// # Errors
/// When it is open already, or the database fails.
pub async fn reopen<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, ReopenFile, RiskFile>,
) -> Result<(Spent<'tx, ReopenFile>, FileState), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let touched = diesel::update(
        risk_file::table.filter(risk_file::id.eq(id.uuid())).filter(risk_file::status.eq(1i16)),
    )
    .set((
        risk_file::status.eq(0i16),
        risk_file::closed_at.eq(None::<DateTime<Utc>>),
        risk_file::sunset_at.eq(None::<DateTime<Utc>>),
    ))
    .execute(&mut conn)
    .await?;
    if touched != 1 {
        return Err(Refusal::Conflict("file.open"));
    }
    tell(session, id, MessageKind::FileReopened).await?;
    Ok((spent, FileState { id, status: FileStatus::Active, sunset_at: None }))
}

async fn tell(session: &Session<'_, Acting>, id: FileId, kind: MessageKind) -> Result<(), Refusal> {
    let members = circle_now(session, id).await?;
    tell_agencies(session, &members, kind, id.uuid()).await
}
