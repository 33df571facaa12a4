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
    credentials::{TokenIssuer, hash_of},
    desk::{Acting, Caller, Desk, Disclosed, Session},
    id::{SessionId, UserId},
    schema::{account, agency, refresh_token, session},
};

/// What a refresh token is worth at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worth {
    /// Never used: it serves.
    Rotate,
    /// Used, and what it gave was never used: the answer was lost.
    ReissueLost,
    /// Used, and what it gave was used too.
    KillFamily,
    /// Over.
    Expired,
}

/// Judges a token by its own row and whether a successor of it was ever used.
#[must_use]
pub fn worth(
    used: bool,
    revoked: bool,
    successor_used: bool,
    expires_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Worth {
    if successor_used {
        Worth::KillFamily
    } else if revoked || now >= expires_at {
        Worth::Expired
    } else if used {
        Worth::ReissueLost
    } else {
        Worth::Rotate
    }
}

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

type TokenRow = (Uuid, DateTime<Utc>, Option<DateTime<Utc>>, Option<DateTime<Utc>>);

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
    let (_, expires_at, used_at, revoked_at): TokenRow = refresh_token::table
        .filter(refresh_token::token_hash.eq(&hash))
        .select((
            refresh_token::session_id,
            refresh_token::expires_at,
            refresh_token::used_at,
            refresh_token::revoked_at,
        ))
        .first(&mut conn)
        .await?;
    let successor_used: i64 = refresh_token::table
        .filter(refresh_token::parent_hash.eq(&hash))
        .filter(refresh_token::used_at.is_not_null())
        .count()
        .get_result(&mut conn)
        .await?;
    let user = UserId::from_uuid(account_id);
    match worth(used_at.is_some(), revoked_at.is_some(), successor_used > 0, expires_at, now) {
        Worth::Rotate => {}
        Worth::ReissueLost => {
            diesel::update(refresh_token::table.filter(refresh_token::parent_hash.eq(&hash)))
                .set(refresh_token::revoked_at.eq(now))
                .execute(&mut conn)
                .await?;
        }
        Worth::KillFamily => {
            diesel::update(session::table.filter(session::id.eq(session_id)))
                .set(session::revoked_at.eq(now))
                .execute(&mut conn)
                .await?;
            unit.note_account("session.stolen", Some(user), false);
            return Ok(None);
        }
        Worth::Expired => {
            unit.note_account("session.refresh", Some(user), false);
            return Ok(None);
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: DateTime<Utc> = DateTime::<Utc>::UNIX_EPOCH;

    #[test]
    fn a_token_serves_once_a_lost_answer_is_forgiven_a_replay_is_not() {
        let later = NOW + chrono::TimeDelta::hours(1);
        assert_eq!(worth(false, false, false, later, NOW), Worth::Rotate);
        assert_eq!(worth(true, false, false, later, NOW), Worth::ReissueLost);
        assert_eq!(worth(true, false, true, later, NOW), Worth::KillFamily);
        assert_eq!(worth(true, true, true, NOW, NOW), Worth::KillFamily);
    }

    #[test]
    fn an_ended_or_replaced_token_is_over() {
        assert_eq!(worth(false, false, false, NOW, NOW), Worth::Expired);
        assert_eq!(worth(false, true, false, NOW + chrono::TimeDelta::hours(1), NOW), Worth::Expired);
    }
}
