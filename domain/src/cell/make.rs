//! Making a cell.

use authz::{
    accounts::{Deployment, seat_maker},
    acts::MakeCell,
    desk::{Acting, Answer, Permit, Session, Spent},
    id::CellId,
};
use diesel::{ExpressionMethods, insert_into, result::DatabaseErrorKind};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;

use super::Standards;
use crate::{refusal::Refusal, schema::cell, validation::Rule};

/// A cell that was made.
#[derive(Serialize, ToSchema)]
pub struct CellMade {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: CellId,
}

impl Answer for CellMade {
    const STATUS: u16 = 201;
    fn location(&self) -> Option<String> {
        Some(format!("/api/v1/cells/{}", self.id))
    }
}

/// Makes a cell. Whoever makes it is its first admin, and lets agencies take part.
///
/// # Errors
/// When a standard is out of bounds, or the short name is taken.
pub async fn make<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, MakeCell, Deployment>,
    key: &str,
    name: &str,
    region: &str,
    standards: Standards,
) -> Result<(Spent<'tx, MakeCell>, CellMade), Refusal> {
    let (_, spent) = permit.spend(Key::take());
    let wrong = standards.wrong();
    if !wrong.is_empty() {
        return Err(Refusal::Invalid(wrong));
    }
    let id: CellId = session.fresh()?.into();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    insert_into(cell::table)
        .values((
            cell::id.eq(id.uuid()),
            cell::key.eq(key),
            cell::name.eq(name),
            cell::region.eq(region),
            cell::meeting_within_hours.eq(standards.meeting_within_hours),
            cell::quorum.eq(standards.quorum),
            cell::sunset_days.eq(standards.sunset_days),
            cell::analysis_within_hours.eq(standards.analysis_within_hours),
            cell::review_within_days.eq(standards.review_within_days),
            cell::created_at.eq(session.now()),
        ))
        .execute(&mut conn)
        .await
        .map_err(|error| match error {
            diesel::result::Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => {
                Refusal::invalid("/key", Rule::Duplicate)
            }
            other => other.into(),
        })?;
    seat_maker(session, Key::take(), id).await?;
    Ok((spent, CellMade { id }))
}
