//! Reading an instrument from its file, saying where it is wrong.

use std::fmt;

use super::{Definition, Instrument};
use crate::{
    validation::{Invalid, shape_of},
    wording::Lang,
};

/// One thing that is wrong with an instrument's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    line: Option<usize>,
    pointer: String,
    what: String,
}

impl Flaw {
    pub(super) fn shape(what: &str) -> Self {
        Self { line: None, pointer: String::new(), what: what.to_owned() }
    }
}

impl From<Invalid> for Flaw {
    fn from(invalid: Invalid) -> Self {
        let what = format!("{} ({})", invalid.message(Lang::En), invalid.code());
        Self { line: None, pointer: invalid.pointer, what }
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        if !self.pointer.is_empty() {
            write!(f, "{}: ", self.pointer)?;
        }
        f.write_str(&self.what)
    }
}

/// Reads and checks one instrument.
///
/// # Errors
/// Everything that is wrong; of a file that is not of the form, the first thing.
pub fn read(text: &str) -> Result<Instrument, Vec<Flaw>> {
    let mut source = serde_json::Deserializer::from_str(text);
    let definition: Result<Definition, _> = serde_path_to_error::deserialize(&mut source);
    let definition = definition.map_err(|error| {
        let pointer = pointer_of(error.path());
        vec![Flaw { line: Some(error.inner().line()), pointer, what: shape_of(error.inner()) }]
    })?;
    source.end().map_err(|error| {
        vec![Flaw { line: Some(error.line()), pointer: String::new(), what: shape_of(&error) }]
    })?;
    Instrument::new(definition).map_err(|wrong| wrong.into_iter().map(Flaw::from).collect())
}

fn pointer_of(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter().fold(String::new(), |pointer, segment| match segment {
        Segment::Seq { index } => format!("{pointer}/{index}"),
        Segment::Map { key } => format!("{pointer}/{key}"),
        Segment::Enum { variant } => format!("{pointer}/{variant}"),
        Segment::Unknown => pointer,
    })
}
