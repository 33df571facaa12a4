//! What proves that nothing was removed from the log: its rows become leaves of a tree in an order made
//! afterwards, the root of the tree is signed from time to time with a key outside the database, and each
//! reader of the log can be given the piece that she may read together with the hashes of the rest.
//!
//! Between the COMMIT of a row and the next signed point, some seconds at most, whoever rules over the
//! database may still remove it unseen. Once a point that somebody kept covers it, nobody can.

mod append;
mod find;
mod line;
mod sign;

use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};
pub use find::{PartView, ProofView, ProvenView, find_proof, find_proven};
use proof::{Signer, Verifier};

use crate::{
    desk::connection_settings,
    fault::Fault,
    keys::{KeyError, Keystore},
};

/// The role of whoever orders and signs.
const ROLE: &str = "filet_sequencer";
/// The secret that signs.
const SECRET: &str = "log-signing";

/// How far the log has been signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signed {
    /// Every leaf: so many.
    UpTo(u64),
    /// The leaves are not those that were signed before. Nothing is signed any more until a person has looked.
    Refused,
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

/// Makes leaves of the rows that wait, and signs. Several processes may try at once: one works, the others wait.
///
/// # Errors
/// When the database or the keystore fails; what was done stays, and the next try goes on.
pub async fn sign_log(url: &str, role: Option<&str>, keys: &dyn Keystore) -> Result<Signed, Fault> {
    let mut conn = AsyncPgConnection::establish(url).await.map_err(|_| Fault::Pool)?;
    conn.batch_execute(&connection_settings(role.map(|_| ROLE))).await?;
    let signer = signer(keys).map_err(|_| Fault::Keys)?;
    loop {
        let more = append::append(&mut conn).await?;
        let signed = sign::sign(&mut conn, &signer, keys).await?;
        if !more || signed == Signed::Refused {
            return Ok(signed);
        }
    }
}
