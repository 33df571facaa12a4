//! What proves that nothing was removed from the log: its rows become leaves of a tree in an order made
//! afterwards, the root of the tree is signed from time to time with a key outside the database, and each
//! reader of the log can be given the piece that she may read together with the hashes of the rest.
//!
//! Between the COMMIT of a row and the next signed point, some seconds at most, whoever rules over the
//! database may still remove it unseen. Once a point that somebody kept covers it, nobody can.

mod append;
mod find;
mod line;
mod memory;
mod sign;

use std::time::Duration;

use chrono::{DateTime, Utc};
use diesel::{QueryDsl, dsl::max, sql_query};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
pub use find::{PartView, ProofView, ProvenView, find_proof, find_proven};
pub use memory::forget_log;
use proof::{Signer, Verifier};

use crate::{
    desk::connection_settings,
    fault::Fault,
    keys::{KeyError, Keystore},
    schema::log_leaf,
};

/// The role of whoever orders and signs.
const ROLE: &str = "filet_sequencer";
/// The secret that signs.
const SECRET: &str = "log-signing";
/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// What one pass works under. It reads rows by index, in order, however many there are; only what was put back in another
/// cluster is gone through as a whole, once.
const SETTINGS: &str =
    "set statement_timeout = '5min'; set enable_hashjoin = off; set enable_mergejoin = off;";

/// How far the log has been signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signed {
    /// So many leaves.
    UpTo(u64),
    /// The leaves are not those that were signed before. Nothing is placed or signed any more until a person has looked.
    Refused,
    /// Another process is at it.
    Elsewhere,
}

/// What one pass did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pass {
    /// How far the log has been signed.
    pub signed: Signed,
    /// Is there more to be done at once?
    pub more: bool,
    /// Since when the oldest row waits for its place.
    pub waiting_since: Option<DateTime<Utc>>,
}

/// Signs points of this installation's log. Its name comes of its key, so that it is the same for ever and no
/// other installation's.
fn signer(keys: &dyn Keystore) -> Result<Signer, KeyError> {
    let seed = keys.secret(SECRET)?;
    let nameless = Signer::new("filet/journal", &seed).verifier().to_string();
    let own: String = nameless.chars().skip_while(|c| *c != '+').skip(1).take(8).collect();
    Ok(Signer::new(&format!("filet/journal/{own}"), &seed))
}

/// Who knows the signature of this installation's log: to be handed to auditors when they begin.
///
/// # Errors
/// When the keystore fails.
pub fn log_key(keys: &dyn Keystore) -> Result<Verifier, KeyError> {
    Ok(signer(keys)?.verifier())
}

/// Gives their places to rows that wait, some thousands at most, and signs. Several processes may try at once: one works.
/// What is cut off halfway is done by the next pass.
///
/// # Errors
/// When the database or the keystore fails; what was done stays.
pub async fn sign_log(url: &str, role: Option<&str>, keys: &dyn Keystore) -> Result<Pass, Fault> {
    let connecting = async {
        let mut conn = AsyncPgConnection::establish(url).await.map_err(|_| Fault::Pool)?;
        conn.batch_execute(&connection_settings(role.map(|_| ROLE))).await?;
        conn.batch_execute(SETTINGS).await?;
        Ok::<_, Fault>(conn)
    };
    let mut conn = tokio::time::timeout(PATIENCE, connecting).await.map_err(|_| Fault::Pool)??;
    let signer = signer(keys).map_err(|_| Fault::Keys)?;
    let placed = conn
        .transaction(async |conn| {
            let Some(size) = locked(conn).await? else { return Ok(None) };
            // Before anything is added: a log that was exchanged must not grow until it looks like the one that was signed.
            if !memory::recalled(keys)?.agrees(conn, size).await? {
                return Ok(Some(None));
            }
            Ok::<_, Fault>(Some(Some(append::append(conn, size).await?)))
        })
        .await?;
    let waiting_since = append::waiting_since(&conn).await?;
    let unsigned = |signed| Pass { signed, more: false, waiting_since };
    match placed {
        None => Ok(unsigned(Signed::Elsewhere)),
        Some(None) => Ok(unsigned(Signed::Refused)),
        Some(Some(more)) => {
            let (signed, further) = sign::sign(&mut conn, &signer, keys).await?;
            let more = (more || further) && signed != Signed::Refused;
            Ok(Pass { signed, more, waiting_since })
        }
    }
}

/// Holds the log's order for this transaction, unless another does; how many leaves there are.
async fn locked(conn: &mut AsyncPgConnection) -> Result<Option<u64>, Fault> {
    let held = sql_query("select from log_order for update skip locked").execute(conn).await?;
    if held == 0 {
        return Ok(None);
    }
    let last: Option<i64> = log_leaf::table.select(max(log_leaf::place)).first(conn).await?;
    Ok(Some(last.map_or(0, |last| last.cast_unsigned() + 1)))
}
