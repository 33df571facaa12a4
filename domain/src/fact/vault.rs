//! Putting a fact under a vault, or changing who the vault names.

use authz::{
    acts::VaultFact,
    desk::{Acting, Answer, Permit, Session, Spent},
    id::{AgencyId, FactId},
};
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::FactRecord;
use crate::{agencies, refusal::Refusal, schema::fact};

/// The vault of a fact after the change.
#[derive(Serialize, ToSchema)]
pub struct FactVaulted {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: FactId,
    /// The agencies named; none: no vault.
    #[schema(value_type = Option<Vec<Uuid>>)]
    pub vault: Option<Vec<AgencyId>>,
}

impl Answer for FactVaulted {
    const STATUS: u16 = 200;
}

/// Sets the vault.
///
/// # Errors
/// When an agency is unknown, or the database fails.
pub async fn vault<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, VaultFact, FactRecord>,
    named: Option<Vec<AgencyId>>,
) -> Result<(Spent<'tx, VaultFact>, FactVaulted), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    if let Some(named) = &named {
        agencies::known(session, named, |n| format!("/vault/{n}")).await?;
    }
    let ids = named.as_ref().map(|named| named.iter().map(|agency| agency.uuid()).collect::<Vec<Uuid>>());
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    diesel::update(fact::table.filter(fact::id.eq(id.uuid())))
        .set(fact::vault.eq(ids))
        .execute(&mut conn)
        .await?;
    Ok((spent, FactVaulted { id, vault: named }))
}
