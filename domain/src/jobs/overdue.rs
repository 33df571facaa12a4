//! What is due soon or overdue is told, once for each moment: a batch and its marks commit together, and whoever
//! else tells skips its rows. A partial index finds what nobody was told of yet, whatever the tables hold besides.

use authz::{
    fault::Fault,
    id::{OutboxId, fresh},
};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::{
    QueryResult, QueryableByName, insert_into,
    prelude::*,
    result::Error,
    sql_query,
    sql_types::{BigInt, Nullable, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::{
    action::answers_for,
    file::lookup::{circle_at, coordination},
    inbox::MessageKind,
    schema::{mobilisation, outbox, safety_action},
};

/// Most told in one transaction.
const BATCH: i64 = 100;
/// How long before an action is due its owner is reminded.
const AHEAD: TimeDelta = TimeDelta::hours(24);

/// Actions due within a day, of which their owner was not told.
pub const SOON: &str = "select id, mobilisation_id, cell_id, file_id, owner_account, due_at from safety_action \
    where status in (0, 1) and soon_told_for is distinct from due_at and due_at <= $1 \
    order by due_at, id limit $2 for update skip locked";
/// Actions overdue, of which nobody was told.
pub const OVERDUE: &str = "select id, mobilisation_id, cell_id, file_id, owner_account, due_at from safety_action \
    where status in (0, 1) and overdue_told_for is distinct from due_at and due_at <= $1 \
    order by due_at, id limit $2 for update skip locked";
/// Steps of a mobilisation overdue, of which nobody was told.
pub const LATE: &str = "select id, id as mobilisation_id, cell_id, file_id, null::uuid as owner_account, due_at \
    from mobilisation where due_at is not null and overdue_told_for is distinct from due_at and due_at <= $1 \
    order by due_at, id limit $2 for update skip locked";

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    mobilisation_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    cell_id: Uuid,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    file_id: Option<Uuid>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    owner_account: Option<Uuid>,
    #[diesel(sql_type = Timestamptz)]
    due_at: DateTime<Utc>,
}

/// Tells whatever is due.
pub(super) async fn tell(conn: &mut AsyncPgConnection, now: DateTime<Utc>) -> Result<(), Fault> {
    for (which, until) in [(SOON, now + AHEAD), (OVERDUE, now), (LATE, now)] {
        while batch(conn, which, until, now).await? == BATCH {}
    }
    Ok(())
}

async fn batch(
    conn: &mut AsyncPgConnection,
    which: &'static str,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<i64, Fault> {
    let told = conn
        .transaction(async |conn| {
            let rows: Vec<Row> =
                sql_query(which).bind::<Timestamptz, _>(until).bind::<BigInt, _>(BATCH).load(conn).await?;
            for row in &rows {
                leave(conn, which, row, now).await?;
                mark(conn, which, row).await?;
            }
            Ok::<_, Error>(rows.len())
        })
        .await?;
    Ok(i64::try_from(told).unwrap_or(0))
}

/// INVARIANT: nobody who is recused on the file.
async fn leave(
    conn: &mut AsyncPgConnection,
    which: &'static str,
    row: &Row,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let mut told = match (row.owner_account, row.file_id) {
        (Some(owner), Some(file)) => answers_for(conn, owner, file).await?,
        _ => Vec::new(),
    };
    let kind = match which {
        SOON => MessageKind::ActionDue,
        OVERDUE => MessageKind::ActionOverdue,
        _ => MessageKind::MobilisationOverdue,
    };
    // What is overdue already was not announced a day ahead; it is told as overdue.
    if which == SOON && row.due_at <= now {
        return Ok(());
    }
    if which != SOON {
        // Of a process the coordination knows; of what its file holds, only from inside the circle.
        let members = match row.file_id {
            Some(file) if which == OVERDUE => Some(circle_at(conn, file, now).await?),
            _ => None,
        };
        told.extend(coordination(conn, row.cell_id, row.file_id, members.as_deref(), now).await?);
    }
    told.sort_unstable();
    told.dedup();
    for account in told {
        let id = fresh(now).map_err(|_| Error::RollbackTransaction)?;
        insert_into(outbox::table)
            .values((
                outbox::id.eq(OutboxId::from(id).uuid()),
                outbox::kind.eq(kind.wire()),
                outbox::recipient_account.eq(account),
                outbox::subject.eq(row.mobilisation_id),
                outbox::created_at.eq(now),
                outbox::not_before.eq(now),
            ))
            .execute(conn)
            .await?;
    }
    Ok(())
}

async fn mark(conn: &mut AsyncPgConnection, which: &'static str, row: &Row) -> QueryResult<()> {
    let touched = match which {
        SOON => {
            diesel::update(safety_action::table.filter(safety_action::id.eq(row.id)))
                .set(safety_action::soon_told_for.eq(row.due_at))
                .execute(conn)
                .await?
        }
        OVERDUE => {
            diesel::update(safety_action::table.filter(safety_action::id.eq(row.id)))
                .set(safety_action::overdue_told_for.eq(row.due_at))
                .execute(conn)
                .await?
        }
        _ => {
            diesel::update(mobilisation::table.filter(mobilisation::id.eq(row.id)))
                .set(mobilisation::overdue_told_for.eq(row.due_at))
                .execute(conn)
                .await?
        }
    };
    if touched == 1 { Ok(()) } else { Err(Error::RollbackTransaction) }
}
