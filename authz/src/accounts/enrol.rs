//! Choosing a password with a one-time token: a first one at enrolment, another one at a reset.

use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use uuid::Uuid;

use super::{
    error::AccountError,
    invitations::{Kind, led_to, withdraw},
    sessions::{Opening, Tokens, end_all, open_session},
    sign_in::{Rules, forgive},
};
use crate::{
    clock::real_now,
    credentials::{Passwords, TokenIssuer, weakness_of},
    desk::{Acting, Caller, Desk, Disclosed, Session},
    fault::Stop,
    id::UserId,
    schema::{account, passkey, recovery_code},
};

/// A token and the password chosen with it.
pub struct Choice {
    /// The token that was handed over.
    pub token: String,
    /// The password.
    pub password: String,
    /// What the session is opened with, as the person will recognise it in a list.
    pub label: String,
}

/// Enrols: sets the first password and signs in. Where a second factor is required, the session may only
/// set it up.
///
/// # Errors
/// When the token serves no more, or the password is weak.
pub async fn enrol(
    desk: &Desk,
    who: Caller,
    choice: Choice,
    passwords: &Passwords,
    issuer: TokenIssuer,
    rules: Rules,
) -> Result<Disclosed<Tokens>, AccountError> {
    let hash = chosen(desk, who.clone(), &choice, passwords, &[Kind::Enrolment]).await?;
    let Choice { token, label, .. } = choice;
    let enrolled = desk.account_unit(who, async move |unit| {
        let now = real_now();
        let Some((Kind::Enrolment, row)) = led_to(unit, &token, now).await? else {
            unit.note_account("account.enrol", None, false);
            return Ok(None);
        };
        set_password(unit, row.id, &hash).await?;
        let opening = Opening { label: &label, narrow: rules.second_factor_required };
        let tokens = open_session(unit, &row, opening, &issuer, now).await?;
        unit.note_account("account.enrol", Some(UserId::from_uuid(row.id)), true);
        Ok::<_, AccountError>(Some(tokens))
    });
    let (tokens, event) = enrolled.await?.into_parts();
    tokens.map(|tokens| Disclosed::new(tokens, event)).ok_or(AccountError::TokenSpent)
}

/// Sets another password. Every session ends, and signing in still takes the second factor unless the reset
/// was of both.
///
/// # Errors
/// When the token serves no more, or the password is weak.
pub async fn reset_password(
    desk: &Desk,
    who: Caller,
    choice: Choice,
    passwords: &Passwords,
) -> Result<Disclosed<()>, AccountError> {
    let kinds = &[Kind::Password, Kind::PasswordAndFactor];
    let hash = chosen(desk, who.clone(), &choice, passwords, kinds).await?;
    let reset = desk.account_unit(who, async move |unit| {
        let now = real_now();
        let led = led_to(unit, &choice.token, now).await?;
        let Some((kind, row)) = led.filter(|(kind, _)| *kind != Kind::Enrolment) else {
            unit.note_account("account.reset", None, false);
            return Ok(false);
        };
        set_password(unit, row.id, &hash).await?;
        if kind == Kind::PasswordAndFactor {
            take_factor_away(unit, row.id).await?;
        }
        end_all(unit.tx(Key::take()).conn(Key::take())?, row.id, None, now).await?;
        unit.note_account("account.reset", Some(UserId::from_uuid(row.id)), true);
        Ok::<_, AccountError>(true)
    });
    let (reset, event) = reset.await?.into_parts();
    if reset { Ok(Disclosed::new((), event)) } else { Err(AccountError::TokenSpent) }
}

/// Checks the token, then the password, and hashes it outside any transaction.
async fn chosen(
    desk: &Desk,
    who: Caller,
    choice: &Choice,
    passwords: &Passwords,
    kinds: &'static [Kind],
) -> Result<String, AccountError> {
    let token = choice.token.clone();
    let found = desk.account_unit(who, async move |unit| {
        let led = led_to(unit, &token, real_now()).await?.filter(|(kind, _)| kinds.contains(kind));
        let user = led.as_ref().map(|(_, row)| UserId::from_uuid(row.id));
        unit.note_account("account.token", user, user.is_some());
        Ok::<_, AccountError>(led.map(|(_, row)| row.email))
    });
    let (email, _) = found.await?.into_parts();
    let email = email.ok_or(AccountError::TokenSpent)?;
    if let Some(weakness) = weakness_of(&choice.password, &email) {
        return Err(AccountError::Weak(weakness));
    }
    Ok(passwords.hash(choice.password.clone()).await?)
}

async fn set_password(unit: &Session<'_, Acting>, id: Uuid, hash: &str) -> Result<(), Stop> {
    let mut conn = unit.tx(Key::take()).conn(Key::take())?;
    diesel::update(account::table.filter(account::id.eq(id)))
        .set((account::password_hash.eq(hash), account::password_must_change.eq(false)))
        .execute(&mut conn)
        .await?;
    forgive(unit, id).await?;
    withdraw(conn, id, real_now()).await
}

async fn take_factor_away(unit: &Session<'_, Acting>, id: Uuid) -> Result<(), Stop> {
    let mut conn = unit.tx(Key::take()).conn(Key::take())?;
    diesel::update(account::table.filter(account::id.eq(id)))
        .set((
            account::totp_sealed.eq(None::<Vec<u8>>),
            account::totp_pending.eq(None::<Vec<u8>>),
            account::totp_last_step.eq(None::<i64>),
        ))
        .execute(&mut conn)
        .await?;
    diesel::delete(recovery_code::table.filter(recovery_code::account_id.eq(id))).execute(&mut conn).await?;
    diesel::delete(passkey::table.filter(passkey::account_id.eq(id))).execute(&mut conn).await?;
    Ok(())
}
