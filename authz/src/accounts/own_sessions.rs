//! One's own account as its holder sees it, and one's own sessions: which are open, and ending them.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    error::AccountError,
    proof::own_row,
    rows::{Profile, profile},
    sessions::end_all,
};
use crate::{
    clock::real_now,
    desk::{Caller, Desk, Disclosed},
    fault::Denied,
    id::{SessionId, UserId},
    schema::session,
    standing::Actor,
};

/// An open session.
#[derive(Serialize, ToSchema)]
pub struct SessionItem {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: SessionId,
    /// What it was opened with.
    pub label: String,
    /// When it was opened.
    pub created_at: DateTime<Utc>,
    /// When its tokens were last renewed.
    pub last_seen_at: DateTime<Utc>,
    /// When it ends if it is not used.
    pub expires_at: DateTime<Utc>,
    /// The one that asks.
    pub current: bool,
}

/// The open sessions, newest first; there is never more than one page.
#[derive(Serialize, ToSchema)]
pub struct SessionList {
    /// The sessions.
    pub items: Vec<SessionItem>,
    /// Always null.
    pub next: Option<String>,
}

/// The account of the session that asks.
///
/// # Errors
/// When the session no longer counts.
pub async fn own_profile(desk: &Desk, who: Caller) -> Result<Disclosed<Profile>, AccountError> {
    let here = who.actor.map(Actor::session).ok_or(Denied::Unauthenticated)?;
    desk.account_unit(who, async move |unit| {
        let row = own_row(unit).await?;
        let profile = profile(unit.tx(Key::take()).conn(Key::take())?, &row, here, unit.now()).await?;
        unit.note_account("account.read", Some(UserId::from_uuid(row.id)), true);
        Ok(profile)
    })
    .await
}

type SessionRow = (Uuid, String, DateTime<Utc>, DateTime<Utc>, DateTime<Utc>);

/// The open sessions of the account that asks.
///
/// # Errors
/// When the session no longer counts.
pub async fn own_sessions(desk: &Desk, who: Caller) -> Result<Disclosed<SessionList>, AccountError> {
    let here = who.actor.map(Actor::session).ok_or(Denied::Unauthenticated)?;
    desk.account_unit(who, async move |unit| {
        let row = own_row(unit).await?;
        let mut conn = unit.tx(Key::take()).conn(Key::take())?;
        let rows: Vec<SessionRow> = session::table
            .filter(session::account_id.eq(row.id))
            .filter(session::revoked_at.is_null())
            .filter(session::expires_at.gt(real_now()))
            .order((session::created_at.desc(), session::id.desc()))
            .limit(100)
            .select((
                session::id,
                session::label,
                session::created_at,
                session::last_seen_at,
                session::expires_at,
            ))
            .load(&mut conn)
            .await?;
        unit.note_account("session.list", Some(UserId::from_uuid(row.id)), true);
        let items = rows.into_iter().map(|(id, label, created_at, last_seen_at, expires_at)| SessionItem {
            id: SessionId::from_uuid(id),
            label,
            created_at,
            last_seen_at,
            expires_at,
            current: id == here.uuid(),
        });
        Ok(SessionList { items: items.collect(), next: None })
    })
    .await
}

/// Ends one of the own sessions. Another person's is absent.
///
/// # Errors
/// When there is no such open session.
pub async fn end_own_session(desk: &Desk, who: Caller, id: SessionId) -> Result<Disclosed<()>, AccountError> {
    desk.account_unit(who, async move |unit| {
        let user = unit.holder().await?.user();
        let mut conn = unit.tx(Key::take()).conn(Key::take())?;
        let ended = diesel::update(
            session::table
                .filter(session::id.eq(id.uuid()))
                .filter(session::account_id.eq(user.uuid()))
                .filter(session::revoked_at.is_null()),
        )
        .set(session::revoked_at.eq(real_now()))
        .execute(&mut conn)
        .await?;
        unit.note_account("session.end", Some(user), ended == 1);
        if ended == 1 { Ok(()) } else { Err(Denied::Hidden.into()) }
    })
    .await
}

/// Ends every own session, the one that asks included.
///
/// # Errors
/// When the session no longer counts.
pub async fn end_own_sessions(desk: &Desk, who: Caller) -> Result<Disclosed<()>, AccountError> {
    desk.account_unit(who, async move |unit| {
        let user = unit.holder().await?.user();
        end_all(unit.tx(Key::take()).conn(Key::take())?, user.uuid(), None, real_now()).await?;
        unit.note_account("session.end_all", Some(user), true);
        Ok(())
    })
    .await
}
