//! The persons of a file as a picture: the person at risk in the middle, the others around. It says nothing that
//! the page does not say in words, and shows nothing that the view does not.

use std::f64::consts::TAU;

use askama::Template;
use authz::vocabulary::SubjectRole;
use domain::{
    catalogue::{Field, Labelled},
    file::view::PersonView,
};

use super::{
    super::phrases::Phrases,
    part::order,
    words::{self, name_of},
};

const MIDDLE: (f64, f64) = (360.0, 170.0);
const REACH: (f64, f64) = (270.0, 118.0);
/// Letters that fit under a circle.
const LETTERS: usize = 24;

/// The picture.
#[derive(Template)]
#[template(path = "file/picture.html")]
pub struct Picture {
    title: String,
    description: String,
    middle: Bubble,
    around: Vec<Bubble>,
}

struct Bubble {
    x: i64,
    y: i64,
    radius: u8,
    letters: String,
    name: String,
    role: String,
    /// What binds the person to the one in the middle, and where it is written.
    link: String,
    link_at: (i64, i64),
    kind: &'static str,
}

impl Picture {
    /// The persons as a picture, when there is somebody to draw a line between.
    pub fn of(persons: &[PersonView], p: Phrases) -> Option<Self> {
        let middle =
            persons.iter().position(|person| person.role == SubjectRole::PersonAtRisk).unwrap_or_default();
        let centre = persons.get(middle)?;
        let mut others: Vec<&PersonView> =
            persons.iter().enumerate().filter(|(at, _)| *at != middle).map(|(_, person)| person).collect();
        others.sort_by_key(|person| order(person.role));
        if others.is_empty() {
            return None;
        }
        let around: Vec<Bubble> =
            (0..).zip(&others).map(|(n, person)| bubble(person, place(n, others.len()), 30, p)).collect();
        let told = others.iter().map(|person| match link(person, p) {
            link if link.is_empty() => words::who_is(person, p),
            link => format!("{} ({link})", words::who_is(person, p)),
        });
        let told: Vec<String> = told.collect();
        Some(Self {
            title: p.t("file-picture"),
            description: format!(
                "{} {}",
                p.x("file-picture-middle", &words::who_is(centre, p)),
                p.x("file-picture-around", &told.join(", "))
            ),
            middle: bubble(centre, MIDDLE, 40, p),
            around,
        })
    }
}

/// Evenly around, beginning on the left, so that names have room beside each other.
fn place(n: u32, of: usize) -> (f64, f64) {
    let of = f64::from(u32::try_from(of).unwrap_or(u32::MAX).max(1));
    let angle = TAU * (f64::from(n) / of + 0.5);
    (MIDDLE.0 + REACH.0 * angle.cos(), MIDDLE.1 + REACH.1 * angle.sin())
}

fn bubble(person: &PersonView, (x, y): (f64, f64), radius: u8, p: Phrases) -> Bubble {
    let role = person.role.label(p.lang()).to_owned();
    let name = name_of(person);
    let letters = name.as_deref().map_or_else(
        || "?".into(),
        |name| name.split(' ').filter_map(|word| word.chars().next()).take(2).collect(),
    );
    let (name, role) = match name {
        Some(name) => (short(&name), role),
        None => (role, String::new()),
    };
    Bubble {
        x: rounded(x),
        y: rounded(y),
        radius,
        letters,
        name,
        role,
        link: link(person, p),
        link_at: (rounded(f64::midpoint(x, MIDDLE.0)), rounded(f64::midpoint(y, MIDDLE.1))),
        kind: person.role.wire(),
    }
}

fn link(person: &PersonView, p: Phrases) -> String {
    let fact = person.facts.iter().rev().find(|fact| fact.field == "relationship");
    fact.map_or_else(String::new, |fact| {
        short(&words::value(Field::named(fact.field).ok(), fact.value.value(), p))
    })
}

fn short(words: &str) -> String {
    if words.chars().count() <= LETTERS {
        return words.to_owned();
    }
    words.chars().take(LETTERS - 1).chain(['…']).collect()
}

#[expect(clippy::cast_possible_truncation, clippy::as_conversions, reason = "a place inside the picture")]
fn rounded(at: f64) -> i64 {
    at.round() as i64
}
