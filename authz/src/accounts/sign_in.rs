//! Signing in. A wrong address, a wrong password, a wrong or missing second factor, a locked and a disabled
//! account are one refusal, after the same work.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, SelectableHelper, insert_into};
use diesel_async::RunQueryDsl;
use door::Key;
use uuid::Uuid;

use super::{
    rows::{AccountRow, Profile, profile},
    second_factor,
};
use crate::{
    clock::real_now,
    credentials::{Lockout, OneTime, PasswordError, Passwords, TokenIssuer},
    desk::{Acting, Caller, Desk, Disclosed, Session},
    fault::{Denied, Fault, Stop},
    id::{SessionId, UserId},
    schema::{account, agency, refresh_token, session},
    standing::Actor,
};

/// How long a session lasts without being used, and at most.
pub(super) const SESSION: TimeDelta = TimeDelta::hours(12);

/// How a person shows who they are.
pub struct Attempt {
    /// Address.
    pub email: String,
    /// Password.
    pub password: String,
    /// Code of the second factor, or a recovery code.
    pub code: Option<String>,
}

/// How signing in is judged in this installation.
#[derive(Clone, Copy)]
pub struct Rules {
    /// Must people have a second factor?
    pub second_factor_required: bool,
    /// Failures that lock.
    pub lockout: Lockout,
}

/// The two tokens of a session.
pub struct Tokens {
    /// For five minutes.
    pub access: String,
    /// To get the next.
    pub refresh: String,
    /// Who signed in.
    pub profile: Profile,
}

/// Why nobody was signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// Refused; nothing more is said.
    #[error("refused")]
    Refused,
    /// Too many at once.
    #[error("busy")]
    Busy,
    /// The machine failed.
    #[error(transparent)]
    Stop(#[from] Stop),
}

impl From<PasswordError> for SignInError {
    fn from(_: PasswordError) -> Self {
        Self::Busy
    }
}

impl From<diesel::result::Error> for SignInError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Stop(error.into())
    }
}

impl From<Fault> for SignInError {
    fn from(fault: Fault) -> Self {
        Self::Stop(Stop::Fault(fault))
    }
}

/// Signs somebody in. Failures are counted and stay counted.
///
/// # Errors
/// One and the same refusal, whatever was wrong.
pub async fn sign_in(
    desk: &Desk,
    who: Caller,
    attempt: Attempt,
    passwords: Passwords,
    issuer: TokenIssuer,
    rules: Rules,
) -> Result<Disclosed<Tokens>, SignInError> {
    let stored = desk.account_unit(who.clone(), async move |unit| {
        let row = find(unit, &attempt.email).await?;
        unit.note_account("session.attempt", row.as_ref().map(|row| UserId::from_uuid(row.id)), true);
        Ok::<_, SignInError>((row.and_then(|row| row.password_hash), attempt))
    });
    let ((stored, attempt), _) = stored.await?.into_parts();
    // Outside any transaction: hashing takes tens of milliseconds and a connection is not kept waiting for it.
    let right = passwords.verify(stored, attempt.password.clone()).await?;
    let judged =
        desk.account_unit(who, async move |unit| judge(unit, &attempt, right, &issuer, rules).await).await?;
    let (outcome, event) = judged.into_parts();
    outcome.map(|tokens| Disclosed::new(tokens, event)).ok_or(SignInError::Refused)
}

async fn find(unit: &Session<'_, Acting>, email: &str) -> Result<Option<AccountRow>, SignInError> {
    let mut conn = unit.tx(Key::take()).conn(Key::take())?;
    Ok(account::table
        .inner_join(agency::table)
        .filter(lower(account::email).eq(email.trim().to_lowercase()))
        .filter(account::service.eq(false))
        .filter(account::disabled_at.is_null())
        .filter(agency::disabled_at.is_null())
        .select(AccountRow::as_select())
        .for_update()
        .first(&mut conn)
        .await
        .optional()?)
}

diesel::define_sql_function! { fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text; }

