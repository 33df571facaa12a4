//! Disabling an account, enabling it again, ending its sessions: from the next request on.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    account::Account,
    admins::keep_one,
    error::AccountError,
    invitations::withdraw,
    invite::{held, not_oneself},
    sessions::end_all,
};
use crate::{
    acts::ManageAccount,
    clock::real_now,
    desk::{Acting, Answer, Permit, Session, Spent},
    id::{AgencyId, UserId},
    schema::account,
};

/// What became of an account.
#[derive(Serialize, ToSchema)]
pub struct AccountChanged {
    /// The account.
    #[schema(value_type = Uuid)]
    pub id: UserId,
    /// When it was changed.
    pub at: DateTime<Utc>,
}

impl Answer for AccountChanged {
    const STATUS: u16 = 200;
}

/// Disables an account: its sessions end, its unused invitation serves no more. Its roles stay written.
///
/// # Errors
/// When it is the caller's own, is disabled already, or no admin would remain.
pub async fn disable<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, ManageAccount, Account>,
) -> Result<(Spent<'tx, ManageAccount>, AccountChanged), AccountError> {
    let (id, spent) = permit.spend(Key::take());
    let row = held(session, id).await?;
    not_oneself(session.standing()?, &row, "account.manage")?;
    if row.disabled_at.is_some() {
        return Err(AccountError::Conflict("the account is disabled already"));
    }
    let at = real_now();
    set_disabled(session, id, Some(at)).await?;
    let conn = session.tx(Key::take()).conn(Key::take())?;
    end_all(conn, id.uuid(), None, at).await?;
    withdraw(conn, id.uuid(), at).await?;
    keep_one(session, AgencyId::from_uuid(row.agency_id)).await?;
    session.note_account("account.disable", Some(id), true);
    Ok((spent, AccountChanged { id, at }))
}

/// Enables a disabled account. Nobody is signed in by it.
///
/// # Errors
/// When it is not disabled.
pub async fn enable<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, ManageAccount, Account>,
) -> Result<(Spent<'tx, ManageAccount>, AccountChanged), AccountError> {
    let (id, spent) = permit.spend(Key::take());
    if held(session, id).await?.disabled_at.is_none() {
        return Err(AccountError::Conflict("the account is not disabled"));
    }
    set_disabled(session, id, None).await?;
    session.note_account("account.enable", Some(id), true);
    Ok((spent, AccountChanged { id, at: real_now() }))
}

/// Ends every session of an account at once.
///
/// # Errors
/// When the database fails.
pub async fn end_sessions<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, ManageAccount, Account>,
) -> Result<(Spent<'tx, ManageAccount>, AccountChanged), AccountError> {
    let (id, spent) = permit.spend(Key::take());
    let at = real_now();
    end_all(session.tx(Key::take()).conn(Key::take())?, id.uuid(), None, at).await?;
    session.note_account("session.end_all", Some(id), true);
    Ok((spent, AccountChanged { id, at }))
}

async fn set_disabled(
    session: &Session<'_, Acting>,
    id: UserId,
    at: Option<DateTime<Utc>>,
) -> Result<(), AccountError> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    diesel::update(account::table.filter(account::id.eq(id.uuid())))
        .set(account::disabled_at.eq(at))
        .execute(&mut conn)
        .await?;
    Ok(())
}
