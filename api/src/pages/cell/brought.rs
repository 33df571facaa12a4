//! What an agency brings to a meeting: its words, and the facts of its own that they rest on.

use authz::{id::AgencyId, vocabulary::Category};
use domain::{
    catalogue::{Field as Fact, Labelled},
    file::view::FactView,
    meeting::Certainty,
};

use super::{live::Read, words::Worded};
use crate::pages::{
    field::{Choice, Field},
    moment::day,
    phrases::Phrases,
};

/// The facts of one's own agency that something can rest on, person by person.
fn own_facts(p: Phrases, read: &Read, own: AgencyId) -> Vec<(String, Vec<Choice>)> {
    let mut groups = Vec::new();
    let Some(around) = &read.around else { return groups };
    for person in &around.view.persons {
        let facts = person.facts.iter().filter(|fact| fact.source.id == own);
        let choice = |fact: &FactView| {
            let field = Fact::named(fact.field).map_or(fact.field, |field| field.label(p.lang()));
            let words = format!("{field} \u{2014} {}", day(fact.recorded_at, p.lang()));
            Choice::new(fact.id.to_string(), words)
        };
        let choices: Vec<Choice> = facts.map(choice).collect();
        if !choices.is_empty() {
            groups.push((around.person(person.id).unwrap_or_default().to_owned(), choices));
        }
    }
    groups
}

/// What is brought, about a person who is known already.
pub fn brought(p: Phrases, read: &Read, own: AgencyId) -> Vec<Field> {
    // Professional notes are never brought to a table.
    let categories = Category::ALL.iter().filter(|one| **one != Category::Notes);
    let categories = categories.map(|one| Choice::new(one.wire(), one.label(p.lang())));
    let mut fields = vec![
        Field::area("text", p.t("meeting-apport-words")),
        Field::select("category", p.t("meeting-category"), categories.collect()),
        Field::radios("certainty", p.t("meeting-certainty"), Certainty::choices(p)),
        Field::date("known_on", p.t("meeting-known")).optional(),
    ];
    let facts = own_facts(p, read, own);
    if !facts.is_empty() {
        fields.push(Field::groups("facts[]", p.t("meeting-rests-on"), facts).optional());
    }
    fields
}
