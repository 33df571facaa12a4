//! Who is in the file behind a mobilisation, as far as the visitor sees: to choose whom something is about.

use authz::id::{AgencyId, FileId, PersonId};
use authz::vocabulary::SubjectRole;
use domain::{catalogue::Labelled, file::view::FileView};

use super::reading;
use crate::pages::{field::Choice, file::words::lower, oops::Oops, phrases::Phrases, visit::Visit};

/// The persons and the circle of a file.
pub struct Around {
    /// The persons, to choose from, each by name where the gate shows it.
    pub persons: Vec<Choice>,
    /// The agencies of its circle now.
    pub circle: Vec<AgencyId>,
    /// Is a child on it?
    pub child: bool,
    /// The file as it is seen.
    pub view: FileView,
}

impl Around {
    /// Reads it, where the visitor may know of the file.
    pub async fn read(visit: &Visit, file: Option<FileId>) -> Result<Option<Self>, Oops> {
        let Some(file) = file else { return Ok(None) };
        let found = reading::if_there(reading::file(visit, file).await)?;
        Ok(found.map(|view| Self::of(view, visit.p)))
    }

    fn of(view: FileView, p: Phrases) -> Self {
        let mut persons: Vec<(PersonId, SubjectRole, String)> = view
            .persons
            .iter()
            .map(|person| {
                let word = |field: &str| {
                    person
                        .facts
                        .iter()
                        .find(|fact| fact.field == field)
                        .and_then(|fact| fact.value.value().as_str())
                };
                let name: Vec<&str> =
                    [word("given_name"), word("family_name")].into_iter().flatten().collect();
                let role = person.role.label(p.lang());
                let label = if name.is_empty() {
                    role.to_owned()
                } else {
                    format!("{} — {}", name.join(" "), lower(role))
                };
                (person.id, person.role, label)
            })
            .collect();
        // Whom it is about first.
        persons.sort_by_key(|(id, role, _)| (role.number(), *id));
        Self {
            child: persons.iter().any(|(_, role, _)| *role == SubjectRole::Child),
            persons: persons.into_iter().map(|(id, _, label)| Choice::new(id.to_string(), label)).collect(),
            circle: view
                .circle
                .iter()
                .filter(|member| member.until.is_none())
                .map(|member| member.agency.id)
                .collect(),
            view,
        }
    }

    /// How a person is called here.
    pub fn person(&self, id: PersonId) -> Option<&str> {
        let id = id.to_string();
        self.persons.iter().find(|person| person.value == id).map(|person| person.label.as_str())
    }
}
