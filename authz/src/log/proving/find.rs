//! Reading the proof: which points were signed, and the piece of the log between two of them.

use chrono::{DateTime, Utc};
use diesel::{
    BoolExpressionMethods, ExpressionMethods, JoinOnDsl, OptionalExtension, QueryDsl, QueryableByName,
    SelectableHelper,
    dsl::{max, min},
    sql_query,
    sql_types::{BigInt, Timestamptz},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use door::Key;
use proof::{Bundle, Frontier, Hash, Leaf, Verifier};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    append,
    line::{Line, leaf},
    log_key,
};
use crate::{
    desk::{Disclose, Door, Grant, Resource, Room, Scope, Sealed, Session, seal},
    fault::{Fault, Stop},
    log::reader::Reader,
    schema::{access_event, log_leaf, log_point},
};

/// Most lines of one piece, as far as the points allow.
const MOST: i64 = 10_000;

/// What was signed of the log, and in which pieces it is handed out.
#[derive(Serialize, ToSchema)]
pub struct ProvenView {
    /// The key of the log, as text: to be had from elsewhere, when one begins.
    pub key: String,
    /// The last signed point; none while nothing was signed.
    pub checkpoint: Option<String>,
    /// When it was signed.
    pub signed_at: Option<DateTime<Utc>>,
    /// How many lines it covers.
    pub size: i64,
    /// Since when the oldest line waits to be signed.
    pub waiting_since: Option<DateTime<Utc>>,
    /// The pieces, the oldest first; each begins where the one before it ends.
    pub parts: Vec<PartView>,
}

/// A piece of the log.
#[derive(QueryableByName, Serialize, ToSchema, Clone, Copy)]
pub struct PartView {
    /// How many lines stand before it.
    #[diesel(sql_type = BigInt)]
    pub since: i64,
    /// How many lines stand before its end.
    #[diesel(sql_type = BigInt)]
    pub size: i64,
    /// When its last point was signed.
    #[diesel(sql_type = Timestamptz)]
    pub signed_at: DateTime<Utc>,
}

/// Each piece ends at the last point within reach of its beginning, or else at the next there is.
const PARTS: &str = "with recursive part (since, size) as (
    select 0::bigint, coalesce((select max(size) from log_point where size <= $1),
      (select min(size) from log_point))
    union all
    select part.size,
      coalesce((select max(p.size) from log_point p where p.size > part.size and p.size <= part.size + $1),
        (select min(p.size) from log_point p where p.size > part.size))
    from part where part.size is not null
  )
  select since, size, signed_at from part join log_point using (size) order by since";

/// A piece of the log with its proof, as text.
pub struct ProofView {
    /// The text.
    pub text: String,
    /// How many lines stand before it.
    pub since: u64,
    /// How many lines stand before its end.
    pub size: u64,
}

/// A leaf's hash and salt, and the row as it is now.
type Placed = (Vec<u8>, Uuid, Option<Line>);

struct Proven(ProvenView);
struct Piece {
    key: Verifier,
    start: Frontier,
    from: Option<String>,
    end: (u64, String),
    lines: Vec<Placed>,
    reader: Reader,
}

impl Resource for Proven {
    const KIND: &'static str = "access_log";
    const READ: &'static str = "access_log.points";
    const DOOR: Door = Door::Room;
    type Id = Uuid;
}

impl Disclose for Proven {
    type View = ProvenView;
    fn disclose(self, _: &Grant<'_, Self>) -> Result<ProvenView, Fault> {
        Ok(self.0)
    }
}

impl Resource for Piece {
    const KIND: &'static str = "access_log";
    const READ: &'static str = "access_log.prove";
    const DOOR: Door = Door::Room;
    type Id = Uuid;
}

impl Disclose for Piece {
    type View = ProofView;
    fn disclose(self, _: &Grant<'_, Self>) -> Result<ProofView, Fault> {
        let Self { key, start, from, end: (size, checkpoint), lines, reader } = self;
        let mut leaves = Vec::with_capacity(lines.len());
        for (hash, salt, line) in lines {
            let hash = Hash::from_bytes(&hash).ok_or(Fault::Stored)?;
            let Some(line) = line else {
                leaves.push(Leaf::Gone(hash));
                continue;
            };
            // INVARIANT: first what was signed, then whose it is: a row that was altered may have been made nobody's.
            let text = line.text(salt)?;
            leaves.push(if leaf(&text) != hash {
                Leaf::Altered(hash)
            } else if reader.sees(&line.whose()) {
                Leaf::Row(hash, text)
            } else {
                Leaf::Hidden(hash)
            });
        }
        let since = start.size();
        let text = Bundle { key: key.to_string(), start, from, checkpoint, leaves }.to_string();
        Ok(ProofView { text, since, size })
    }
}

