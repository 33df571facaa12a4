//! What the page of a file shows of one person: facts by category, and in one line per reason what may exist.

use std::collections::HashSet;

use authz::{
    id::{AgencyId, FactId},
    vocabulary::{Category, Reason, SubjectRole},
};
use domain::{
    catalogue::{Field, Labelled},
    file::view::{FactView, PersonView},
};

use super::{
    super::{moment::day, phrases::Phrases},
    Powers,
    words::{self, name_of},
};

/// A person.
pub struct Part {
    pub id: String,
    pub heading: String,
    pub name: String,
    pub role: &'static str,
    pub kind: &'static str,
    /// The few things one looks for first, as they read.
    pub first: Vec<(String, String)>,
    pub groups: Vec<Group>,
    pub withheld: Vec<Reasoned>,
    /// May the visitor correct the role?
    pub correctable: bool,
    /// How many of its facts are new, in words.
    pub new: Option<String>,
}

/// The facts of one category.
pub struct Group {
    pub category: &'static str,
    pub facts: Vec<Line>,
}

/// A fact as a line.
pub struct Line {
    pub id: String,
    pub field: &'static str,
    pub value: String,
    pub source: String,
    pub date: String,
    pub basis: String,
    pub new: bool,
    pub own: bool,
    /// May the visitor take it back?
    pub retractable: bool,
}

/// The categories withheld for one reason.
pub struct Reasoned {
    pub reason: String,
    pub categories: Vec<Asked>,
}

/// A category, and the field of it that one asks about.
pub struct Asked {
    pub label: &'static str,
    pub field: &'static str,
}

/// For whom a page is made.
pub struct For<'v> {
    pub own: AgencyId,
    pub powers: Powers,
    pub new: &'v HashSet<FactId>,
    pub p: Phrases,
}

/// What one looks for first about a person.
const FIRST: [&str; 4] = ["risk_level", "safe_phone", "safe_hours", "relationship"];

/// Reasons, the strongest first.
const REASONS: [(Reason, &str); 4] = [
    (Reason::Refused, "withheld-refused"),
    (Reason::Withdrawn, "withheld-withdrawn"),
    (Reason::Expired, "withheld-expired"),
    (Reason::NoBasis, "withheld-no-basis"),
];

/// The persons, the person at risk first.
pub fn parts(persons: &[PersonView], viewer: &For<'_>) -> Vec<Part> {
    let mut persons: Vec<&PersonView> = persons.iter().collect();
    persons.sort_by_key(|person| order(person.role));
    persons.into_iter().map(|person| part(person, viewer)).collect()
}

/// The person at risk first, the alleged aggressor last.
pub fn order(role: SubjectRole) -> usize {
    role.index()
}

fn part(person: &PersonView, viewer: &For<'_>) -> Part {
    let (p, lang) = (viewer.p, viewer.p.lang());
    let mut groups: Vec<(Category, Group)> = Vec::new();
    for fact in &person.facts {
        let line = line(fact, viewer);
        match groups.iter_mut().find(|(category, _)| *category == fact.category) {
            Some((_, group)) => group.facts.push(line),
            None => {
                groups
                    .push((fact.category, Group { category: fact.category.label(lang), facts: vec![line] }));
            }
        }
    }
    let first = FIRST.iter().filter_map(|name| {
        let fact = person.facts.iter().rev().find(|fact| fact.field == *name)?;
        let field = Field::named(name).ok()?;
        Some((field.label(lang).to_owned(), words::value(Some(field), fact.value.value(), p)))
    });
    let (role, name) = (person.role.label(lang), name_of(person));
    let new = person.facts.iter().filter(|fact| viewer.new.contains(&fact.id)).count();
    Part {
        id: person.id.to_string(),
        heading: words::who_is(person, p),
        name: name.clone().unwrap_or_else(|| role.to_owned()),
        role: if name.is_some() { role } else { "" },
        kind: person.role.wire(),
        correctable: person.own && viewer.powers.respond,
        first: first.collect(),
        groups: groups.into_iter().map(|(_, group)| group).collect(),
        withheld: withheld(person, p),
        new: Some(new).filter(|new| *new > 0).map(|new| p.n("file-new-count", new)),
    }
}

fn line(fact: &FactView, viewer: &For<'_>) -> Line {
    let (p, field) = (viewer.p, Field::named(fact.field).ok());
    let own = fact.source.id == viewer.own;
    Line {
        id: fact.id.to_string(),
        field: field.map_or(fact.field, |field| field.label(p.lang())),
        value: words::value(field, fact.value.value(), p),
        source: fact.source.name.clone(),
        date: day(fact.recorded_at, p.lang()),
        basis: p.t(&format!("basis-{}", fact.basis.kind)),
        new: viewer.new.contains(&fact.id),
        own: own && viewer.powers.write,
        retractable: own && viewer.powers.respond,
    }
}

/// What may exist, never what does: by reason, each category once.
fn withheld(person: &PersonView, p: Phrases) -> Vec<Reasoned> {
    let reasoned = REASONS.iter().map(|(reason, key)| {
        let mut categories: Vec<(Category, Asked)> = Vec::new();
        for item in person.withheld.iter().filter(|item| item.reason == *reason) {
            if !categories.iter().any(|(category, _)| *category == item.category) {
                let label = item.category.label(p.lang());
                categories.push((item.category, Asked { label, field: item.field }));
            }
        }
        Reasoned { reason: p.t(key), categories: categories.into_iter().map(|(_, asked)| asked).collect() }
    });
    reasoned.filter(|reasoned| !reasoned.categories.is_empty()).collect()
}
