//! Gives the rows of the log their places.
//!
//! INVARIANT: the horizon is read after the lock and before the rows, so that every transaction below it has ended
//! and its rows are seen by the statement that looks for them; none that comes later can lie below it. READ COMMITTED
//! gives each statement what was committed before it.

use chrono::{DateTime, Utc};
use diesel::{
    BoolExpressionMethods, ExpressionMethods, QueryDsl, QueryableByName, SelectableHelper,
    dsl::{exists, not, sql},
    sql_query,
    sql_types::{Array, BigInt, Bool, Bytea, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use super::line::{Line, leaf};
use crate::{
    fault::Fault,
    schema::{access_event, log_leaf},
};

/// Most rows at a time.
const MOST: i64 = 10_000;

#[derive(QueryableByName)]
struct Order {
    #[diesel(sql_type = BigInt)]
    cluster: i64,
    #[diesel(sql_type = BigInt)]
    here: i64,
    #[diesel(sql_type = Text)]
    below: String,
    #[diesel(sql_type = Text)]
    horizon: String,
    #[diesel(sql_type = Bool)]
    backwards: bool,
}

#[derive(QueryableByName)]
struct Oldest {
    #[diesel(sql_type = Nullable<Timestamptz>)]
    at: Option<DateTime<Utc>>,
}

/// Makes leaves of the rows that wait, after so many that have their places, in the transaction of whoever holds the
/// order. True when there may be more.
pub(super) async fn append(conn: &mut AsyncPgConnection, size: u64) -> Result<bool, Fault> {
    let order: Order = sql_query(
        "select cluster, (select system_identifier from pg_control_system()) as here, below::text as below,
           pg_snapshot_xmin(pg_current_snapshot())::text as horizon,
           below > pg_snapshot_xmin(pg_current_snapshot()) as backwards
         from log_order",
    )
    .get_result(conn)
    .await?;
    // Put back elsewhere, rows carry the transactions of another cluster, or of a later hour of this one: all that are
    // there have ended.
    let moved = order.cluster != order.here || order.backwards;
    let rows = waiting(conn, (!moved).then_some((&order.below, &order.horizon))).await?;
    let more = i64::try_from(rows.len()).is_ok_and(|found| found == MOST);
    let last = rows.last().map(|(_, xid)| xid.clone());
    write(conn, size, &rows).await?;
    let (cluster, below) = match (moved, more) {
        // Until all have their places, they are looked for as before.
        (true, true) => (order.cluster, order.below),
        // The last transaction's rows may not all be among these.
        (false, true) => (order.cluster, last.unwrap_or(order.below)),
        (_, false) => (order.here, order.horizon),
    };
    sql_query("update log_order set cluster = $1, below = $2::xid8")
        .bind::<BigInt, _>(cluster)
        .bind::<Text, _>(below)
        .execute(conn)
        .await?;
    Ok(more)
}

/// Since when the oldest row waits for its place.
pub(super) async fn waiting_since(mut conn: &AsyncPgConnection) -> Result<Option<DateTime<Utc>>, Fault> {
    let oldest: Oldest = sql_query(
        "select min(recorded_at) as at from access_event where xid >= (select below from log_order)
           and not exists (select from log_leaf where event = id)",
    )
    .get_result(&mut conn)
    .await?;
    Ok(oldest.at)
}

/// Rows without a place, in the order of their transactions; within bounds, or all.
async fn waiting(
    conn: &mut AsyncPgConnection,
    bounds: Option<(&String, &String)>,
) -> Result<Vec<(Line, String)>, Fault> {
    let placed = exists(log_leaf::table.filter(log_leaf::event.eq(access_event::id)));
    let mut rows = access_event::table
        .filter(not(placed))
        .order((sql::<Text>("access_event.xid"), access_event::recorded_at, access_event::id))
        .limit(MOST)
        .select((Line::as_select(), sql::<Text>("access_event.xid::text")))
        .into_boxed();
    if let Some((from, below)) = bounds {
        let within = sql::<Bool>("access_event.xid >= ").bind::<Text, _>(from.clone()).sql("::xid8");
        let under = sql::<Bool>("access_event.xid < ").bind::<Text, _>(below.clone()).sql("::xid8");
        rows = rows.filter(within.and(under));
    }
    Ok(rows.load(conn).await?)
}

async fn write(conn: &mut AsyncPgConnection, size: u64, rows: &[(Line, String)]) -> Result<(), Fault> {
    if rows.is_empty() {
        return Ok(());
    }
    let (mut salts, mut hashes) = (Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len()));
    for (line, _) in rows {
        let mut salt = [0; 16];
        getrandom::fill(&mut salt).map_err(|_| Fault::Keys)?;
        let salt = Uuid::from_bytes(salt);
        salts.push(salt);
        hashes.push(leaf(&line.text(salt)?).bytes().to_vec());
    }
    let places: Vec<i64> = (size.cast_signed()..).take(rows.len()).collect();
    sql_query(
        "insert into log_leaf (place, event, recorded_at, salt, hash) select * from unnest($1, $2, $3, $4, $5)",
    )
    .bind::<Array<BigInt>, _>(places)
    .bind::<Array<SqlUuid>, _>(rows.iter().map(|(line, _)| line.id).collect::<Vec<_>>())
    .bind::<Array<Timestamptz>, _>(rows.iter().map(|(line, _)| line.recorded_at).collect::<Vec<_>>())
    .bind::<Array<SqlUuid>, _>(salts)
    .bind::<Array<Bytea>, _>(hashes)
    .execute(conn)
    .await?;
    Ok(())
}
