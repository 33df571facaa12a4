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
    sessions::{IDLE, LONGEST, Tokens, new_refresh, tokens},
    sign_in::SignInError,
};
use crate::{
    clock::real_now,
    credentials::{TokenIssuer, hash_of},
    desk::{Acting, Caller, Desk, Disclosed, Session},
    fault::Stop,
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

type TokenRow = (DateTime<Utc>, Option<DateTime<Utc>>, Option<DateTime<Utc>>);

async fn exchange(
    unit: &mut Session<'_, Acting>,
    token: &str,
    issuer: &TokenIssuer,
) -> Result<Option<Tokens>, SignInError> {
    let now = real_now();
    let hash = hash_of(token);
    let Some(family) = Family::held(unit, &hash, now).await? else {
        unit.note_account("session.refresh", None, false);
        return Ok(None);
    };
    let user = Some(UserId::from_uuid(family.account));
    let Some(row) = live_account(unit, family.account).await? else {
        unit.note_account("session.refresh", user, false);
        return Ok(None);
    };
    if row.service {
        // A program's credential is made once and serves until it is revoked.
        family.seen(unit, family.expires_at, now).await?;
        unit.note_account("session.refresh", user, true);
        return Ok(Some(tokens(unit, &row, family.session, token.to_owned(), issuer, now).await?));
    }
    match judge(unit, &hash, now).await? {
        Worth::Rotate => {}
        Worth::ReissueLost => revoke_successors(unit, &hash, now).await?,
        Worth::KillFamily => {
            family.end(unit, now).await?;
            unit.note_account("session.stolen", user, false);
            return Ok(None);
        }
        Worth::Expired => {
            unit.note_account("session.refresh", user, false);
            return Ok(None);
        }
    }
    let mut conn = unit.tx(Key::take()).conn(Key::take())?;
    diesel::update(refresh_token::table.filter(refresh_token::token_hash.eq(&hash)))
        .set(refresh_token::used_at.eq(now))
        .execute(&mut conn)
        .await?;
    family.seen(unit, (now + IDLE).min(family.opened_at + LONGEST), now).await?;
    let next = new_refresh(unit, family.session.uuid(), Some(&hash), now).await?;
    unit.note_account("session.refresh", user, true);
    Ok(Some(tokens(unit, &row, family.session, next, issuer, now).await?))
}

/// The session a token belongs to.
struct Family {
    session: SessionId,
    account: Uuid,
    opened_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
}

impl Family {
    /// Holds the session's row until the unit ends: two uses at once take turns.
    async fn held(unit: &Session<'_, Acting>, hash: &[u8], now: DateTime<Utc>) -> Result<Option<Self>, Stop> {
        let mut conn = unit.tx(Key::take()).conn(Key::take())?;
        let row: Option<(Uuid, Uuid, DateTime<Utc>, DateTime<Utc>)> = refresh_token::table
            .inner_join(session::table)
            .filter(refresh_token::token_hash.eq(hash))
            .filter(session::revoked_at.is_null())
            .filter(session::expires_at.gt(now))
            .select((session::id, session::account_id, session::created_at, session::expires_at))
            .for_update()
            .first(&mut conn)
            .await
            .optional()?;
        Ok(row.map(|(id, account, opened_at, expires_at)| Self {
            session: SessionId::from_uuid(id),
            account,
            opened_at,
            expires_at,
        }))
    }

    async fn seen(
        &self,
        unit: &Session<'_, Acting>,
        until: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<(), Stop> {
        let mut conn = unit.tx(Key::take()).conn(Key::take())?;
        diesel::update(session::table.filter(session::id.eq(self.session.uuid())))
            .set((session::last_seen_at.eq(now), session::expires_at.eq(until)))
            .execute(&mut conn)
            .await?;
        Ok(())
    }

    async fn end(&self, unit: &Session<'_, Acting>, now: DateTime<Utc>) -> Result<(), Stop> {
        let mut conn = unit.tx(Key::take()).conn(Key::take())?;
        diesel::update(session::table.filter(session::id.eq(self.session.uuid())))
            .set(session::revoked_at.eq(now))
            .execute(&mut conn)
            .await?;
        Ok(())
    }
}

async fn live_account(unit: &Session<'_, Acting>, id: Uuid) -> Result<Option<AccountRow>, Stop> {
    let mut conn = unit.tx(Key::take()).conn(Key::take())?;
    Ok(account::table
        .inner_join(agency::table)
        .filter(account::id.eq(id))
        .filter(account::disabled_at.is_null())
        .filter(agency::disabled_at.is_null())
        .select(AccountRow::as_select())
        .first(&mut conn)
        .await
        .optional()?)
}

async fn judge(unit: &Session<'_, Acting>, hash: &[u8], now: DateTime<Utc>) -> Result<Worth, Stop> {
    let mut conn = unit.tx(Key::take()).conn(Key::take())?;
    let (expires_at, used_at, revoked_at): TokenRow = refresh_token::table
        .filter(refresh_token::token_hash.eq(hash))
        .select((refresh_token::expires_at, refresh_token::used_at, refresh_token::revoked_at))
        .first(&mut conn)
        .await?;
    let successors_used: i64 = refresh_token::table
        .filter(refresh_token::parent_hash.eq(hash))
        .filter(refresh_token::used_at.is_not_null())
        .count()
        .get_result(&mut conn)
        .await?;
    Ok(worth(used_at.is_some(), revoked_at.is_some(), successors_used > 0, expires_at, now))
}

async fn revoke_successors(unit: &Session<'_, Acting>, hash: &[u8], now: DateTime<Utc>) -> Result<(), Stop> {
    let mut conn = unit.tx(Key::take()).conn(Key::take())?;
    diesel::update(refresh_token::table.filter(refresh_token::parent_hash.eq(hash)))
        .set(refresh_token::revoked_at.eq(now))
        .execute(&mut conn)
        .await?;
    Ok(())
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
