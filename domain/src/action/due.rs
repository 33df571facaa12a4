//! What is due or overdue, and who is to be told: for the job that reminds.

use authz::id::{ActionId, MobilisationId, UserId};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::{ExpressionMethods, QueryDsl, QueryResult, SelectableHelper};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use super::{Status, rows::ActionRow};
use crate::{
    file::lookup::coordination,
    inbox::MessageKind,
    schema::{account, recusal, safety_action},
};

/// An action of which somebody is to be told. It holds nothing of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Escalation {
    /// The action.
    pub action: ActionId,
    /// The mobilisation that the message leads to.
    pub mobilisation: MobilisationId,
    /// When it is due.
    pub due_at: DateTime<Utc>,
    /// Whom to tell: nobody who is recused on its file.
    pub recipients: Vec<UserId>,
    /// The kind of message.
    pub message: &'static str,
}

/// The actions that are overdue now, the longest first; for who answers for them and the coordination.
///
/// # Errors
/// When the database fails.
pub async fn overdue(
    mut conn: &AsyncPgConnection,
    now: DateTime<Utc>,
    limit: i64,
) -> QueryResult<Vec<Escalation>> {
    let rows: Vec<ActionRow> = safety_action::table
        .filter(safety_action::status.eq_any(Status::OPEN))
        .filter(safety_action::due_at.le(now))
        .order((safety_action::due_at, safety_action::id))
        .limit(limit)
        .select(ActionRow::as_select())
        .load(&mut conn)
        .await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let mut told = owner(conn, &row).await?;
        told.extend(coordination(conn, row.cell_id, row.file_id, now).await?);
        found.push(escalation(&row, told, MessageKind::ActionOverdue));
    }
    Ok(found)
}

/// The actions that are due within a time from now, the soonest first; for who answers for them.
///
/// # Errors
/// When the database fails.
pub async fn due_within(
    mut conn: &AsyncPgConnection,
    now: DateTime<Utc>,
    within: TimeDelta,
    limit: i64,
) -> QueryResult<Vec<Escalation>> {
    let rows: Vec<ActionRow> = safety_action::table
        .filter(safety_action::status.eq_any(Status::OPEN))
        .filter(safety_action::due_at.gt(now))
        .filter(safety_action::due_at.le(now + within))
        .order((safety_action::due_at, safety_action::id))
        .limit(limit)
        .select(ActionRow::as_select())
        .load(&mut conn)
        .await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let told = owner(conn, &row).await?;
        found.push(escalation(&row, told, MessageKind::ActionDue));
    }
    Ok(found)
}

fn escalation(row: &ActionRow, mut told: Vec<Uuid>, kind: MessageKind) -> Escalation {
    told.sort_unstable();
    told.dedup();
    Escalation {
        action: row.id(),
        mobilisation: row.mobilisation(),
        due_at: row.due_at,
        recipients: told.into_iter().map(UserId::from_uuid).collect(),
        message: kind.wire(),
    }
}

/// Who answers for it, unless recused since, or gone.
async fn owner(mut conn: &AsyncPgConnection, row: &ActionRow) -> QueryResult<Vec<Uuid>> {
    let recused = recusal::table.filter(recusal::file_id.eq(row.file_id)).select(recusal::human_id);
    account::table
        .filter(account::id.eq(row.owner_account))
        .filter(account::disabled_at.is_null())
        .filter(account::human_id.ne_all(recused))
        .select(account::id)
        .load(&mut conn)
        .await
}
