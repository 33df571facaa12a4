//! The holder of an account proving anew who she is, before what protects the account is changed: a session
//! left open on a desk must not be enough.

use chrono::{DateTime, Utc};
use door::Key;

use super::{
    error::AccountError,
    rows::AccountRow,
    second_factor,
    sign_in::{Compared, count_failure, forgive},
};
use crate::{
    credentials::{Lockout, Passwords},
    desk::{Acting, Caller, Desk, Session},
    fault::Denied,
    id::UserId,
};

/// The holder of an account, known by her session.
pub struct Holder {
    caller: Caller,
    email: String,
    stored: Option<String>,
}

/// Says who holds the session that asks; the session may be one that still has to set something up.
///
/// # Errors
/// When the session no longer counts.
pub async fn holder(desk: &Desk, who: Caller) -> Result<Holder, AccountError> {
    let caller = who.clone();
    let found = desk.account_unit(who, async move |unit| {
        let row = own_row(unit).await?;
        unit.note_account("account.attempt", Some(UserId::from_uuid(row.id)), true);
        Ok::<_, AccountError>((row.email, row.password_hash))
    });
    let ((email, stored), _) = found.await?.into_parts();
    Ok(Holder { caller, email, stored })
}

/// What is asked of the holder.
pub enum Evidence {
    /// The password.
    Password(String),
    /// The password, and a code of the second factor if the account has one.
    Both(String, Option<String>),
}

/// What the holder gave, compared; an operation judges it in its own unit.
pub struct Proof {
    pub(super) caller: Caller,
    pub(super) email: String,
    pub(super) given: Given,
}

/// The evidence, ready to be judged.
pub(super) struct Given {
    compared: Compared,
    with_factor: bool,
    code: Option<String>,
}

impl Holder {
    /// Takes the evidence.
    ///
    /// # Errors
    /// When too many passwords are being checked at once.
    pub async fn prove(self, passwords: &Passwords, evidence: Evidence) -> Result<Proof, AccountError> {
        let (password, with_factor, code) = match evidence {
            Evidence::Password(password) => (password, false, None),
            Evidence::Both(password, code) => (password, true, code),
        };
        let compared = Compared::run(passwords, self.stored, password).await?;
        Ok(Proof { caller: self.caller, email: self.email, given: Given { compared, with_factor, code } })
    }
}

/// The row of the account whose session asks.
pub(super) async fn own_row(unit: &mut Session<'_, Acting>) -> Result<AccountRow, AccountError> {
    let user = unit.holder().await?.user();
    let conn = unit.tx(Key::take()).conn(Key::take())?;
    Ok(AccountRow::find(conn, user).await?.ok_or(Denied::Unauthenticated)?)
}

/// The row of the account whose session asks, held until the unit ends.
pub(super) async fn own_row_held(unit: &mut Session<'_, Acting>) -> Result<AccountRow, AccountError> {
    let user = unit.holder().await?.user();
    let conn = unit.tx(Key::take()).conn(Key::take())?;
    Ok(AccountRow::held(conn, user).await?.ok_or(Denied::Unauthenticated)?)
}

/// Judges the evidence: the holder's row, or nothing after counting the failure, which the unit must commit.
pub(super) async fn proved(
    unit: &mut Session<'_, Acting>,
    given: &Given,
    rule: Lockout,
    now: DateTime<Utc>,
) -> Result<Option<AccountRow>, AccountError> {
    let row = own_row_held(unit).await?;
    let mut right = given.compared.hold_for(&row) && !Lockout::locked(&row.tries(), now);
    if given.with_factor {
        let factor = second_factor::accepts(unit, Some(&row), given.code.as_deref(), now).await?;
        right &= factor.is_right();
        if right {
            factor.spend(unit, &row, now).await?;
        }
    }
    if !right {
        count_failure(unit, Some(&row), rule, now).await?;
        unit.note_account("account.proof", Some(UserId::from_uuid(row.id)), false);
        return Ok(None);
    }
    forgive(unit, row.id).await?;
    Ok(Some(row))
}
