//! Jobs on the database: the outbox delivered, the coordination told of recused people's attempts, old answers
//! forgotten, the log's next months prepared.

mod attempts;
mod deliver;

use authz::{clock::Clock, fault::Fault};
use diesel::sql_query;
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};

/// One round of every job.
///
/// # Errors
/// When the database does not answer.
pub async fn round(url: &str, role: Option<&str>, clock: Clock) -> Result<(), Fault> {
    let mut conn = AsyncPgConnection::establish(url).await.map_err(|_| Fault::Pool)?;
    conn.batch_execute(&authz::desk::connection_settings(role)).await?;
    sql_query("select prepare_access_partitions()").execute(&mut conn).await?;
    sql_query("delete from idempotency where created_at < now() - interval '24 hours'")
        .execute(&mut conn)
        .await?;
    attempts::tell(&mut conn, clock.now()).await?;
    while deliver::batch(&mut conn, clock.now()).await? == deliver::BATCH {}
    Ok(())
}
