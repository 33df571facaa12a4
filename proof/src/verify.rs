//! Holds pieces of the log against what was signed.

use std::io::BufRead;

use chrono::{DateTime, Utc};

use crate::{
    bundle::{Header, Leaf},
    note::{BadNote, Checkpoint, Verifier},
    tree::Hash,
};

/// What was found to be true.
#[derive(Debug)]
pub struct Proven {
    /// How many lines stand before the first piece: they are not looked at.
    pub since: u64,
    /// How many lines the log has at the last point.
    pub size: u64,
    /// The root of their tree.
    pub root: Hash,
    /// When the last point was signed.
    pub signed_at: DateTime<Utc>,
    /// Lines read and found as they were signed.
    pub rows: u64,
    /// Lines that are there and are not the reader's.
    pub hidden: u64,
    /// Points the reader had kept, and found again.
    pub kept: usize,
    /// Whose signature it is.
    pub key: Verifier,
}

/// The first thing found to be wrong. Lines are counted from 1.
#[derive(Debug, thiserror::Error)]
pub enum Flaw {
    /// There is nothing to verify.
    #[error("no piece of the log was given")]
    Nothing,
    /// A file could not be read.
    #[error("a file could not be read: {0}")]
    Io(#[from] std::io::Error),
    /// A file is no piece of a log.
    #[error("file {0} is no piece of a log, or is not whole")]
    Form(usize),
    /// The key is not in the form of a key.
    #[error("the key is not in the form of a key")]
    Key,
    /// A point that was kept is not of this log.
    #[error("kept point {0} bears another signature, or was altered")]
    KeptSignature(usize),
    /// A point in a piece bears another signature.
    #[error("file {0} bears another signature than that of the key")]
    Signature(usize),
    /// A line says something else than when it was signed.
    #[error("line {0} was altered: it is not what was signed")]
    Altered(u64),
    /// A line was removed.
    #[error("line {0} is gone: it was there when it was signed")]
    Gone(u64),
    /// There are more or fewer lines than were signed.
    #[error("file {file} has {found} lines where {signed} were signed")]
    Count {
        /// Which file, from 1.
        file: usize,
        /// As signed.
        signed: u64,
        /// As found.
        found: u64,
    },
    /// The lines are not those that were signed.
    #[error("the lines up to {0} are not those that were signed")]
    Root(u64),
    /// A piece is missing between two others.
    #[error("the lines {0} to {1} were not given")]
    Gap(u64, u64),
    /// The log is shorter than it was once.
    #[error("the log has {size} lines; the point kept had {kept}: lines were removed")]
    Shorter {
        /// Now.
        size: u64,
        /// Then.
        kept: u64,
    },
    /// A kept point lies before what was given.
    #[error("the point kept at {0} lies before the first line given")]
    Before(u64),
}

/// A piece whose first line was read.
struct Piece<R> {
    file: usize,
    header: Header,
    rest: R,
    end: Checkpoint,
}

/// Holds pieces of the log, in any order, against the key and against points that were kept.
///
/// Without a key, the one in the first piece is believed: then whoever reads must know it from elsewhere.
///
/// # Errors
/// The first flaw.
pub fn verify<R: BufRead>(pieces: Vec<R>, key: Option<Verifier>, kept: &[String]) -> Result<Proven, Flaw> {
    let (pieces, key) = opened(pieces, key)?;
    let mut known: Vec<Checkpoint> = Vec::new();
    for (n, text) in kept.iter().enumerate() {
        let notes = key.split(text);
        if notes.is_empty() {
            return Err(Flaw::KeptSignature(n + 1));
        }
        for note in notes {
            known.push(key.open(&note).map_err(|_| Flaw::KeptSignature(n + 1))?);
        }
    }
    let own = known.clone();
    for piece in &pieces {
        known.push(piece.end.clone());
        let from = piece.header.from.as_deref().map(|note| key.open(note)).transpose();
        let from = from.map_err(|_| Flaw::Signature(piece.file))?;
        if from.as_ref().is_some_and(|point| point.size != piece.header.since) {
            return Err(Flaw::Form(piece.file));
        }
        known.extend(from);
    }
    let since = pieces.first().ok_or(Flaw::Nothing)?.header.since;
    let mut proven: Option<Checkpoint> = None;
    let (mut covered, mut rows, mut hidden) = (since, 0, 0);
    for piece in pieces {
        if piece.header.since > covered {
            return Err(Flaw::Gap(covered + 1, piece.header.since));
        }
        let end = piece.end.clone();
        walk(piece, &known, |place, leaf| {
            if place >= covered {
                match leaf {
                    Leaf::Row(..) => rows += 1,
                    Leaf::Hidden(_) | Leaf::Altered(_) | Leaf::Gone(_) => hidden += 1,
                }
            }
        })?;
        if proven.is_none() || end.size > covered {
            covered = end.size;
            proven = Some(end);
        }
    }
    let last = proven.ok_or(Flaw::Nothing)?;
    for point in &own {
        if point.size > last.size {
            return Err(Flaw::Shorter { size: last.size, kept: point.size });
        }
        if point.size < since {
            return Err(Flaw::Before(point.size));
        }
    }
    let Checkpoint { size, root, signed_at } = last;
    Ok(Proven { since, size, root, signed_at, rows, hidden, kept: own.len(), key })
}

/// The first line of each file, in the order of the log, and the key they are all signed with.
fn opened<R: BufRead>(files: Vec<R>, key: Option<Verifier>) -> Result<(Vec<Piece<R>>, Verifier), Flaw> {
    let mut headers = Vec::with_capacity(files.len());
    for (n, mut rest) in files.into_iter().enumerate() {
        let mut line = String::new();
        rest.read_line(&mut line)?;
        let first = line.trim_end_matches(['\n', '\r']);
        headers.push((n + 1, Header::read(first).ok_or(Flaw::Form(n + 1))?, rest));
    }
    let key = match (key, headers.first()) {
        (Some(key), _) => key,
        (None, Some((_, header, _))) => Verifier::read(&header.key).map_err(|_| Flaw::Key)?,
        (None, None) => return Err(Flaw::Nothing),
    };
    let mut pieces = Vec::with_capacity(headers.len());
    for (file, header, rest) in headers {
        let end = key.open(&header.checkpoint).map_err(|error| match error {
            BadNote::Form => Flaw::Form(file),
            BadNote::Signature => Flaw::Signature(file),
        })?;
        pieces.push(Piece { file, header, rest, end });
    }
    pieces.sort_by_key(|piece| (piece.header.since, piece.end.size));
    Ok((pieces, key))
}

/// Grows the tree of one piece line by line, and holds it against every point known of it.
fn walk<R: BufRead>(
    piece: Piece<R>,
    known: &[Checkpoint],
    mut count: impl FnMut(u64, &Leaf),
) -> Result<(), Flaw> {
    let Piece { file, header, rest, end } = piece;
    let mut tree = header.start().ok_or(Flaw::Form(file))?;
    if (tree.size() == 0) == header.from.is_some() {
        return Err(Flaw::Form(file));
    }
    let mut expected: Vec<&Checkpoint> =
        known.iter().filter(|point| point.size >= tree.size() && point.size <= end.size).collect();
    expected.sort_by_key(|point| point.size);
    let mut expected = expected.into_iter().peekable();
    let mut lines = rest.lines();
    loop {
        while let Some(point) = expected.next_if(|point| point.size == tree.size()) {
            if point.root != tree.root() {
                return Err(Flaw::Root(point.size));
            }
        }
        let Some(line) = lines.next() else { break };
        let leaf = Leaf::read(&line?).ok_or(Flaw::Form(file))?;
        let (place, hash) = (tree.size(), leaf.hash());
        match &leaf {
            Leaf::Row(_, json) if Hash::of_leaf(json.as_bytes()) != hash => {
                return Err(Flaw::Altered(place + 1));
            }
            Leaf::Altered(_) => return Err(Flaw::Altered(place + 1)),
            Leaf::Gone(_) => return Err(Flaw::Gone(place + 1)),
            Leaf::Row(..) | Leaf::Hidden(_) => {}
        }
        count(place, &leaf);
        tree.push(hash);
    }
    // The point at the end was met among those known only if there are as many lines as it says.
    if tree.size() == end.size {
        Ok(())
    } else {
        Err(Flaw::Count {
            file,
            signed: end.size - header.since.min(end.size),
            found: tree.size() - header.since,
        })
    }
}

impl Flaw {
    /// Is the log other than it was signed? Otherwise what was given does not suffice to tell.
    #[must_use]
    pub const fn is_of_the_log(&self) -> bool {
        match self {
            Self::Nothing | Self::Io(_) | Self::Form(_) | Self::Key | Self::Gap(..) | Self::Before(_) => {
                false
            }
            Self::KeptSignature(_)
            | Self::Signature(_)
            | Self::Altered(_)
            | Self::Gone(_)
            | Self::Count { .. }
            | Self::Root(_)
            | Self::Shorter { .. } => true,
        }
    }
}

#[cfg(test)]
mod tests;
