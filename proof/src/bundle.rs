//! A piece of the log with what proves it, as text: a first line of JSON, then one line for each line of the log.
//!
//! * `row HASH JSON`: a line its reader may read; the hash is that of a zero byte and the JSON, to the byte.
//! * `hidden HASH`: a line that is there and is not the reader's to read.
//! * `altered HASH`: a line that says something else than when it was signed, whoever's it was.
//! * `gone HASH`: a line that was there when it was signed and is there no more.

use serde::{Deserialize, Serialize};

use crate::{
    note::MOST,
    tree::{Frontier, Hash},
};

/// What the first line says it is.
pub const FORMAT: &str = "filet-log-proof/1";

/// One line of the log, as far as its reader may read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leaf {
    /// Its hash when it was signed, and what it says now.
    Row(Hash, String),
    /// Not the reader's.
    Hidden(Hash),
    /// Changed since it was signed: whose it is now says nothing of whose it was.
    Altered(Hash),
    /// Removed since it was signed.
    Gone(Hash),
}

impl Leaf {
    /// The hash that was signed.
    #[must_use]
    pub const fn hash(&self) -> Hash {
        match self {
            Self::Row(hash, _) | Self::Hidden(hash) | Self::Altered(hash) | Self::Gone(hash) => *hash,
        }
    }

    pub(crate) fn read(line: &str) -> Option<Self> {
        let (kind, rest) = line.split_once(' ')?;
        match kind {
            "row" => {
                let (hash, json) = rest.split_once(' ')?;
                Some(Self::Row(Hash::from_hex(hash)?, json.to_owned()))
            }
            "hidden" => Some(Self::Hidden(Hash::from_hex(rest)?)),
            "altered" => Some(Self::Altered(Hash::from_hex(rest)?)),
            "gone" => Some(Self::Gone(Hash::from_hex(rest)?)),
            _ => None,
        }
    }
}

impl std::fmt::Display for Leaf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Row(hash, json) => writeln!(f, "row {} {json}", hash.hex()),
            Self::Hidden(hash) => writeln!(f, "hidden {}", hash.hex()),
            Self::Altered(hash) => writeln!(f, "altered {}", hash.hex()),
            Self::Gone(hash) => writeln!(f, "gone {}", hash.hex()),
        }
    }
}

/// A piece of the log, from one point to another.
#[derive(Debug, Clone)]
pub struct Bundle {
    /// The key of the log, in text.
    pub key: String,
    /// The tree at the first point: as many lines as it has stand before this piece.
    pub start: Frontier,
    /// The signed point of that tree, when it has any line.
    pub from: Option<String>,
    /// The signed point at the end.
    pub checkpoint: String,
    /// The lines between.
    pub leaves: Vec<Leaf>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Header {
    pub format: String,
    pub key: String,
    pub since: u64,
    pub peaks: Vec<String>,
    pub from: Option<String>,
    pub checkpoint: String,
}

impl Header {
    /// There is one way to write it: what another reader might read otherwise is none.
    pub(crate) fn read(line: &str) -> Option<Self> {
        let header: Self = serde_json::from_str(line).ok()?;
        let own = header.format == FORMAT && header.since <= MOST;
        (own && serde_json::to_string(&header).is_ok_and(|text| text == line)).then_some(header)
    }

    /// The tree it begins with.
    pub(crate) fn start(&self) -> Option<Frontier> {
        let peaks: Option<Vec<Hash>> = self.peaks.iter().map(|peak| Hash::from_hex(peak)).collect();
        Frontier::new(self.since, peaks?)
    }
}

impl std::fmt::Display for Bundle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let header = Header {
            format: FORMAT.to_owned(),
            key: self.key.clone(),
            since: self.start.size(),
            peaks: self.start.peaks().iter().map(Hash::hex).collect(),
            from: self.from.clone(),
            checkpoint: self.checkpoint.clone(),
        };
        writeln!(f, "{}", serde_json::to_string(&header).map_err(|_| std::fmt::Error)?)?;
        self.leaves.iter().try_for_each(|leaf| write!(f, "{leaf}"))
    }
}
