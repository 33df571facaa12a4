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
    credentials::{Presented, Rotation, TokenIssuer, hash_of},
    desk::{Acting, Caller, Desk, Disclosed, Session},
    fault::Stop,
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
    let (parent, presented) = presented(unit, &hash).await?;
    let replaced = match presented.decide(now) {
        Rotation::Rotate => parent.as_deref(),
        Rotation::ReissueLost => Some(hash.as_slice()),
        Rotation::KillFamily => {
            family.end(unit, now).await?;
            unit.note_account("session.stolen", user, false);
            return Ok(None);
        }
        Rotation::Expired => {
            unit.note_account("session.refresh", user, false);
            return Ok(None);
        }
    };
    let mut conn = unit.tx(Key::take()).conn(Key::take())?;
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
