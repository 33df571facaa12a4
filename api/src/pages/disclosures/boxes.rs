//! The boxes of what may be told, and the names of what a vault keeps.

use domain::law::BasisVersion;

use super::{
    super::{
        field::Field,
        moment::{day, moment},
        phrases::Phrases,
    },
    own::{Own, Subject, Thing},
};

/// What a basis lets be told, of whom.
pub fn allowed_by(basis: &BasisVersion) -> impl Fn(&Subject, &Thing) -> bool {
    let content = &basis.content;
    |person, thing| content.subjects.allows(&person.role) && content.categories.allows(&thing.category)
}

/// A box for each thing of one's own that may be told, person by person; what came since an act says so. What a vault
/// keeps from everybody is named under them, and is no box.
pub fn boxes(
    own: &Own,
    allowed: impl Fn(&Subject, &Thing) -> bool,
    since: &[String],
    p: Phrases,
) -> Vec<Field> {
    let lang = p.lang();
    let (mut fields, mut kept) = (Vec::new(), Vec::new());
    for person in &own.persons {
        let of_it = own.things.iter().filter(|thing| thing.person == person.id && allowed(person, thing));
        let (held, open): (Vec<&Thing>, Vec<&Thing>) = of_it.partition(|thing| own.is_kept(thing));
        kept.extend(held.into_iter().map(|thing| (person, thing)));
        if open.is_empty() {
            continue;
        }
        fields.push(Field::opening(person.name.clone()));
        for thing in open {
            let mut hint = if since.contains(&thing.name) {
                p.x("disclosure-since", &moment(thing.at, lang))
            } else {
                p.x("disclosure-recorded", &day(thing.at, lang))
            };
            let kept_for = own.kept_for(thing);
            if !kept_for.is_empty() {
                hint = format!("{hint} · {}", p.x("disclosure-kept-for", &kept_for.join(", ")));
            }
            let label = format!("{}\u{a0}: {}", thing.label, thing.words);
            fields.push(Field::tick(thing.name.clone(), "on", label).hint(hint));
        }
        fields.push(Field::closing());
    }
    if fields.is_empty() {
        fields.push(Field::prose(p.t("disclosure-nothing")));
    }
    fields.extend(kept_away(&kept, p));
    fields
}

/// What no box offers because of its vault, by name, so that nobody looks for it in vain; and what can be done.
fn kept_away(kept: &[(&Subject, &Thing)], p: Phrases) -> Vec<Field> {
    if kept.is_empty() {
        return Vec::new();
    }
    let mut inside = vec![Field::prose(p.t("disclosure-kept-lead"))];
    inside.extend(kept.iter().map(|(person, thing)| {
        let name = format!("{} ({})", thing.label, person.name);
        match &thing.sharing {
            Some(path) => Field::lead(name, path.clone(), p.t("disclosure-kept-change")),
            None => Field::prose(name),
        }
    }));
    Field::folded(p.n("disclosure-kept", kept.len()), inside)
}
