//! The next pair of tokens. A refresh token serves once; that its answer was lost on the way is forgiven
//! while nobody used what it gave, and a token used after its successor was used ends the whole session:
//! two hold it, and one of them stole it.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, SelectableHelper};
use diesel_async::RunQueryDsl;
use door::Key;
use uuid::Uuid;

use super::{
    rows::AccountRow,
    sign_in::{SESSION, SignInError, Tokens, new_refresh, tokens},
};
use crate::{
    clock::real_now,
    credentials::{Presented, Rotation, TokenIssuer, hash_of},
    desk::{Acting, Caller, Desk, Disclosed, Session},
    id::{SessionId, UserId},
    schema::{account, agency, refresh_token, session},
};

/// Exchanges a refresh token.
///
/// # Errors
/// One and the same refusal, whatever was wrong.
pub async fn refresh(
    desk: &Desk,
    who: Caller,
    token: String,
    issuer: TokenIssuer,
) -> Result<Disclosed<Tokens>, SignInError> {
    let judged = desk.account_unit(who, async move |unit| exchange(unit, &token, &issuer).await).await?;
    let (outcome, event) = judged.into_parts();
    outcome.map(|tokens| Disclosed::new(tokens, event)).ok_or(SignInError::Refused)
}

async fn exchange(
    unit: &mut Session<'_, Acting>,
    token: &str,
    issuer: &TokenIssuer,
) -> Result<Option<Tokens>, SignInError> {
    let now = real_now();
    let hash = hash_of(token);
    let mut conn = unit.tx(Key::take()).conn(Key::take())?;
    // The session's row is the family's lock: two uses at once take turns.
    let owner: Option<(Uuid, Uuid)> = refresh_token::table
        .inner_join(session::table)
        .filter(refresh_token::token_hash.eq(&hash))
        .filter(session::revoked_at.is_null())
        .filter(session::expires_at.gt(now))
        .select((session::id, session::account_id))
        .for_update()
        .first(&mut conn)
        .await
        .optional()?;
    let Some((session_id, account_id)) = owner else {
        unit.note_account("session.refresh", None, false);
        return Ok(None);
    };
    let (parent, presented) = presented(unit, &hash).await?;
    let user = UserId::from_uuid(account_id);
    let replaced = match presented.decide(now) {
        Rotation::Rotate => parent.as_deref(),
        Rotation::ReissueLost => Some(hash.as_slice()),
        Rotation::KillFamily => {
            diesel::update(session::table.filter(session::id.eq(session_id)))
                .set(session::revoked_at.eq(now))
                .execute(&mut conn)
                .await?;
            unit.note_account("session.stolen", Some(user), false);
            return Ok(None);
        }
        Rotation::Expired => {
            unit.note_account("session.refresh", Some(user), false);
            return Ok(None);
        }
    };
    if let Some(replaced) = replaced {
        let beside = refresh_token::table
            .filter(refresh_token::parent_hash.eq(replaced))
            .filter(refresh_token::token_hash.ne(&hash));
        diesel::update(beside).set(refresh_token::revoked_at.eq(now)).execute(&mut conn).await?;
    }
    diesel::update(refresh_token::table.filter(refresh_token::token_hash.eq(&hash)))
        .set(refresh_token::used_at.eq(now))
        .execute(&mut conn)
        .await?;
    diesel::update(session::table.filter(session::id.eq(session_id)))
        .set((session::last_seen_at.eq(now), session::expires_at.eq(now + SESSION)))
        .execute(&mut conn)
        .await?;
    let row: Option<AccountRow> = account::table
        .inner_join(agency::table)
        .filter(account::id.eq(account_id))
        .filter(account::disabled_at.is_null())
        .filter(agency::disabled_at.is_null())
        .select(AccountRow::as_select())
        .first(&mut conn)
        .await
        .optional()?;
    let Some(row) = row else {
        unit.note_account("session.refresh", Some(user), false);
        return Ok(None);
    };
    let next = new_refresh(unit, session_id, Some(&hash), now).await?;
    unit.note_account("session.refresh", Some(user), true);
    tokens(unit, &row, SessionId::from_uuid(session_id), next, issuer, now).await.map(Some)
}

/// What the rows of its family say of a token, and its parent.
async fn presented(
    unit: &Session<'_, Acting>,
    hash: &[u8],
) -> Result<(Option<Vec<u8>>, Presented), SignInError> {
    let mut conn = unit.tx(Key::take()).conn(Key::take())?;
    let (parent, expires_at, used_at): (Option<Vec<u8>>, DateTime<Utc>, Option<DateTime<Utc>>) =
        refresh_token::table
            .filter(refresh_token::token_hash.eq(hash))
            .select((refresh_token::parent_hash, refresh_token::expires_at, refresh_token::used_at))
            .first(&mut conn)
            .await?;
    let used = refresh_token::table.filter(refresh_token::used_at.is_not_null());
    let successors: i64 =
        used.filter(refresh_token::parent_hash.eq(hash)).count().get_result(&mut conn).await?;
    let siblings: i64 = used
        .filter(refresh_token::parent_hash.eq(&parent))
        .filter(refresh_token::token_hash.ne(hash))
        .count()
        .get_result(&mut conn)
        .await?;
    let presented = Presented {
        expires_at,
        used: used_at.is_some(),
        successor_used: successors > 0,
        sibling_used: siblings > 0,
    };
    Ok((parent, presented))
}
