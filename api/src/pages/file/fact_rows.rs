//! The inputs in which facts are written down: for each field of the catalogue the one that suits its type.

use authz::vocabulary::{Category, SubjectRole};
use chrono::{DateTime, Utc};
use domain::{
    catalogue::{Field as CatalogueField, FieldType, Labelled},
    file::view::PersonView,
};
use serde_json::Value;

use super::super::{
    field::{Choice, Field, Shape},
    moment::local,
    phrases::Phrases,
};

/// Texts that stand on one line.
const SHORT: [&str; 11] = [
    "given_name",
    "family_name",
    "former_names",
    "indigenous_affiliation",
    "safe_hours",
    "code_word",
    "municipality",
    "workplace",
    "school",
    "vehicle",
    "firearm_licence",
];

/// The parts of an address, each with the key of its label.
const ADDRESS: [(&str, &str); 4] = [
    ("line1", "address-line1"),
    ("line2", "address-line2"),
    ("municipality", "address-municipality"),
    ("postal_code", "address-postal-code"),
];

/// What one writes down first about somebody of this role, as far as one's agency has not said it yet.
pub fn usual(person: Option<&PersonView>, own: authz::id::AgencyId) -> Vec<CatalogueField> {
    let names: &[&str] = match person.map(|person| person.role) {
        Some(SubjectRole::PersonAtRisk) => {
            &["given_name", "family_name", "birth_date", "safe_phone", "safe_hours", "incident"]
        }
        Some(SubjectRole::Child) => &["given_name", "family_name", "birth_date", "school", "child_exposure"],
        Some(SubjectRole::AllegedAggressor) => {
            &["given_name", "family_name", "birth_date", "relationship", "incident", "firearm_access"]
        }
        Some(SubjectRole::Relative | SubjectRole::NewPartner) => {
            &["given_name", "family_name", "relationship", "safe_phone"]
        }
        None => &["incident", "safe_phone", "risk_level", "safety_measure"],
    };
    let said = |name: &str| {
        let once = matches!(name, "given_name" | "family_name" | "birth_date" | "relationship");
        let mut facts = person.iter().flat_map(|person| &person.facts);
        once && facts.any(|fact| fact.field == name && fact.source.id == own)
    };
    names.iter().filter(|name| !said(name)).filter_map(|name| CatalogueField::named(name).ok()).collect()
}

/// Every field of the catalogue, by category, to choose from.
pub fn all(p: Phrases) -> Vec<(String, Vec<Choice>)> {
    let lang = p.lang();
    let fields = |category: Category| {
        CatalogueField::of(category).map(|field| Choice::new(field.name(), field.label(lang))).collect()
    };
    Category::ALL.iter().map(|category| (category.label(lang).to_owned(), fields(*category))).collect()
}

/// The inputs of row `n`.
pub fn inputs(n: usize, field: CatalogueField, p: Phrases) -> Vec<Field> {
    let (lang, label) = (p.lang(), field.label(p.lang()));
    let name = format!("rows/{n}/value");
    let mut inputs = vec![Field::hidden(format!("rows/{n}/field"), field.name())];
    let line = |kind, width| Field::new(Shape::Line(kind, "off", width), name.clone(), label);
    let input = match field.kind() {
        FieldType::Text if SHORT.contains(&field.name()) => line("text", 0),
        FieldType::Text => Field::area(name, label),
        FieldType::Date => Field::date(name, label),
        FieldType::Datetime => Field::moment(format!("{name}:time"), label),
        FieldType::Bool => {
            let choices = vec![Choice::new("true", p.t("yes")), Choice::new("false", p.t("no"))];
            Field::select(format!("{name}:bool"), label, choices)
        }
        FieldType::Code(list) => {
            let codes = list.codes().iter().map(|code| Choice::new(code.code(), code.label(lang)));
            Field::select(name, label, codes.collect())
        }
        FieldType::Phone => line("tel", 20).hint(p.t("phone-hint")),
        FieldType::Email => line("email", 0),
        FieldType::Address => {
            for (part, key) in ADDRESS {
                let label = format!("{label} — {}", p.t(key));
                inputs.push(Field::line(format!("{name}/{part}"), label).optional());
            }
            return inputs;
        }
    };
    inputs.push(input.optional());
    inputs
}

/// The words that these inputs hold when they say this value.
pub fn words_of(n: usize, field: CatalogueField, value: &Value) -> Vec<(String, String)> {
    let name = format!("rows/{n}/value");
    let text = || value.as_str().unwrap_or_default().to_owned();
    match field.kind() {
        FieldType::Address => {
            let part = |(part, _): (&str, _)| {
                Some((format!("{name}/{part}"), value.get(part)?.as_str()?.to_owned()))
            };
            ADDRESS.into_iter().filter_map(part).collect()
        }
        FieldType::Bool => vec![(format!("{name}:bool"), value.to_string())],
        FieldType::Datetime => {
            let at = text().parse::<DateTime<Utc>>().map(local);
            vec![(format!("{name}:time"), at.unwrap_or_default())]
        }
        _ => vec![(name, text())],
    }
    .into_iter()
    .chain([(format!("rows/{n}/field"), field.name().to_owned())])
    .collect()
}

/// The fields of the rows that a form holds, in their order.
pub fn rows_of(fields: &[(String, String)]) -> Vec<CatalogueField> {
    let row = |n: usize| {
        let name = format!("rows/{n}/field");
        fields.iter().find(|(field, _)| *field == name).map(|(_, words)| words)
    };
    (0..100).map_while(row).filter_map(|name| CatalogueField::named(name).ok()).collect()
}
