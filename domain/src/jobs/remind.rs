//! Reminders that came due become messages. A batch commits whole, and whoever else reminds skips its rows.

use authz::{
    fault::Fault,
    id::{OutboxId, fresh},
};
use chrono::{DateTime, Utc};
use diesel::{
    ExpressionMethods, QueryDsl, QueryResult, QueryableByName, insert_into,
    result::Error,
    sql_query,
    sql_types::{BigInt, Bool, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::{
    inbox::{
        MessageKind,
        recipients::{At, concerned, may_be_told, of_agency, responsible},
    },
    reminder::{DUE, UNHEEDED},
    schema::{outbox, reminder},
};

/// Most reminders told in one transaction.
const BATCH: i64 = 100;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    cell_id: Uuid,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    file_id: Option<Uuid>,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = SqlUuid)]
    subject: Uuid,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    recipient_account: Option<Uuid>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    recipient_agency: Option<Uuid>,
    #[diesel(sql_type = Bool)]
    escalates: bool,
}

/// Tells whatever is due, and whom it concerns of what was followed by nothing.
pub(super) async fn all(conn: &mut AsyncPgConnection, now: DateTime<Utc>) -> Result<(), Fault> {
    while batch(conn, DUE, now).await? == BATCH {}
    while batch(conn, UNHEEDED, now).await? == BATCH {}
    Ok(())
}

async fn batch(conn: &mut AsyncPgConnection, which: &'static str, now: DateTime<Utc>) -> Result<i64, Fault> {
    let told = conn
        .transaction(async |conn| {
            let rows: Vec<Row> =
                sql_query(which).bind::<Timestamptz, _>(now).bind::<BigInt, _>(BATCH).load(conn).await?;
            for row in &rows {
                let reached = which == DUE && tell(conn, row, now).await?;
                if !reached {
                    escalate(conn, row, now).await?;
                }
                let one = reminder::table.filter(reminder::id.eq(row.id));
                let waits = reached && row.escalates;
                let end = (
                    reminder::escalated_at.eq((!reached).then_some(now)),
                    reminder::done_at.eq((!waits).then_some(now)),
                );
                if which == DUE {
                    diesel::update(one).set((reminder::told_at.eq(now), end)).execute(conn).await?;
                } else {
                    diesel::update(one).set(end).execute(conn).await?;
                }
            }
            Ok::<_, Error>(rows.len())
        })
        .await?;
    Ok(i64::try_from(told).unwrap_or(0))
}

/// Leaves the message for whom it is meant; false when nobody of them may be told any more.
async fn tell(conn: &mut AsyncPgConnection, row: &Row, now: DateTime<Utc>) -> QueryResult<bool> {
    let at = At { cell: row.cell_id, file: row.file_id, now };
    let accounts = match (row.recipient_account, row.recipient_agency) {
        (Some(account), _) if may_be_told(conn, at, account).await? => vec![account],
        (None, Some(agency)) if concerned(conn, at, agency).await? => of_agency(conn, at, agency).await?,
        (None, None) => responsible(conn, at).await?,
        _ => Vec::new(),
    };
    leave(conn, row, &row.kind, &accounts, now).await?;
    Ok(!accounts.is_empty())
}

/// Tells those who answer for the file.
async fn escalate(conn: &mut AsyncPgConnection, row: &Row, now: DateTime<Utc>) -> QueryResult<()> {
    let accounts = responsible(conn, At { cell: row.cell_id, file: row.file_id, now }).await?;
    if accounts.is_empty() {
        tracing::error!(
            "a reminder could reach nobody: its cell has no coordination and its circle no respondent"
        );
    }
    leave(conn, row, MessageKind::ReminderEscalated.wire(), &accounts, now).await
}

async fn leave(
    conn: &mut AsyncPgConnection,
    row: &Row,
    kind: &str,
    accounts: &[Uuid],
    now: DateTime<Utc>,
) -> QueryResult<()> {
    for account in accounts {
        let id = fresh(now).map_err(|_| Error::RollbackTransaction)?;
        insert_into(outbox::table)
            .values((
                outbox::id.eq(OutboxId::from(id).uuid()),
                outbox::kind.eq(kind),
                outbox::recipient_account.eq(account),
                outbox::subject.eq(row.file_id),
                outbox::about.eq(row.subject),
                outbox::cell_id.eq(row.cell_id),
                outbox::created_at.eq(now),
                outbox::not_before.eq(now),
            ))
            .execute(conn)
            .await?;
    }
    Ok(())
}
