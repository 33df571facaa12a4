//! One's own passkeys: which there are, and taking one away.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    accounts::{
        error::AccountError,
        proof::{Proof, own_row, proved},
    },
    clock::real_now,
    credentials::Lockout,
    desk::{Caller, Desk, Disclosed},
    fault::Denied,
    id::{PasskeyId, UserId},
    schema::passkey,
};

/// A passkey.
#[derive(Serialize, ToSchema)]
pub struct PasskeyItem {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: PasskeyId,
    /// What its holder calls it.
    pub name: String,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// When it last signed in.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// The passkeys of an account, oldest first; there is never more than one page.
#[derive(Serialize, ToSchema)]
pub struct PasskeyList {
    /// The passkeys.
    pub items: Vec<PasskeyItem>,
    /// Always null.
    pub next: Option<String>,
}

type Row = (Uuid, String, DateTime<Utc>, Option<DateTime<Utc>>);

/// The passkeys of the account that asks.
///
/// # Errors
/// When the session no longer counts.
pub async fn own_passkeys(desk: &Desk, who: Caller) -> Result<Disclosed<PasskeyList>, AccountError> {
    desk.account_unit(who, async move |unit| {
        let row = own_row(unit).await?;
        let mut conn = unit.tx(Key::take()).conn(Key::take())?;
        let rows: Vec<Row> = passkey::table
            .filter(passkey::account_id.eq(row.id))
            .order((passkey::created_at, passkey::id))
            .select((passkey::id, passkey::name, passkey::created_at, passkey::last_used_at))
            .load(&mut conn)
            .await?;
        unit.note_account("account.passkeys", Some(UserId::from_uuid(row.id)), true);
        let items = rows.into_iter().map(|(id, name, created_at, last_used_at)| PasskeyItem {
            id: PasskeyId::from_uuid(id),
            name,
            created_at,
            last_used_at,
        });
        Ok(PasskeyList { items: items.collect(), next: None })
    })
    .await
}

/// Takes one of the own passkeys away. Another person's is absent.
///
/// # Errors
/// When the proof is not right, or there is no such passkey.
pub async fn remove_passkey(
    desk: &Desk,
    proof: Proof,
    rule: Lockout,
    id: PasskeyId,
) -> Result<Disclosed<()>, AccountError> {
    let Proof { caller, given, .. } = proof;
    let removed = desk.account_unit(caller, async move |unit| {
        let Some(row) = proved(unit, &given, rule, real_now()).await? else { return Ok(false) };
        let mut conn = unit.tx(Key::take()).conn(Key::take())?;
        let gone = diesel::delete(
            passkey::table.filter(passkey::id.eq(id.uuid())).filter(passkey::account_id.eq(row.id)),
        )
        .execute(&mut conn)
        .await?;
        unit.note_account("account.passkey_remove", Some(UserId::from_uuid(row.id)), gone == 1);
        if gone == 1 { Ok(true) } else { Err(AccountError::from(Denied::Hidden)) }
    });
    let (removed, event) = removed.await?.into_parts();
    if removed { Ok(Disclosed::new((), event)) } else { Err(AccountError::NotProved) }
}
