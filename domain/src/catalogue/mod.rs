//! The catalogue: the fields a fact may state and the codes it may use, shipped as data.

mod codes;
mod field;
mod labels;
mod tsv;

use std::sync::LazyLock;

pub use codes::{Code, CodeList};
pub use field::{Field, FieldType, UnknownField};
pub use labels::Labelled;

/// The whole catalogue, read once from the tables inside the program.
#[derive(Debug)]
pub struct Catalogue {
    fields: Vec<field::FieldDef>,
    lists: Vec<codes::CodeListDef>,
}

/// Why the shipped tables do not load; found by the tests, and said again at start.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueError {
    /// A header or row has the wrong shape.
    #[error("table `{file}`, line {line}: wrong number of cells, or a blank one")]
    Row {
        /// The table.
        file: &'static str,
        /// Its line, from 1.
        line: usize,
    },
    /// A category, type or list that does not exist.
    #[error("table `{file}`, line {line}: unknown word")]
    Word {
        /// The table.
        file: &'static str,
        /// Its line, from 1.
        line: usize,
    },
    /// A name that is already taken.
    #[error("table `{file}`, line {line}: given twice")]
    Twice {
        /// The table.
        file: &'static str,
        /// Its line, from 1.
        line: usize,
    },
    /// A label that may not be shown.
    #[error("table `{file}`, line {line}: label incomplete, or French not well set")]
    Wording {
        /// The table.
        file: &'static str,
        /// Its line, from 1.
        line: usize,
    },
}

static BUILT_IN: LazyLock<Result<Catalogue, CatalogueError>> = LazyLock::new(|| {
    let lists = codes::load()?;
    let fields = field::load(include_str!("../../data/catalogue.tsv"), &lists)?;
    Ok(Catalogue { fields, lists })
});

impl Catalogue {
    /// The shipped catalogue. Ask once at start, and do not start on an error: without it no field
    /// is known and nothing can be shown.
    pub fn built_in() -> Result<&'static Self, CatalogueError> {
        BUILT_IN.as_ref().map_err(Clone::clone)
    }

    /// The shipped catalogue, or nothing where it does not load: error means no.
    fn loaded() -> Option<&'static Self> {
        BUILT_IN.as_ref().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_tables_load() {
        assert!(Catalogue::built_in().is_ok(), "{:?}", Catalogue::built_in().err());
    }
}
