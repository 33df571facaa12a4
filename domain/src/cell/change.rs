//! Changing a cell's name or standards. Sunsets already set stay as they were promised.

use authz::{
    acts::ManageCell,
    desk::{Acting, Answer, Permit, Session, Spent},
    id::CellId,
};
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Cell, Standards};
use crate::{refusal::Refusal, schema::cell};

/// What to change; the rest stays.
#[derive(Default)]
pub struct Change {
    /// Name.
    pub name: Option<String>,
    /// Hours within which a triggered cell meets.
    pub meeting_within_hours: Option<i32>,
    /// Organisations that must be there to decide.
    pub quorum: Option<i16>,
    /// Days after closure from which only own facts remain.
    pub sunset_days: Option<i32>,
    /// Hours within which a consultation is analysed.
    pub analysis_within_hours: Option<i32>,
    /// Days within which a safety net is looked at again.
    pub review_within_days: Option<i32>,
}

/// A cell that was changed.
#[derive(Serialize, ToSchema)]
pub struct CellChanged {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: CellId,
}

impl Answer for CellChanged {
    const STATUS: u16 = 200;
}

/// Changes a cell.
///
/// # Errors
/// When a standard is out of bounds, or the database fails.
pub async fn change<'tx>(
    session: &Session<'tx, Acting>,
    permit: Permit<'tx, ManageCell, Cell>,
    change: Change,
) -> Result<(Spent<'tx, ManageCell>, CellChanged), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let (name, hours, quorum, days, analysis, review): (String, i32, i16, i32, i32, i32) = cell::table
        .filter(cell::id.eq(id.uuid()))
        .select((
            cell::name,
            cell::meeting_within_hours,
            cell::quorum,
            cell::sunset_days,
            cell::analysis_within_hours,
            cell::review_within_days,
        ))
        .first(&mut conn)
        .await?;
    let standards = Standards {
        meeting_within_hours: change.meeting_within_hours.unwrap_or(hours),
        quorum: change.quorum.unwrap_or(quorum),
        sunset_days: change.sunset_days.unwrap_or(days),
        analysis_within_hours: change.analysis_within_hours.unwrap_or(analysis),
        review_within_days: change.review_within_days.unwrap_or(review),
    };
    let wrong = standards.wrong();
    if !wrong.is_empty() {
        return Err(Refusal::Invalid(wrong));
    }
    diesel::update(cell::table.filter(cell::id.eq(id.uuid())))
        .set((
            cell::name.eq(change.name.unwrap_or(name)),
            cell::meeting_within_hours.eq(standards.meeting_within_hours),
            cell::quorum.eq(standards.quorum),
            cell::sunset_days.eq(standards.sunset_days),
            cell::analysis_within_hours.eq(standards.analysis_within_hours),
            cell::review_within_days.eq(standards.review_within_days),
        ))
        .execute(&mut conn)
        .await?;
    Ok((spent, CellChanged { id }))
}
