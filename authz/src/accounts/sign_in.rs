//! Signing in. A wrong address, a wrong password, a wrong or missing second factor, a locked and a disabled
//! account are one refusal, after the same work.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, SelectableHelper};
use diesel_async::RunQueryDsl;
use door::Key;
use uuid::Uuid;

use super::{
    passkeys::{Assertion, asserted},
    rows::AccountRow,
    second_factor::{self, Factor},
    sessions::{Opening, Tokens, open_session},
};
use crate::{
    clock::real_now,
    credentials::{Lockout, PasswordError, Passwords, TokenIssuer},
    desk::{Acting, Caller, Desk, Disclosed, Session},
    fault::{Denied, Fault, Stop},
    id::UserId,
    schema::{account, agency, session},
    standing::Actor,
};

/// How a person shows who they are.
pub struct Attempt {
    /// Address.
    pub email: String,
    /// Password.
    pub password: String,
    /// Code of the second factor, or a recovery code.
    pub code: Option<String>,
    /// What a passkey answered, in place of a code.
    pub passkey: Option<Assertion>,
    /// What the session is opened with, as the person will recognise it in a list.
    pub label: String,
}

/// How signing in is judged in this installation.
#[derive(Clone, Copy)]
pub struct Rules {
    /// Must people have a second factor?
    pub second_factor_required: bool,
    /// Failures that lock.
    pub lockout: Lockout,
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
    let compared = Compared::run(&passwords, stored, attempt.password.clone()).await?;
    let judged = desk
        .account_unit(who, async move |unit| judge(unit, &attempt, &compared, &issuer, rules).await)
        .await?;
    let (outcome, event) = judged.into_parts();
    outcome.map(|tokens| Disclosed::new(tokens, event)).ok_or(SignInError::Refused)
}

async fn find(unit: &Session<'_, Acting>, email: &str) -> Result<Option<AccountRow>, SignInError> {
    let mut conn = unit.tx(Key::take()).conn(Key::take())?;
    let at_work = agency::table.filter(agency::disabled_at.is_null()).select(agency::id);
    Ok(account::table
        .filter(lower(account::email).eq(email.trim().to_lowercase()))
        .filter(account::service.eq(false))
        .filter(account::disabled_at.is_null())
        .filter(account::agency_id.eq_any(at_work))
        .select(AccountRow::as_select())
        .for_update()
        .first(&mut conn)
        .await
        .optional()?)
}

diesel::define_sql_function! { fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text; }

/// Judges an attempt whose password was compared. Whoever is named and whatever is wrong, the same
/// statements run.
async fn judge(
    unit: &mut Session<'_, Acting>,
    attempt: &Attempt,
    compared: &Compared,
    issuer: &TokenIssuer,
    rules: Rules,
) -> Result<Option<Tokens>, SignInError> {
    let now = real_now();
    let row = find(unit, &attempt.email).await?;
    let user = row.as_ref().map(|row| UserId::from_uuid(row.id));
    let mut factor = second_factor::accepts(unit, row.as_ref(), attempt.code.as_deref(), now).await?;
    if let Some(assertion) = &attempt.passkey {
        let whose = row.as_ref().map(|row| row.id);
        factor = match asserted(unit, assertion, now).await? {
            Some((account, used)) if whose == Some(account) => Factor::Passkey(used),
            _ => Factor::Wrong,
        };
    }
    let row = match row {
        Some(row) if compared.hold_for(&row) && factor.is_right() && !Lockout::locked(&row.tries(), now) => {
            row
        }
        other => {
            count_failure(unit, other.as_ref(), rules.lockout, now).await?;
            unit.note_account("session.open", user, false);
            return Ok(None);
        }
    };
    factor.spend(unit, &row, now).await?;
    forgive(unit, row.id).await?;
    let narrow = rules.second_factor_required && row.totp_sealed.is_none();
    let opening = Opening { label: &attempt.label, narrow };
    let tokens = open_session(unit, &row, opening, issuer, now).await?;
    unit.note_account("session.open", user, true);
    Ok(Some(tokens))
}

/// What comparing a password came to, and with which hash.
#[derive(Clone)]
pub(super) struct Compared {
    stored: Option<String>,
    right: bool,
}

impl Compared {
    /// Compares a password with a stored hash; outside any transaction, since it takes tens of milliseconds
    /// and a connection is not kept waiting for it.
    pub async fn run(
        passwords: &Passwords,
        stored: Option<String>,
        given: String,
    ) -> Result<Self, PasswordError> {
        let right = passwords.verify(stored.clone(), given).await?;
        Ok(Self { stored, right })
    }

    /// Was the password right, and is it still the account's?
    pub fn hold_for(&self, row: &AccountRow) -> bool {
        self.right && self.stored.is_some() && self.stored == row.password_hash
    }
}

/// Counts a failure of this account, or of nobody; while it is locked nothing is added.
pub(super) async fn count_failure(
    unit: &Session<'_, Acting>,
    row: Option<&AccountRow>,
    rule: Lockout,
    now: DateTime<Utc>,
) -> Result<(), Stop> {
    let before = row.map(AccountRow::tries).unwrap_or_default();
    let tries = if Lockout::locked(&before, now) { before } else { rule.after_failure(&before, now) };
    let mut conn = unit.tx(Key::take()).conn(Key::take())?;
    diesel::update(account::table.filter(account::id.eq(row.map_or(Uuid::nil(), |row| row.id))))
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

/// Forgets the failures of an account.
pub(super) async fn forgive(unit: &Session<'_, Acting>, account: Uuid) -> Result<(), Stop> {
    let mut conn = unit.tx(Key::take()).conn(Key::take())?;
    diesel::update(account::table.filter(account::id.eq(account)))
        .set((
            account::failures.eq(0i16),
            account::failed_at.eq(None::<DateTime<Utc>>),
            account::lockouts.eq(0i16),
            account::locked_until.eq(None::<DateTime<Utc>>),
        ))
        .execute(&mut conn)
        .await?;
    Ok(())
}

/// Ends the session that asks for it.
///
/// # Errors
/// When the database fails.
pub async fn sign_out(desk: &Desk, who: Caller) -> Result<Disclosed<()>, Stop> {
    let actor: Actor = who.actor.ok_or(Denied::Unauthenticated)?;
    desk.account_unit(who, async move |unit| {
        unit.holder().await?;
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
