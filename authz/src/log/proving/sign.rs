//! Signs the tree of the leaves.
//!
//! INVARIANT: nothing is signed that does not continue what this keystore signed before. The tree is grown from
//! the edge that the keystore remembers, outside the database: what was changed in the database before that edge
//! cannot come into it, and shows to whoever holds a piece of the log against a signed point.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, insert_into};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use proof::{Checkpoint, Frontier, Hash, Signer, Verifier};

use super::{
    Signed, locked,
    memory::{Memory, recalled},
};
use crate::{
    clock::real_now,
    fault::Fault,
    keys::Keystore,
    schema::{log_leaf, log_point},
};

/// Most leaves between two points.
const MOST: u64 = 10_000;

/// Signs what is not signed yet, as far as one point goes, in one transaction. True when there is more.
pub(super) async fn sign(
    conn: &mut AsyncPgConnection,
    signer: &Signer,
    keys: &dyn Keystore,
) -> Result<(Signed, bool), Fault> {
    conn.transaction(async |conn| {
        let Some(size) = locked(conn).await? else { return Ok((Signed::Elsewhere, false)) };
        let before = recalled(keys)?;
        let end = size.min(before.tree.size().saturating_add(MOST));
        let mut memory = before.clone();
        let key = signer.verifier();
        if !before.agrees(conn, size).await?
            || !agrees(conn, &before.tree, &key).await?
            || !grow(conn, &mut memory, end, &key).await?
        {
            return Ok((Signed::Refused, false));
        }
        if end > 0 {
            // First outside: a point handed out and then forgotten could be contradicted.
            if memory != before {
                memory.keep(keys)?;
            }
            if note_at(conn, &memory.tree).await?.is_none() {
                write(conn, signer, &memory.tree).await?;
            }
        }
        Ok((Signed::UpTo(end), end < size))
    })
    .await
}

/// Grows the tree to a size. False when a point that was signed on the way says otherwise, or a leaf is missing.
async fn grow(
    conn: &mut AsyncPgConnection,
    memory: &mut Memory,
    end: u64,
    key: &Verifier,
) -> Result<bool, Fault> {
    let (from, to) = (memory.tree.size().cast_signed(), end.cast_signed());
    let leaves: Vec<(i64, Vec<u8>)> = log_leaf::table
        .filter(log_leaf::place.ge(from))
        .filter(log_leaf::place.lt(to))
        .order(log_leaf::place)
        .select((log_leaf::place, log_leaf::hash))
        .load(conn)
        .await?;
    let points: Vec<(i64, String)> = log_point::table
        .filter(log_point::size.gt(from))
        .filter(log_point::size.le(to))
        .order(log_point::size)
        .select((log_point::size, log_point::note))
        .load(conn)
        .await?;
    let mut points = points.into_iter().peekable();
    for (place, hash) in leaves {
        let tree = &mut memory.tree;
        let Some(leaf) = Hash::from_bytes(&hash).filter(|_| place.cast_unsigned() == tree.size()) else {
            return Ok(false);
        };
        tree.push(leaf);
        memory.last = Some(leaf);
        if let Some((_, note)) = points.next_if(|(size, _)| size.cast_unsigned() == tree.size())
            && !says(key, &note, tree)
        {
            return Ok(false);
        }
    }
    Ok(memory.tree.size() == end)
}

/// What was signed at the size of this tree.
async fn note_at(conn: &mut AsyncPgConnection, tree: &Frontier) -> Result<Option<String>, Fault> {
    let point = log_point::table.filter(log_point::size.eq(tree.size().cast_signed()));
    Ok(point.select(log_point::note).first(conn).await.optional()?)
}

/// Is what was signed at the size of this tree this tree?
async fn agrees(conn: &mut AsyncPgConnection, tree: &Frontier, key: &Verifier) -> Result<bool, Fault> {
    Ok(note_at(conn, tree).await?.is_none_or(|note| says(key, &note, tree)))
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
