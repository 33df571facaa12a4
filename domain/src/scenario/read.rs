//! Reading a scenario: each element with its line, so that what is wrong can be found.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{
    format::{Agency, Cell, File, Placed, ScenarioError, User},
    format_mobilisation::Mobilisation,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document<'a> {
    #[serde(rename = "name")]
    _name: String,
    #[serde(rename = "language")]
    _language: String,
    #[serde(rename = "about", default)]
    _about: Option<String>,
    #[serde(borrow)]
    cells: Vec<&'a RawValue>,
    #[serde(borrow)]
    agencies: Vec<&'a RawValue>,
    #[serde(borrow)]
    users: Vec<&'a RawValue>,
    #[serde(borrow)]
    files: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    mobilisations: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileDocument<'a> {
    key: String,
    cell: String,
    opened_by: String,
    opened_at: DateTime<Utc>,
    sunset_at: Option<DateTime<Utc>>,
    #[serde(default)]
    recused: Vec<String>,
    #[serde(borrow)]
    circle: Vec<&'a RawValue>,
    #[serde(borrow)]
    persons: Vec<&'a RawValue>,
    #[serde(borrow)]
    facts: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    consents: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    disclosures: Vec<&'a RawValue>,
}

/// A whole scenario, its form known to be right and its references not yet.
pub struct Scenario {
    pub(super) cells: Vec<Placed<Cell>>,
    pub(super) agencies: Vec<Placed<Agency>>,
    pub(super) users: Vec<Placed<User>>,
    pub(super) files: Vec<Placed<File>>,
    pub(super) mobilisations: Vec<Placed<Mobilisation>>,
}

impl Scenario {
    /// Reads a scenario's form and references; nothing is written.
    ///
    /// # Errors
    /// The first thing that is wrong, with its line and field.
    pub fn read(text: &str) -> Result<Self, ScenarioError> {
        let reader = Reader { text };
        let document: Document<'_> = parse(text, 1, "")?;
        let mut files = Vec::with_capacity(document.files.len());
        for (n, raw) in document.files.iter().enumerate() {
            files.push(reader.file(raw, &format!("files[{n}]"))?);
        }
        let scenario = Self {
            cells: reader.all(&document.cells, "cells")?,
            agencies: reader.all(&document.agencies, "agencies")?,
            users: reader.all(&document.users, "users")?,
            files,
            mobilisations: reader.mobilisations(&document.mobilisations)?,
        };
        super::references::check(&scenario)?;
        Ok(scenario)
    }
}

pub(super) struct Reader<'t> {
    text: &'t str,
}

impl<'t> Reader<'t> {
    fn line_of(&self, raw: &RawValue) -> usize {
        let offset = raw.get().as_ptr().addr().saturating_sub(self.text.as_ptr().addr());
        self.text.as_bytes().iter().take(offset).filter(|byte| **byte == b'\n').count() + 1
    }

    pub fn one<'a, T: Deserialize<'a>>(
        &self,
        raw: &'a RawValue,
        path: String,
    ) -> Result<Placed<T>, ScenarioError> {
        let line = self.line_of(raw);
        Ok(Placed { it: parse(raw.get(), line, &path)?, line, path })
    }

    pub fn all<'a, T: Deserialize<'a>>(
        &self,
        raws: &[&'a RawValue],
        path: &str,
    ) -> Result<Vec<Placed<T>>, ScenarioError> {
        raws.iter().enumerate().map(|(n, raw)| self.one(raw, format!("{path}[{n}]"))).collect()
    }

    fn file(&self, raw: &'t RawValue, path: &str) -> Result<Placed<File>, ScenarioError> {
        let Placed { line, path, it: d } = self.one::<FileDocument<'_>>(raw, path.to_owned())?;
        let file = File {
            circle: self.all(&d.circle, &format!("{path}.circle"))?,
            persons: self.all(&d.persons, &format!("{path}.persons"))?,
            facts: self.all(&d.facts, &format!("{path}.facts"))?,
            consents: self.all(&d.consents, &format!("{path}.consents"))?,
            disclosures: self.all(&d.disclosures, &format!("{path}.disclosures"))?,
            key: d.key,
            cell: d.cell,
            opened_by: d.opened_by,
            opened_at: d.opened_at,
            sunset_at: d.sunset_at,
            recused: d.recused,
        };
        Ok(Placed { line, path, it: file })
    }
}

fn parse<'a, T: Deserialize<'a>>(text: &'a str, line: usize, path: &str) -> Result<T, ScenarioError> {
    let mut json = serde_json::Deserializer::from_str(text);
    let parsed = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let at = error.path().to_string();
        let field = if path.is_empty() { at } else { format!("{path}.{at}") };
        ScenarioError {
            line: line + error.inner().line().saturating_sub(1),
            field,
            problem: crate::validation::Shape::from(error.inner()).to_string(),
        }
    })?;
    json.end().map_err(|error| ScenarioError {
        line: line + error.line().saturating_sub(1),
        field: path.to_owned(),
        problem: "text after the end".into(),
    })?;
    Ok(parsed)
}
