//! A recused person who asks for the file meets what never existed; who answers for it learns of the attempt here,
//! afterwards, so that the answer takes no other road than an unknown id's.

use authz::{clock::real_now, fault::Fault, id::OutboxId};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::America::Toronto;
use diesel::{
    BoolExpressionMethods, ExpressionMethods, JoinOnDsl, NullableExpressionMethods, QueryDsl, insert_into,
    result::Error,
};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::{
    inbox::{
        MessageKind,
        recipients::{At, told_of_recusal},
    },
    schema::{access_event, account, outbox, recusal, recusal_attempt, risk_file},
};

/// The log's number of an answer as if nothing existed.
const ABSENT: i16 = 1;
/// How far back a round looks: further than any pause of the jobs that nobody would have noticed.
const LOOKS_BACK: TimeDelta = TimeDelta::days(2);

/// Tells of it once a day and person.
pub(super) async fn tell(conn: &mut AsyncPgConnection, now: DateTime<Utc>) -> Result<(), Fault> {
    let since = real_now() - LOOKS_BACK;
    let attempts: Vec<(Uuid, Uuid, Uuid, DateTime<Utc>)> = access_event::table
        .inner_join(account::table.on(access_event::actor.eq(account::id.nullable())))
        .inner_join(risk_file::table.on(access_event::file.eq(risk_file::id.nullable())))
        .inner_join(
            recusal::table
                .on(recusal::file_id.eq(risk_file::id).and(recusal::human_id.eq(account::human_id))),
        )
        .filter(access_event::decision.eq(ABSENT))
        .filter(access_event::recorded_at.gt(since))
        .select((risk_file::id, risk_file::cell_id, recusal::human_id, access_event::occurred_at))
        .distinct()
        .load(conn)
        .await?;
    let mut days: Vec<_> = attempts
        .into_iter()
        .map(|(file, cell, human, at)| (file, cell, human, at.with_timezone(&Toronto).date_naive()))
        .collect();
    days.sort_unstable();
    days.dedup();
    for (file, cell, human, day) in days {
        conn.transaction(async |conn| {
            let new = insert_into(recusal_attempt::table)
                .values((
                    recusal_attempt::file_id.eq(file),
                    recusal_attempt::human_id.eq(human),
                    recusal_attempt::day.eq(day),
                    recusal_attempt::told_at.eq(now),
                ))
                .on_conflict_do_nothing()
                .execute(conn)
                .await?;
            if new == 0 {
                return Ok(());
            }
            for account in told_of_recusal(conn, At { cell, file: Some(file), now }, human).await? {
                let id = authz::id::fresh(now).map_err(|_| Error::RollbackTransaction)?;
                insert_into(outbox::table)
                    .values((
                        outbox::id.eq(OutboxId::from(id).uuid()),
                        outbox::kind.eq(MessageKind::RecusalAttempt.wire()),
                        outbox::recipient_account.eq(account),
                        outbox::subject.eq(file),
                        outbox::created_at.eq(now),
                        outbox::not_before.eq(now),
                    ))
                    .execute(conn)
                    .await?;
            }
            Ok::<_, Error>(())
        })
        .await?;
    }
    Ok(())
}
