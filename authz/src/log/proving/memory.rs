//! What the keystore remembers of the log, outside the database: the edge of the tree that was signed last, and its last
//! leaf, so that another log in its place is told from it however long it has grown.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use proof::{Frontier, Hash};
use serde::{Deserialize, Serialize};

use crate::{
    fault::Fault,
    keys::{KeyError, Keystore},
    schema::log_leaf,
};

/// Under what name.
const NAME: &str = "log-tree";

/// The edge of the tree that was signed last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Memory {
    pub(super) tree: Frontier,
    pub(super) last: Option<Hash>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    size: u64,
    peaks: Vec<String>,
    last: Option<String>,
}

/// What is remembered; of a log never signed, the empty tree. What cannot be read is a failure, never nothing.
pub(super) fn recalled(keys: &dyn Keystore) -> Result<Memory, Fault> {
    let Some(bytes) = keys.recall(NAME).map_err(|_| Fault::Keys)? else {
        return Ok(Memory { tree: Frontier::empty(), last: None });
    };
    let read = || {
        let written: Written = serde_json::from_slice(&bytes).ok()?;
        let peaks: Option<Vec<Hash>> = written.peaks.iter().map(|peak| Hash::from_hex(peak)).collect();
        let last = match &written.last {
            Some(last) => Some(Hash::from_hex(last)?),
            None => None,
        };
        let tree = Frontier::new(written.size, peaks?)?;
        (last.is_some() == (tree.size() > 0)).then_some(Memory { tree, last })
    };
    read().ok_or(Fault::Keys)
}

impl Memory {
    /// Does the log of so many leaves go on from what is remembered, as far as its last leaf tells?
    pub(super) async fn agrees(&self, conn: &mut AsyncPgConnection, size: u64) -> Result<bool, Fault> {
        let Some(last) = self.last else { return Ok(true) };
        if self.tree.size() > size {
            return Ok(false);
        }
        let place = self.tree.size().cast_signed() - 1;
        let there: Option<Vec<u8>> = log_leaf::table
            .filter(log_leaf::place.eq(place))
            .select(log_leaf::hash)
            .first(conn)
            .await
            .optional()?;
        Ok(there.is_some_and(|hash| hash == last.bytes()))
    }

    /// Remembers this; on disk before it returns.
    pub(super) fn keep(&self, keys: &dyn Keystore) -> Result<(), Fault> {
        let written = Written {
            size: self.tree.size(),
            peaks: self.tree.peaks().iter().map(Hash::hex).collect(),
            last: self.last.as_ref().map(Hash::hex),
        };
        let bytes = serde_json::to_vec(&written).map_err(|_| Fault::Keys)?;
        keys.remember(NAME, &bytes).map_err(|_| Fault::Keys)
    }
}

/// Forgets the log that was signed with these keys: for whoever begins a demonstration anew on an empty database, and
/// nobody else.
///
/// # Errors
/// When the keystore fails.
pub fn forget_log(keys: &dyn Keystore) -> Result<(), KeyError> {
    let empty = Memory { tree: Frontier::empty(), last: None };
    empty.keep(keys).map_err(|_| KeyError::Io)
}
