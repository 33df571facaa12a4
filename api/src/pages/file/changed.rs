//! « Ce qui a changé depuis votre dernière consultation », in words.

use authz::id::AgencyId;
use domain::{
    catalogue::Field,
    file::{consultation::ChangesView, view::FileView},
};

use super::{
    super::{moment::moment, phrases::Phrases},
    words::who_is,
};

/// What changed.
pub struct Changed {
    pub since: String,
    pub lines: Vec<ChangedLine>,
}

/// One thing that changed, and where it stands on the page.
pub struct ChangedLine {
    pub words: String,
    pub at: Option<String>,
}

/// The changes as they read: new facts in the page's order, then what is gone, then who came and went.
pub fn changed(view: &FileView, changes: &ChangesView, p: Phrases) -> Changed {
    let lang = p.lang();
    let label = |name: &'static str| Field::named(name).map_or(name, |field| field.label(lang));
    let agency = |id: AgencyId| {
        let members = view.circle.iter().map(|row| (row.agency.id, &row.agency.name));
        let sources = view
            .persons
            .iter()
            .flat_map(|person| person.facts.iter().map(|fact| (fact.source.id, &fact.source.name)));
        members.chain(sources).find(|(known, _)| *known == id).map(|(_, name)| name.clone())
    };
    let mut lines = Vec::new();
    for person in &view.persons {
        for fact in person.facts.iter().filter(|fact| changes.facts.contains(&fact.id)) {
            lines.push(ChangedLine {
                words: format!("{} — {} ({})", label(fact.field), who_is(person, p), fact.source.name),
                at: Some(fact.id.to_string()),
            });
        }
    }
    for gone in &changes.gone {
        let Some(person) = view.persons.iter().find(|person| person.id == gone.person) else { continue };
        let source = agency(gone.source).map(|name| format!(" ({name})")).unwrap_or_default();
        let words = format!("{} — {}{source}", label(gone.field), who_is(person, p));
        lines.push(ChangedLine { words: p.x("changed-gone", &words), at: None });
    }
    let moved = [(&changes.joined, "changed-joined"), (&changes.left, "changed-left")];
    for (ids, key) in moved {
        for name in ids.iter().filter_map(|id| agency(*id)) {
            lines.push(ChangedLine { words: p.x(key, &name), at: None });
        }
    }
    Changed { since: moment(changes.since, lang), lines }
}
