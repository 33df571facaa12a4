//! Reading an instrument from its file, saying where it is wrong.

use std::fmt;

use super::{Definition, Instrument};
use crate::{
    validation::{Invalid, Rule, Shape},
    wording::Lang,
};

/// One thing that is wrong with an instrument's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    line: Option<usize>,
    pointer: String,
    what: What,
}

/// What is wrong there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The document is not of the form.
    Form(Shape),
    /// It breaks a rule.
    Breaks(Rule),
}

impl Flaw {
    /// The line it stands on, from 1; of a file that is of the form only the pointer is known.
    #[must_use]
    pub const fn line(&self) -> Option<usize> {
        self.line
    }

    /// Where in the document, as a JSON pointer; empty for the whole.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// What is wrong.
    #[must_use]
    pub const fn what(&self) -> &What {
        &self.what
    }

    pub(super) const fn whole(what: Shape) -> Self {
        Self { line: None, pointer: String::new(), what: What::Form(what) }
    }
}

impl From<Invalid> for Flaw {
    fn from(invalid: Invalid) -> Self {
        Self { line: None, pointer: invalid.pointer, what: What::Breaks(invalid.rule) }
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
        match &self.what {
            What::Form(shape) => shape.fmt(f),
            What::Breaks(rule) => write!(f, "{} ({})", rule.message(Lang::En), rule.code()),
        }
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
        vec![Flaw { line: Some(error.inner().line()), pointer, what: What::Form(error.inner().into()) }]
    })?;
    source.end().map_err(|error| {
        vec![Flaw { line: Some(error.line()), pointer: String::new(), what: What::Form((&error).into()) }]
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