async fn judge(
    unit: &mut Session<'_, Acting>,
    attempt: &Attempt,
    right: bool,
    issuer: &TokenIssuer,
    rules: Rules,
) -> Result<Option<Tokens>, SignInError> {
    let now = real_now();
    let Some(row) = find(unit, &attempt.email).await? else {
        unit.note_account("session.open", None, false);
        return Ok(None);
    };
    let user = UserId::from_uuid(row.id);
    let locked = Lockout::locked(&row.tries(), now);
    let factor = second_factor::accepts(unit, &row, attempt.code.as_deref(), now).await?;
    if locked || !right || !factor.accepted(rules.second_factor_required) {
        if !locked {
            count_failure(unit, &row, rules.lockout, now).await?;
        }
        unit.note_account("session.open", Some(user), false);
        return Ok(None);
    }
    factor.spend(unit, &row, now).await?;
    let mut conn = unit.tx(Key::take()).conn(Key::take())?;
    diesel::update(account::table.filter(account::id.eq(row.id)))
        .set((
            account::failures.eq(0i16),
            account::lockouts.eq(0i16),
            account::locked_until.eq(None::<DateTime<Utc>>),
        ))
        .execute(&mut conn)
        .await?;
    let tokens = open_session(unit, &row, issuer, now).await?;
    unit.note_account("session.open", Some(user), true);
    Ok(Some(tokens))
}

async fn count_failure(
    unit: &Session<'_, Acting>,
    row: &AccountRow,
    rule: Lockout,
    now: DateTime<Utc>,
) -> Result<(), SignInError> {
    let tries = rule.after_failure(&row.tries(), now);
    let mut conn = unit.tx(Key::take()).conn(Key::take())?;
    diesel::update(account::table.filter(account::id.eq(row.id)))
        .set((
            account::failures.eq(tries.failures),
            account::failed_at.eq(tries.failed_at),
            account::lockouts.eq(tries.lockouts),
            account::locked_until.eq(tries.locked_until),
        ))
        .execute(&mut conn)
        .await?;
    Ok(())
}

/// Opens a session and gives its first two tokens.
pub(super) async fn open_session(
    unit: &Session<'_, Acting>,
    row: &AccountRow,
    issuer: &TokenIssuer,
    now: DateTime<Utc>,
) -> Result<Tokens, SignInError> {
    let mut conn = unit.tx(Key::take()).conn(Key::take())?;
    let id: SessionId = crate::id::fresh(now).map_err(|_| Fault::Keys)?.into();
    insert_into(session::table)
        .values((
            session::id.eq(id.uuid()),
            session::account_id.eq(row.id),
            session::created_at.eq(now),
            session::last_seen_at.eq(now),
            session::expires_at.eq(now + SESSION),
        ))
        .execute(&mut conn)
        .await?;
    let refresh = new_refresh(unit, id.uuid(), None, now).await?;
    tokens(unit, row, id, refresh, issuer, now).await
}

pub(super) async fn new_refresh(
    unit: &Session<'_, Acting>,
    session_id: Uuid,
    parent: Option<&[u8]>,
    now: DateTime<Utc>,
) -> Result<String, SignInError> {
    let mut conn = unit.tx(Key::take()).conn(Key::take())?;
    let token = OneTime::new("flr_").map_err(|_| Fault::Keys)?;
    insert_into(refresh_token::table)
        .values((
            refresh_token::token_hash.eq(token.hash()),
            refresh_token::session_id.eq(session_id),
            refresh_token::parent_hash.eq(parent),
            refresh_token::issued_at.eq(now),
            refresh_token::expires_at.eq(now + SESSION),
        ))
        .execute(&mut conn)
        .await?;
    Ok(token.into_text())
}

pub(super) async fn tokens(
    unit: &Session<'_, Acting>,
    row: &AccountRow,
    id: SessionId,
    refresh: String,
    issuer: &TokenIssuer,
    now: DateTime<Utc>,
) -> Result<Tokens, SignInError> {
    let user = UserId::from_uuid(row.id);
    let access = issuer.issue(user, id, now).map_err(|_| Fault::Keys)?;
    let conn = unit.tx(Key::take()).conn(Key::take())?;
    Ok(Tokens { access, refresh, profile: profile(conn, row, unit.now()).await? })
}

/// Ends the session that asks for it.
///
/// # Errors
/// When the database fails.
pub async fn sign_out(desk: &Desk, who: Caller) -> Result<Disclosed<()>, Stop> {
    let actor: Actor = who.actor.ok_or(Denied::Unauthenticated)?;
    desk.account_unit(who, async move |unit| {
        unit.identify().await?;
        let mut conn = unit.tx(Key::take()).conn(Key::take())?;
        diesel::update(session::table.filter(session::id.eq(actor.session().uuid())))
            .set(session::revoked_at.eq(real_now()))
            .execute(&mut conn)
            .await?;
        unit.note_account("session.close", Some(actor.user()), true);
        Ok(())
    })
    .await
}
