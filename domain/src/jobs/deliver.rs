//! The outbox delivered inside the program. A message and its deliveries commit together, and whoever else
//! delivers skips the rows held here: none is lost and none comes twice.

use authz::{
    fault::Fault,
    id::{InboxId, fresh},
    vocabulary::Role,
};
use chrono::{DateTime, Utc};
use diesel::{
    BoolExpressionMethods, ExpressionMethods, JoinOnDsl, QueryDsl, QueryResult, insert_into, result::Error,
};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::schema::{account, inbox, outbox, recusal, risk_file, role_grant};

/// Most messages delivered in one round.
pub(super) const BATCH: i64 = 100;

type Waiting = (Uuid, String, Option<Uuid>, Option<Uuid>, Option<Uuid>);

/// Delivers one batch and says how many it found.
pub(super) async fn batch(conn: &mut AsyncPgConnection, now: DateTime<Utc>) -> Result<i64, Fault> {
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
            for (id, kind, to_account, to_agency, file) in &waiting {
                let recipients = match (to_account, to_agency, file) {
                    (Some(account), _, _) => vec![*account],
                    (None, Some(agency), Some(file)) => people(conn, *agency, *file, now).await?,
                    (None, _, _) => Vec::new(),
                };
                for recipient in recipients {
                    let fresh = fresh(now).map_err(|_| Error::RollbackTransaction)?;
                    insert_into(inbox::table)
                        .values((
                            inbox::id.eq(InboxId::from(fresh).uuid()),
                            inbox::account_id.eq(recipient),
                            inbox::kind.eq(kind),
                            inbox::subject.eq(file),
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
            Ok::<_, Error>(waiting.len())
        })
        .await?;
    Ok(i64::try_from(delivered).unwrap_or(0))
}

/// Who of an agency may learn that something happened in a file: whoever opens content in its cell now.
///
/// INVARIANT: nobody for whom the file does not exist.
async fn people(
    conn: &mut AsyncPgConnection,
    agency: Uuid,
    file: Uuid,
    now: DateTime<Utc>,
) -> QueryResult<Vec<Uuid>> {
    let content: Vec<i16> =
        Role::ALL.iter().filter(|role| role.has_content()).map(|role| role.number()).collect();
    let recused = recusal::table.filter(recusal::file_id.eq(file)).select(recusal::human_id);
    risk_file::table
        .inner_join(role_grant::table.on(role_grant::cell_id.eq(risk_file::cell_id)))
        .inner_join(account::table.on(account::id.eq(role_grant::account_id)))
        .filter(risk_file::id.eq(file))
        .filter(role_grant::role.eq_any(content))
        .filter(role_grant::valid_from.le(now))
        .filter(role_grant::valid_until.is_null().or(role_grant::valid_until.gt(now)))
        .filter(account::agency_id.eq(agency))
        .filter(account::service.eq(false))
        .filter(account::disabled_at.is_null())
        .filter(account::human_id.ne_all(recused))
        .select(account::id)
        .distinct()
        .load(conn)
        .await
}
