//! Opening a locked browser session again: its holder gives what she signs in with; nobody else's password
//! opens it, and failures count as at sign-in.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use uuid::Uuid;

use super::{
    passkeys::{Assertion, asserted},
    rows::AccountRow,
    second_factor,
    sign_in::{Compared, SignInError, count_failure, forgive},
};
use crate::{
    clock::real_now,
    credentials::{Lockout, Passwords, hash_of},
    desk::{Acting, Caller, Desk, Session},
    fault::{Denied, Stop},
    id::UserId,
    schema::{session, web_session},
};

/// Unlocks the session of a browser's token.
///
/// # Errors
/// [`SignInError::Refused`], whatever was wrong; or the machine fails.
pub async fn unlock(
    desk: &Desk,
    who: Caller,
    token: String,
    given: (String, Option<String>),
    passwords: &Passwords,
    rule: Lockout,
) -> Result<(), SignInError> {
    let (password, code) = given;
    let hash = hash_of(&token);
    let asked = desk.account_unit(who.clone(), async move |unit| {
        let (row, _) = held(unit, &hash).await?;
        unit.note_account("session.attempt", Some(UserId::from_uuid(row.id)), true);
        Ok::<_, SignInError>(row.password_hash)
    });
    let (stored, _) = asked.await?.into_parts();
    let compared = Compared::run(passwords, stored, password).await?;
    let hash = hash_of(&token);
    let judged = desk.account_unit(who, async move |unit| {
        let now = real_now();
        let (row, session_id) = held(unit, &hash).await?;
        let user = Some(UserId::from_uuid(row.id));
        let factor = second_factor::accepts(unit, Some(&row), code.as_deref(), now).await?;
        if !compared.hold_for(&row) || !factor.is_right() || Lockout::locked(&row.tries(), now) {
            count_failure(unit, Some(&row), rule, now).await?;
            unit.note_account("session.unlock", user, false);
            return Ok(false);
        }
        factor.spend(unit, &row, now).await?;
        forgive(unit, row.id).await?;
        reopen(unit, session_id, now).await?;
        unit.note_account("session.unlock", user, true);
        Ok::<_, SignInError>(true)
    });
    let (opened, _) = judged.await?.into_parts();
    if opened { Ok(()) } else { Err(SignInError::Refused) }
}

/// Unlocks it by a passkey of its holder, whose device knew her.
///
/// # Errors
/// [`SignInError::Refused`], whatever was wrong, another person's passkey too; or the machine fails.
pub async fn unlock_with_passkey(
    desk: &Desk,
    who: Caller,
    token: String,
    assertion: Assertion,
) -> Result<(), SignInError> {
    let judged = desk.account_unit(who, async move |unit| {
        let now = real_now();
        let (row, session_id) = held(unit, &hash_of(&token)).await?;
        let user = Some(UserId::from_uuid(row.id));
        let found = asserted(unit, &assertion, now).await?;
        let own = found.filter(|(account, _)| *account == row.id && !Lockout::locked(&row.tries(), now));
        let Some((_, used)) = own else {
            unit.note_account("session.unlock", user, false);
            return Ok(false);
        };
        used.note(unit, now).await?;
        reopen(unit, session_id, now).await?;
        unit.note_account("session.unlock", user, true);
        Ok::<_, SignInError>(true)
    });
    let (opened, _) = judged.await?.into_parts();
    if opened { Ok(()) } else { Err(SignInError::Refused) }
}

async fn reopen(unit: &Session<'_, Acting>, session_id: Uuid, now: DateTime<Utc>) -> Result<(), SignInError> {
    let mut conn = unit.tx(Key::take()).conn(Key::take())?;
    diesel::update(session::table.filter(session::id.eq(session_id)))
        .set((session::locked_at.eq(None::<DateTime<Utc>>), session::last_seen_at.eq(now)))
        .execute(&mut conn)
        .await?;
    Ok(())
}

/// The account and the session behind a browser's token, held until the unit ends.
async fn held(unit: &Session<'_, Acting>, hash: &[u8]) -> Result<(AccountRow, Uuid), SignInError> {
    let mut conn = unit.tx(Key::take()).conn(Key::take())?;
    let found: Option<(Uuid, Uuid)> = web_session::table
        .inner_join(session::table)
        .filter(web_session::token_hash.eq(hash))
        .filter(session::revoked_at.is_null())
        .filter(session::expires_at.gt(real_now()))
        .select((session::account_id, session::id))
        .first(&mut conn)
        .await
        .optional()?;
    let (account, session_id) = found.ok_or(Stop::Denied(Denied::Unauthenticated))?;
    let row = AccountRow::held(conn, UserId::from_uuid(account)).await?;
    Ok((row.ok_or(Stop::Denied(Denied::Unauthenticated))?, session_id))
}
