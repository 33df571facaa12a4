//! Jobs on the database: reminders that came due, what is due soon or overdue told, the outbox delivered, mails handed to whoever sends them, the
//! coordination told of recused people's attempts, old answers forgotten, the log's next months prepared.

mod attempts;
mod deliver;
mod mail;
mod overdue;
mod remind;

pub use mail::{LEASE, MOST_ATTEMPTS, Mail, MailCounts, claim_mail, mail_counts, mail_failed, mail_sent};
pub use overdue::{LATE, OVERDUE, SOON};

use authz::{
    clock::{Clock, real_now},
    fault::Fault,
};
use diesel::sql_query;
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};

/// A connection of a job's own, for who sends mails.
pub struct Line(AsyncPgConnection);

impl Line {
    /// Opens it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn open(url: &str, role: Option<&str>) -> Result<Self, Fault> {
        let mut conn = AsyncPgConnection::establish(url).await.map_err(|_| Fault::Pool)?;
        conn.batch_execute(&authz::desk::connection_settings(role)).await?;
        Ok(Self(conn))
    }
}

/// One round of every job but the sending of mails. One that fails keeps none of the others from its turn.
///
/// # Errors
/// When the database does not answer, or refused a job.
pub async fn round(url: &str, role: Option<&str>, clock: Clock) -> Result<(), Fault> {
    let Line(mut conn) = Line::open(url, role).await?;
    let (conn, now) = (&mut conn, clock.now());
    let done = [
        prepare(conn).await,
        attempts::tell(conn, now).await,
        remind::all(conn, now).await,
        overdue::tell(conn, now).await,
        deliver::all(conn, now).await,
        mail::forget(conn, now, real_now()).await,
    ];
    done.into_iter().collect()
}

async fn prepare(conn: &mut AsyncPgConnection) -> Result<(), Fault> {
    sql_query("select prepare_access_partitions()").execute(conn).await?;
    sql_query("delete from idempotency where created_at < now() - interval '24 hours'").execute(conn).await?;
    Ok(())
}
