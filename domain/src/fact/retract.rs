//! Taking back a fact put on the wrong person. It stays, sealed, in its source's history.

use authz::{
    acts::RetractFact,
    desk::{Acting, Answer, Permit, Session, Spent},
    id::FactId,
};
use chrono::{DateTime, Utc};
use diesel::{BoolExpressionMethods, ExpressionMethods, PgArrayExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;

use super::FactRecord;
use crate::{
    refusal::Refusal,
    schema::{fact, name_token},
};

/// A fact that was retracted.
#[derive(Serialize, ToSchema)]
pub struct FactRetracted {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: FactId,
    /// When.
    pub retracted_at: DateTime<Utc>,
}

impl Answer for FactRetracted {
    const STATUS: u16 = 200;
}

/// Retracts a fact.
///
/// # Errors
/// When it was retracted before, or the database fails.
pub async fn retract<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, RetractFact, FactRecord>,
) -> Result<(Spent<'tx, RetractFact>, FactRetracted), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let (now, user) = (session.now(), session.standing()?.user());
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let touched =
        diesel::update(fact::table.filter(fact::id.eq(id.uuid())).filter(fact::retracted_at.is_null()))
            .set((fact::retracted_at.eq(now), fact::retracted_by.eq(user.uuid())))
            .execute(&mut conn)
            .await?;
    if touched != 1 {
        return Err(Refusal::Conflict("fact.retracted"));
    }
    diesel::delete(
        name_token::table.filter(
            name_token::birth_fact.eq(id.uuid()).or(name_token::name_facts.contains(vec![id.uuid()])),
        ),
    )
    .execute(&mut conn)
    .await?;
    Ok((spent, FactRetracted { id, retracted_at: now }))
}
