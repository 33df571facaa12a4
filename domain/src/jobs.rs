//! Jobs on the database: the outbox delivered, old answers forgotten, the log's next months prepared.

use authz::{clock::real_now, fault::Fault};
use diesel::{BoolExpressionMethods, ExpressionMethods, QueryDsl, sql_query};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use uuid::Uuid;

use crate::schema::{account, inbox, outbox};

/// Most messages delivered in one round.
const BATCH: i64 = 100;

/// One round of every job.
///
/// # Errors
/// When the database does not answer.
pub async fn round(url: &str, role: Option<&str>) -> Result<(), Fault> {
    let mut conn = AsyncPgConnection::establish(url).await.map_err(|_| Fault::Pool)?;
    conn.batch_execute(&authz::desk::connection_settings(role)).await?;
    sql_query("select prepare_access_partitions()").execute(&mut conn).await?;
    sql_query("delete from idempotency where created_at < now() - interval '24 hours'")
        .execute(&mut conn)
        .await?;
    while deliver(&mut conn).await? == BATCH {}
    Ok(())
}

type Waiting = (Uuid, String, Option<Uuid>, Option<Uuid>, Option<Uuid>);

/// Delivers one batch inside the program. A message and its deliveries commit together, and whoever else
/// delivers skips the rows held here: none is lost and none comes twice.
async fn deliver(conn: &mut AsyncPgConnection) -> Result<i64, Fault> {
    let now = real_now();
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
                ))
                .for_update()
                .skip_locked()
                .load(conn)
                .await?;
            for (id, kind, account_id, agency_id, subject) in &waiting {
                let recipients: Vec<Uuid> = match (account_id, agency_id) {
                    (Some(account_id), _) => vec![*account_id],
                    (None, Some(agency_id)) => {
                        account::table
                            .filter(account::agency_id.eq(agency_id))
                            .select(account::id)
                            .load(conn)
                            .await?
                    }
                    (None, None) => Vec::new(),
                };
                for recipient in recipients {
                    let fresh =
                        authz::id::fresh(now).map_err(|_| diesel::result::Error::RollbackTransaction)?;
                    diesel::insert_into(inbox::table)
                        .values((
                            inbox::id.eq(authz::id::OutboxId::from(fresh).uuid()),
                            inbox::account_id.eq(recipient),
                            inbox::kind.eq(kind),
                            inbox::subject.eq(subject),
                            inbox::created_at.eq(now),
                        ))
                        .execute(conn)
                        .await?;
                }
                diesel::update(outbox::table.filter(outbox::id.eq(id)))
                    .set((outbox::delivered_at.eq(now), outbox::attempts.eq(outbox::attempts + 1)))
                    .execute(conn)
                    .await?;
            }
            Ok::<_, diesel::result::Error>(waiting.len())
        })
        .await?;
    Ok(i64::try_from(delivered).unwrap_or(0))
}
