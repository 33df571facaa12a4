//! The outbox delivered inside the program, and what of it is announced by mail noted. A message and its
//! deliveries commit together, and whoever else delivers skips the rows held here: none is lost and none comes
//! twice.

use authz::{
    fault::Fault,
    id::{InboxId, fresh},
};
use chrono::{DateTime, Utc};
use diesel::{BoolExpressionMethods, ExpressionMethods, QueryDsl, QueryResult, insert_into, result::Error};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::{
    inbox::{
        MessageKind,
        recipients::{At, cell_of, of_agency},
    },
    notification::wishes,
    schema::{delivery, inbox, outbox},
};

/// Most messages delivered in one round.
const BATCH: i64 = 100;

#[derive(diesel::Queryable)]
struct Waiting {
    id: Uuid,
    kind: String,
    to_account: Option<Uuid>,
    to_agency: Option<Uuid>,
    file: Option<Uuid>,
    about: Option<Uuid>,
    cell: Option<Uuid>,
}

/// Delivers what is waiting.
pub(super) async fn all(conn: &mut AsyncPgConnection, now: DateTime<Utc>) -> Result<(), Fault> {
    while batch(conn, now).await? == BATCH {}
    Ok(())
}

/// Delivers one batch and says how many it found.
async fn batch(conn: &mut AsyncPgConnection, now: DateTime<Utc>) -> Result<i64, Fault> {
    let delivered = conn
        .transaction(async |conn| {
            let waiting: Vec<Waiting> = outbox::table
                .filter(outbox::delivered_at.is_null().and(outbox::abandoned_at.is_null()))
                .filter(outbox::not_before.le(now))
                .order(outbox::not_before)
                .limit(BATCH)
                .select((
                    outbox::id,
                    outbox::kind,
                    outbox::recipient_account,
                    outbox::recipient_agency,
                    outbox::subject,
                    outbox::about,
                    outbox::cell_id,
                ))
                .for_update()
                .skip_locked()
                .load(conn)
                .await?;
            for message in &waiting {
                let recipients = recipients(conn, message, now).await?;
                hand_out(conn, message, &recipients, now).await?;
                diesel::update(outbox::table.filter(outbox::id.eq(message.id)))
                    .set((outbox::delivered_at.eq(now), outbox::attempts.eq(outbox::attempts + 1)))
                    .execute(conn)
                    .await?;
            }
            Ok::<_, Error>(waiting.len())
        })
        .await?;
    Ok(i64::try_from(delivered).unwrap_or(0))
}

async fn recipients(
    conn: &mut AsyncPgConnection,
    message: &Waiting,
    now: DateTime<Utc>,
) -> QueryResult<Vec<Uuid>> {
    if let Some(account) = message.to_account {
        return Ok(vec![account]);
    }
    let cell = match (message.file, message.cell) {
        (Some(file), _) => cell_of(conn, file).await?,
        (None, cell) => cell,
    };
    match (message.to_agency, cell) {
        (Some(agency), Some(cell)) => of_agency(conn, At { cell, file: message.file, now }, agency).await,
        _ => Ok(Vec::new()),
    }
}

async fn hand_out(
    conn: &mut AsyncPgConnection,
    message: &Waiting,
    recipients: &[Uuid],
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let urgent = MessageKind::stored(&message.kind).is_some_and(MessageKind::urgent);
    let wishes = wishes(conn, recipients).await?;
    for recipient in recipients {
        let fresh = fresh(now).map_err(|_| Error::RollbackTransaction)?;
        let id = InboxId::from(fresh).uuid();
        insert_into(inbox::table)
            .values((
                inbox::id.eq(id),
                inbox::account_id.eq(recipient),
                inbox::kind.eq(&message.kind),
                inbox::subject.eq(message.file),
                inbox::about.eq(message.about),
                inbox::created_at.eq(now),
            ))
            .execute(conn)
            .await?;
        if let Some(due) = wishes.get(recipient).copied().unwrap_or_default().due(urgent, now) {
            insert_into(delivery::table)
                .values((
                    delivery::inbox_id.eq(id),
                    delivery::account_id.eq(recipient),
                    delivery::due_at.eq(due),
                ))
                .execute(conn)
                .await?;
        }
    }
    Ok(())
}