/// What was signed of the log.
///
/// # Errors
/// When the caller is not signed in any more, or the database or the keystore fails.
pub async fn find_proven<'tx, M>(
    session: &mut Session<'tx, M>,
) -> Result<Sealed<'tx, impl Disclose<View = ProvenView> + use<M>>, Stop> {
    session.identify().await?;
    let door = Key::take();
    let key = log_key(session.keys(door)).map_err(|_| Fault::Keys)?;
    let mut conn = session.tx(door).conn(door)?;
    let last: Option<(i64, DateTime<Utc>, String)> = log_point::table
        .order(log_point::size.desc())
        .select((log_point::size, log_point::signed_at, log_point::note))
        .first(&mut conn)
        .await
        .optional()?;
    let parts: Vec<PartView> = sql_query(PARTS).bind::<BigInt, _>(MOST).load(&mut conn).await?;
    let waiting_since = append::waiting_since(conn).await?;
    let (size, signed_at, checkpoint) = match last {
        Some((size, at, note)) => (size, Some(at), Some(note)),
        None => (0, None, None),
    };
    let view = ProvenView { key: key.to_string(), checkpoint, signed_at, size, waiting_since, parts };
    Ok(seal(door, session.tx(door), Uuid::nil(), Some((Proven(view), Scope::Room(Room::Log)))))
}

/// The point at which the piece that begins there ends; none when nothing was signed beyond.
async fn end_of(conn: &mut &AsyncPgConnection, since: i64) -> Result<Option<(i64, DateTime<Utc>)>, Fault> {
    let beyond = log_point::table.filter(log_point::size.gt(since));
    let near: Option<i64> =
        beyond.filter(log_point::size.le(since + MOST)).select(max(log_point::size)).first(conn).await?;
    let end: Option<i64> = match near {
        Some(size) => Some(size),
        None => beyond.select(min(log_point::size)).first(conn).await?,
    };
    let Some(size) = end else { return Ok(None) };
    let point = log_point::table.find(size).select((log_point::size, log_point::signed_at));
    Ok(point.first(conn).await.optional()?)
}

/// The piece of the log that begins after so many lines: zero, or the size of a signed point. Anything else, and a
/// log of which nothing was signed, is absent.
///
/// # Errors
/// When the caller is not signed in any more, or the database or the keystore fails.
pub async fn find_proof<'tx, M>(
    session: &mut Session<'tx, M>,
    since: u64,
) -> Result<Sealed<'tx, impl Disclose<View = ProofView> + use<M>>, Stop> {
    let reader = Reader::of(session).await?;
    let door = Key::take();
    let key = log_key(session.keys(door)).map_err(|_| Fault::Keys)?;
    let mut conn = session.tx(door).conn(door)?;
    let piece = piece(&mut conn, since, key, reader).await?;
    let held = piece.map(|piece| (piece, Scope::Room(Room::Log)));
    Ok(seal(door, session.tx(door), Uuid::nil(), held))
}

async fn piece(
    conn: &mut &AsyncPgConnection,
    since: u64,
    key: Verifier,
    reader: Reader,
) -> Result<Option<Piece>, Fault> {
    let Ok(begin) = i64::try_from(since) else { return Ok(None) };
    let from: Option<(String, Vec<u8>)> = log_point::table
        .find(begin)
        .select((log_point::note, log_point::peaks))
        .first(conn)
        .await
        .optional()?;
    let (from, start) = match from {
        Some((note, peaks)) => {
            let peaks: Option<Vec<Hash>> = peaks.chunks(32).map(Hash::from_bytes).collect();
            (Some(note), peaks.and_then(|peaks| Frontier::new(since, peaks)).ok_or(Fault::Stored)?)
        }
        None if begin == 0 => (None, Frontier::empty()),
        None => return Ok(None),
    };
    let size = match end_of(conn, begin).await? {
        Some((size, _)) => size,
        // Nothing was added since: a piece without lines still says so.
        None if begin > 0 => begin,
        None => return Ok(None),
    };
    let note: String = log_point::table.find(size).select(log_point::note).first(conn).await?;
    // Rows are kept by the month: the times of these leaves say in which.
    let placed = log_leaf::table.filter(log_leaf::place.ge(begin)).filter(log_leaf::place.lt(size));
    let (first, last): (Option<DateTime<Utc>>, Option<DateTime<Utc>>) =
        placed.select((min(log_leaf::recorded_at), max(log_leaf::recorded_at))).first(conn).await?;
    let (first, last) = (first.unwrap_or_default(), last.unwrap_or_default());
    let row = access_event::id
        .eq(log_leaf::event)
        .and(access_event::recorded_at.eq(log_leaf::recorded_at))
        .and(access_event::recorded_at.between(first, last));
    let lines: Vec<Placed> = placed
        .left_join(access_event::table.on(row))
        .order(log_leaf::place)
        .select((log_leaf::hash, log_leaf::salt, Option::<Line>::as_select()))
        .load(conn)
        .await?;
    Ok(Some(Piece { key, start, from, end: (size.cast_unsigned(), note), lines, reader }))
}
