//! Setting up one's own second factor: a secret is proposed, a first code proves that it arrived, and recovery
//! codes are given for the day the telephone is lost.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl, insert_into};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    error::AccountError,
    proof::{Proof, own_row_held, proved},
    second_factor::{open_secret, seal_secret},
    sessions::end_all,
};
use crate::{
    clock::real_now,
    credentials::{Lockout, RecoveryCodes, Totp},
    desk::{Acting, Caller, Desk, Disclosed, Session},
    fault::{Denied, Fault},
    id::UserId,
    schema::{account, recovery_code, session},
    standing::Actor,
};

/// A second factor proposed, which counts only once a first code proves that it arrived.
#[derive(Serialize, ToSchema)]
pub struct Proposed {
    /// The secret as people type it (base 32).
    pub secret: String,
    /// The same for an authenticator (`otpauth://`), usually shown as a QR code.
    pub otpauth_url: String,
}

/// Codes that each open once in place of the second factor; they are never shown again.
#[derive(Serialize, ToSchema)]
pub struct Recovery {
    /// Ten of them.
    pub recovery_codes: Vec<String>,
}

/// Proposes a second factor. One already set up serves until the new one is confirmed.
///
/// # Errors
/// When the proof is not right.
pub async fn propose_second_factor(
    desk: &Desk,
    proof: Proof,
    rule: Lockout,
) -> Result<Disclosed<Proposed>, AccountError> {
    let Proof { caller, given, .. } = proof;
    let proposed = desk.account_unit(caller, async move |unit| {
        let Some(row) = proved(unit, &given, rule, real_now()).await? else { return Ok(None) };
        let secret = Totp::new().map_err(|_| Fault::Keys)?;
        let sealed = seal_secret(unit, row.id, "totp_pending", &secret)?;
        let mut conn = unit.tx(Key::take()).conn(Key::take())?;
        diesel::update(account::table.filter(account::id.eq(row.id)))
            .set(account::totp_pending.eq(sealed))
            .execute(&mut conn)
            .await?;
        unit.note_account("account.second_factor_propose", Some(UserId::from_uuid(row.id)), true);
        let otpauth_url = secret.url(&row.email);
        Ok::<_, AccountError>(Some(Proposed { secret: secret.base32(), otpauth_url }))
    });
    let (proposed, event) = proposed.await?.into_parts();
    proposed.map(|proposed| Disclosed::new(proposed, event)).ok_or(AccountError::NotProved)
}

/// Confirms the proposed second factor with a first code. Every other session ends; this one is no longer
/// held to setting up.
///
/// # Errors
/// When nothing was proposed, or the code is not of it.
pub async fn confirm_second_factor(
    desk: &Desk,
    who: Caller,
    code: String,
) -> Result<Disclosed<Recovery>, AccountError> {
    let here = who.actor.map(Actor::session).ok_or(Denied::Unauthenticated)?;
    let confirmed = desk.account_unit(who, async move |unit| {
        let now = real_now();
        let row = own_row_held(unit).await?;
        let user = Some(UserId::from_uuid(row.id));
        let pending =
            row.totp_pending.as_ref().ok_or(AccountError::Conflict("no second factor is proposed"))?;
        let secret = open_secret(unit, row.id, "totp_pending", pending)?;
        let Some(step) = secret.check(&code, None, now) else {
            unit.note_account("account.second_factor", user, false);
            return Ok(None);
        };
        let sealed = seal_secret(unit, row.id, "totp_sealed", &secret)?;
        let mut conn = unit.tx(Key::take()).conn(Key::take())?;
        diesel::update(account::table.filter(account::id.eq(row.id)))
            .set((
                account::totp_sealed.eq(sealed),
                account::totp_pending.eq(None::<Vec<u8>>),
                account::totp_last_step.eq(step),
            ))
            .execute(&mut conn)
            .await?;
        diesel::update(session::table.filter(session::id.eq(here.uuid())))
            .set(session::narrow.eq(false))
            .execute(&mut conn)
            .await?;
        end_all(conn, row.id, Some(here), now).await?;
        let codes = replace_recovery_codes(unit, row.id).await?;
        unit.note_account("account.second_factor", user, true);
        Ok::<_, AccountError>(Some(codes))
    });
    let (codes, event) = confirmed.await?.into_parts();
    codes.map(|codes| Disclosed::new(codes, event)).ok_or(AccountError::WrongCode)
}

/// Gives new recovery codes; the old ones serve no more.
///
/// # Errors
/// When the proof is not right, or there is no second factor to recover.
pub async fn renew_recovery_codes(
    desk: &Desk,
    proof: Proof,
    rule: Lockout,
) -> Result<Disclosed<Recovery>, AccountError> {
    let Proof { caller, given, .. } = proof;
    let renewed = desk.account_unit(caller, async move |unit| {
        let now: DateTime<Utc> = real_now();
        let Some(row) = proved(unit, &given, rule, now).await? else { return Ok(None) };
        if row.totp_sealed.is_none() {
            return Err(AccountError::Conflict("no second factor is set up"));
        }
        let codes = replace_recovery_codes(unit, row.id).await?;
        unit.note_account("account.recovery_codes", Some(UserId::from_uuid(row.id)), true);
        Ok::<_, AccountError>(Some(codes))
    });
    let (codes, event) = renewed.await?.into_parts();
    codes.map(|codes| Disclosed::new(codes, event)).ok_or(AccountError::NotProved)
}

async fn replace_recovery_codes(unit: &Session<'_, Acting>, account: Uuid) -> Result<Recovery, AccountError> {
    let mut conn = unit.tx(Key::take()).conn(Key::take())?;
    let codes = RecoveryCodes::new().map_err(|_| Fault::Keys)?;
    let hashes = codes.hashes();
    let rows: Vec<_> = hashes
        .iter()
        .map(|hash| (recovery_code::account_id.eq(account), recovery_code::code_hash.eq(hash)))
        .collect();
    diesel::delete(recovery_code::table.filter(recovery_code::account_id.eq(account)))
        .execute(&mut conn)
        .await?;
    insert_into(recovery_code::table).values(rows).execute(&mut conn).await?;
    Ok(Recovery { recovery_codes: codes.into_texts() })
}
