//! Sessions of an account: opening one, its tokens, and ending them.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{ExpressionMethods, QueryDsl, QueryResult, insert_into};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use door::Key;
use uuid::Uuid;

use super::rows::{AccountRow, Profile, profile};
use crate::{
    credentials::{OneTime, TokenIssuer},
    desk::{Acting, Session},
    fault::{Fault, Stop},
    id::{SessionId, UserId},
    schema::{refresh_token, session},
};

/// How long a session lasts without being used.
pub(super) const IDLE: TimeDelta = TimeDelta::hours(12);
/// How long it lasts at most; then the person signs in anew.
pub(super) const LONGEST: TimeDelta = TimeDelta::hours(24);
/// Longest label kept of a session, in characters.
const LABEL: usize = 120;

/// The two tokens of a session.
pub struct Tokens {
    /// For five minutes.
    pub access: String,
    /// To get the next.
    pub refresh: String,
    /// Who signed in.
    pub profile: Profile,
}

/// What is known of a session when it opens.
pub(super) struct Opening<'o> {
    /// What it was opened with, as the holder will recognise it in a list.
    pub label: &'o str,
    /// May it only set up what is missing?
    pub narrow: bool,
}

/// Opens a session and gives its first two tokens.
pub(super) async fn open_session(
    unit: &Session<'_, Acting>,
    row: &AccountRow,
    opening: Opening<'_>,
    issuer: &TokenIssuer,
    now: DateTime<Utc>,
) -> Result<Tokens, Stop> {
    let mut conn = unit.tx(Key::take()).conn(Key::take())?;
    let id: SessionId = crate::id::fresh(now).map_err(|_| Fault::Keys)?.into();
    let label: String = opening.label.chars().filter(|c| !c.is_control()).take(LABEL).collect();
    insert_into(session::table)
        .values((
            session::id.eq(id.uuid()),
            session::account_id.eq(row.id),
            session::label.eq(label),
            session::created_at.eq(now),
            session::last_seen_at.eq(now),
            session::expires_at.eq(now + IDLE),
            session::narrow.eq(opening.narrow),
        ))
        .execute(&mut conn)
        .await?;
    let refresh = new_refresh(unit, id.uuid(), None, now).await?;
    tokens(unit, row, id, refresh, issuer, now).await
}

/// Writes the next refresh token of a session.
pub(super) async fn new_refresh(
    unit: &Session<'_, Acting>,
    session_id: Uuid,
    parent: Option<&[u8]>,
    now: DateTime<Utc>,
) -> Result<String, Stop> {
    let mut conn = unit.tx(Key::take()).conn(Key::take())?;
    let token = OneTime::new("flr_").map_err(|_| Fault::Keys)?;
    insert_into(refresh_token::table)
        .values((
            refresh_token::token_hash.eq(token.hash()),
            refresh_token::session_id.eq(session_id),
            refresh_token::parent_hash.eq(parent),
            refresh_token::issued_at.eq(now),
            refresh_token::expires_at.eq(now + IDLE),
        ))
        .execute(&mut conn)
        .await?;
    Ok(token.into_text())
}

/// Puts together what a session answers.
pub(super) async fn tokens(
    unit: &Session<'_, Acting>,
    row: &AccountRow,
    id: SessionId,
    refresh: String,
    issuer: &TokenIssuer,
    now: DateTime<Utc>,
) -> Result<Tokens, Stop> {
    let access = issuer.issue(UserId::from_uuid(row.id), id, now).map_err(|_| Fault::Keys)?;
    let conn = unit.tx(Key::take()).conn(Key::take())?;
    Ok(Tokens { access, refresh, profile: profile(conn, row, id, unit.now()).await? })
}

/// Ends every session of an account at once, but perhaps one.
pub(super) async fn end_all(
    mut conn: &AsyncPgConnection,
    account: Uuid,
    but: Option<SessionId>,
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    // No session has the nil identifier.
    let but = but.map_or(Uuid::nil(), SessionId::uuid);
    diesel::update(
        session::table
            .filter(session::account_id.eq(account))
            .filter(session::id.ne(but))
            .filter(session::revoked_at.is_null()),
    )
    .set(session::revoked_at.eq(now))
    .execute(&mut conn)
    .await
}
