//! Accounts of programs: no password, one credential made once, which serves until it is revoked or a year
//! has passed.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{ExpressionMethods, insert_into};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    account::AgencyAccounts,
    error::AccountError,
    invite::{NewAccount, fresh},
};
use crate::{
    acts::ManageAccount,
    clock::real_now,
    credentials::OneTime,
    desk::{Acting, Pending, Permit, Session},
    fault::Fault,
    id::{SessionId, UserId},
    schema::{refresh_token, session},
};

/// How long a program's credential serves at most.
const LASTS: TimeDelta = TimeDelta::days(365);

/// A program's account, and its credential at the one moment it can be read.
#[derive(Serialize, ToSchema)]
pub struct ServiceAccount {
    /// The account.
    #[schema(value_type = Uuid)]
    pub id: UserId,
    /// Exchanged for an access token at `POST /api/v1/session/refresh`, as often as needed.
    pub credential: String,
    /// Until when, if it is not revoked before.
    pub expires_at: DateTime<Utc>,
}

/// Makes an account for a program of the caller's agency. Like everybody it may do nothing until a role is
/// granted to it; ending its sessions revokes its credential.
///
/// # Errors
/// When the database fails.
pub async fn create_service<'tx>(
    unit: &mut Session<'tx, Acting>,
    permit: Permit<'tx, ManageAccount, AgencyAccounts>,
    name: &str,
) -> Result<Pending<'tx, ServiceAccount>, AccountError> {
    let (agency, spent) = permit.spend(Key::take());
    let (id, now): (UserId, _) = (fresh()?.into(), real_now());
    let expires_at = now + LASTS;
    let mut conn = unit.tx(Key::take()).conn(Key::take())?;
    // Nobody receives mail there (RFC 2606), and nobody else can have this address.
    let email = format!("{id}@service.invalid");
    let by = Some(unit.standing()?.user());
    let human = fresh()?.into();
    NewAccount { id, human, agency, email: &email, name, service: true, by }.insert(conn).await?;
    let session_id: SessionId = fresh()?.into();
    insert_into(session::table)
        .values((
            session::id.eq(session_id.uuid()),
            session::account_id.eq(id.uuid()),
            session::label.eq(name),
            session::created_at.eq(now),
            session::last_seen_at.eq(now),
            session::expires_at.eq(expires_at),
        ))
        .execute(&mut conn)
        .await?;
    let credential = OneTime::new("fls_").map_err(|_| Fault::Keys)?;
    insert_into(refresh_token::table)
        .values((
            refresh_token::token_hash.eq(credential.hash()),
            refresh_token::session_id.eq(session_id.uuid()),
            refresh_token::issued_at.eq(now),
            refresh_token::expires_at.eq(expires_at),
        ))
        .execute(&mut conn)
        .await?;
    unit.note_account("account.create_service", Some(id), true);
    Ok(Session::give(spent, ServiceAccount { id, credential: credential.into_text(), expires_at }))
}
