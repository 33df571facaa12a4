//! A request that is sent again under the same key gets the answer it got before, for a day.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;

use super::{Answered, Session, session::Acting};
use crate::{
    clock,
    fault::{Fault, Stop},
    schema::idempotency,
};

/// The answer that was given to this request before, if there was one.
pub(super) async fn earlier(
    session: &Session<'_, Acting>,
    again: Option<&super::IdempotencyKey>,
) -> Result<Option<Answered>, Stop> {
    let Some(again) = again else { return Ok(None) };
    let since = clock::real_now() - chrono::TimeDelta::hours(24);
    let mut conn = session.tx.conn(Key::take())?;
    let user = session.standing()?.user().uuid();
    // One at a time for one account and key: the second waits and then finds the first's answer.
    diesel::select(advisory_lock(format!("{user}:{}", again.key))).execute(&mut conn).await?;
    diesel::delete(
        idempotency::table
            .filter(idempotency::account_id.eq(user))
            .filter(idempotency::key.eq(&again.key))
            .filter(idempotency::created_at.le(since)),
    )
    .execute(&mut conn)
    .await?;
    let row: Option<(Vec<u8>, i16, serde_json::Value)> = idempotency::table
        .filter(idempotency::account_id.eq(user))
        .filter(idempotency::key.eq(&again.key))
        .select((idempotency::request_hash, idempotency::status, idempotency::answer))
        .first(&mut conn)
        .await
        .optional()?;
    match row {
        None => Ok(None),
        Some((hash, ..)) if hash != again.request_hash => Err(Stop::KeyReused),
        Some((_, status, body)) => {
            Ok(Some(Answered { status: u16::try_from(status).map_err(|_| Fault::Stored)?, body }))
        }
    }
}

/// Keeps the answer beside the change.
pub(super) async fn remember(
    session: &Session<'_, Acting>,
    again: &super::IdempotencyKey,
    answered: &Answered,
) -> Result<(), Stop> {
    let mut conn = session.tx.conn(Key::take())?;
    diesel::insert_into(idempotency::table)
        .values((
            idempotency::account_id.eq(session.standing()?.user().uuid()),
            idempotency::key.eq(&again.key),
            idempotency::request_hash.eq(again.request_hash.to_vec()),
            idempotency::status.eq(i16::try_from(answered.status).map_err(|_| Fault::Stored)?),
            idempotency::answer.eq(&answered.body),
            idempotency::created_at.eq(clock::real_now()),
        ))
        .execute(&mut conn)
        .await?;
    Ok(())
}

diesel::define_sql_function! {
    fn hashtextextended(text: diesel::sql_types::Text, seed: diesel::sql_types::BigInt) -> diesel::sql_types::BigInt;
}
diesel::define_sql_function! {
    fn pg_advisory_xact_lock(key: diesel::sql_types::BigInt) -> diesel::sql_types::Bool;
}

fn advisory_lock(text: String) -> pg_advisory_xact_lock<hashtextextended<String, i64>> {
    pg_advisory_xact_lock(hashtextextended(text, 0))
}
