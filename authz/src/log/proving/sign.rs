//! Signs the tree of the leaves.
//!
//! INVARIANT: nothing is signed that does not continue what this keystore signed before. The tree is grown from
//! the edge that the keystore remembers, outside the database: what was changed in the database before that edge
//! cannot come into it, and shows to whoever holds a piece of the log against a signed point.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, dsl::max, insert_into};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use proof::{Checkpoint, Frontier, Hash, Signer, Verifier};
use serde::{Deserialize, Serialize};

use super::Signed;
use crate::{
    clock::real_now,
    fault::Fault,
    keys::Keystore,
    schema::{log_leaf, log_point},
};

/// Most leaves read at a time.
const MOST: i64 = 10_000;
/// Under what name the keystore remembers.
const MEMORY: &str = "log-tree";

/// The edge of the tree that was signed last.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Memory {
    size: u64,
    peaks: Vec<String>,
}

fn recalled(keys: &dyn Keystore) -> Result<Frontier, Fault> {
    let Some(bytes) = keys.recall(MEMORY).map_err(|_| Fault::Keys)? else { return Ok(Frontier::empty()) };
    let memory: Memory = serde_json::from_slice(&bytes).map_err(|_| Fault::Keys)?;
    let peaks: Option<Vec<Hash>> = memory.peaks.iter().map(|peak| Hash::from_hex(peak)).collect();
    peaks.and_then(|peaks| Frontier::new(memory.size, peaks)).ok_or(Fault::Keys)
}

fn remember(keys: &dyn Keystore, tree: &Frontier) -> Result<(), Fault> {
    let memory = Memory { size: tree.size(), peaks: tree.peaks().iter().map(Hash::hex).collect() };
    let bytes = serde_json::to_vec(&memory).map_err(|_| Fault::Keys)?;
    keys.remember(MEMORY, &bytes).map_err(|_| Fault::Keys)
}

/// Signs what is not signed yet, in one transaction.
pub(super) async fn sign(
    conn: &mut AsyncPgConnection,
    signer: &Signer,
    keys: &dyn Keystore,
) -> Result<Signed, Fault> {
    conn.transaction(async |conn| {
        // Whoever orders or signs holds this row.
        diesel::sql_query("select from log_order for update").execute(conn).await?;
        let mut tree = recalled(keys)?;
        let last: Option<i64> = log_leaf::table.select(max(log_leaf::place)).first(conn).await?;
        let size = last.map_or(0, |last| last.cast_unsigned() + 1);
        if tree.size() > size || !grow(conn, &mut tree, size, &signer.verifier()).await? {
            return Ok(Signed::Refused);
        }
        let there: Option<i64> = log_point::table
            .filter(log_point::size.eq(size.cast_signed()))
            .select(log_point::size)
            .first(conn)
            .await
            .optional()?;
        if size > 0 {
            // First outside: a point handed out and then forgotten could be contradicted.
            remember(keys, &tree)?;
            if there.is_none() {
                write(conn, signer, &tree).await?;
            }
        }
        Ok(Signed::UpTo(size))
    })
    .await
}

/// Grows the tree to a size. False when a point that was signed on the way says otherwise, or a leaf is missing.
async fn grow(
    conn: &mut AsyncPgConnection,
    tree: &mut Frontier,
    size: u64,
    key: &Verifier,
) -> Result<bool, Fault> {
    if !agrees(conn, tree, key).await? {
        return Ok(false);
    }
    while tree.size() < size {
        let from = tree.size().cast_signed();
        let leaves: Vec<(i64, Vec<u8>)> = log_leaf::table
            .filter(log_leaf::place.ge(from))
            .order(log_leaf::place)
            .limit(MOST)
            .select((log_leaf::place, log_leaf::hash))
            .load(conn)
            .await?;
        let to = from + MOST;
        let points: Vec<(i64, String)> = log_point::table
            .filter(log_point::size.gt(from))
            .filter(log_point::size.le(to))
            .order(log_point::size)
            .select((log_point::size, log_point::note))
            .load(conn)
            .await?;
        let mut points = points.into_iter().peekable();
        for (place, hash) in leaves {
            let Some(leaf) = Hash::from_bytes(&hash).filter(|_| place.cast_unsigned() == tree.size()) else {
                return Ok(false);
            };
            tree.push(leaf);
            if let Some((_, note)) = points.next_if(|(size, _)| size.cast_unsigned() == tree.size())
                && !says(key, &note, tree)
            {
                return Ok(false);
            }
        }
        if tree.size() == from.cast_unsigned() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Is what was signed at the size of this tree this tree?
async fn agrees(conn: &mut AsyncPgConnection, tree: &Frontier, key: &Verifier) -> Result<bool, Fault> {
    let note: Option<String> = log_point::table
        .filter(log_point::size.eq(tree.size().cast_signed()))
        .select(log_point::note)
        .first(conn)
        .await
        .optional()?;
    Ok(note.is_none_or(|note| says(key, &note, tree)))
}

fn says(key: &Verifier, note: &str, tree: &Frontier) -> bool {
    key.open(note).is_ok_and(|point| point.size == tree.size() && point.root == tree.root())
}

async fn write(conn: &mut AsyncPgConnection, signer: &Signer, tree: &Frontier) -> Result<(), Fault> {
    let point = Checkpoint { size: tree.size(), root: tree.root(), signed_at: real_now() };
    let peaks: Vec<u8> = tree.peaks().iter().flat_map(|peak| *peak.bytes()).collect();
    insert_into(log_point::table)
        .values((
            log_point::size.eq(tree.size().cast_signed()),
            log_point::signed_at.eq(point.signed_at),
            log_point::peaks.eq(peaks),
            log_point::note.eq(signer.sign(&point)),
        ))
        .execute(conn)
        .await?;
    Ok(())
}
