//! The persons and agencies of a file, as a form about it names them: through the very view of the API.

use authz::{
    desk::Caller,
    id::{AgencyId, FileId, PersonId},
    vocabulary::{AgencyKind, Role, SubjectRole},
};
use chrono::{DateTime, Utc};
use domain::{
    catalogue::Labelled,
    file::{
        find::find,
        view::{FileView, PersonView},
    },
};

use super::{
    field::{Choice, Field},
    file::words::lower,
    oops::Oops,
    phrases::Phrases,
    visit::Visit,
};
use crate::problem::Problem;

/// In which of her cells the visitor begins something: chosen already where there is but one.
pub fn cell_field(visit: &Visit, label: String) -> Field {
    let mut cells: Vec<Choice> = Vec::new();
    for held in &visit.known.profile.roles {
        let (id, works) = (held.cell.id.to_string(), held.role.inherits().contains(&Role::Worker));
        if works && !cells.iter().any(|cell| cell.value == id) {
            cells.push(Choice::new(id, held.cell.name.clone()));
        }
    }
    let only = cells.first().filter(|_| cells.len() == 1).map(|cell| cell.value.clone());
    let field = Field::radios("cell", label, cells);
    match only {
        Some(only) => field.given(only),
        None => field,
    }
}

/// A file as a form about it needs it.
pub struct People {
    /// What people call the file.
    pub reference: String,
    /// Whom the viewer may know of.
    pub persons: Vec<Person>,
    /// The agencies in the circle now.
    pub circle: Vec<Member>,
    /// The viewer's own agency.
    pub own: AgencyId,
    /// When it was read.
    pub now: DateTime<Utc>,
    everyone: Vec<Member>,
}

/// A person of a file.
pub struct Person {
    /// Handle.
    pub id: PersonId,
    /// Role in the file.
    pub role: SubjectRole,
    /// How she is called here: by name where the name shows, and by role.
    pub label: String,
}

/// An agency of the circle.
#[derive(Clone)]
pub struct Member {
    /// Handle.
    pub id: AgencyId,
    /// Its name.
    pub name: String,
    /// What it does.
    pub kind: AgencyKind,
}

impl People {
    /// Reads them.
    ///
    /// # Errors
    /// When the file does not exist for the visitor, or the machine fails.
    pub async fn read(visit: &Visit, caller: Caller, id: FileId) -> Result<Self, Oops> {
        let desk = visit.worker.desk()?;
        let found = desk
            .read::<_, Problem>(caller, async move |session| {
                let file = find(session, id).await?;
                Ok(session.open(file)?)
            })
            .await?;
        let own = visit.known.profile.agency.id;
        Ok(Self::of(found.into_parts().0, own, desk.clock().now(), visit.p))
    }

    fn of(view: FileView, own: AgencyId, now: DateTime<Utc>, p: Phrases) -> Self {
        let (mut circle, mut everyone): (Vec<Member>, Vec<Member>) = (Vec::new(), Vec::new());
        for row in view.circle {
            let member = Member { id: row.agency.id, name: row.agency.name, kind: row.agency.kind };
            let inside = row.from <= now && row.until.is_none_or(|until| now < until);
            if inside && !circle.iter().any(|known| known.id == member.id) {
                circle.push(member.clone());
            }
            everyone.push(member);
        }
        let persons = view.persons.iter().map(|person| {
            let alike = view.persons.iter().filter(|other| other.role == person.role);
            let place = alike.clone().position(|other| other.id == person.id).unwrap_or_default();
            let number = (alike.count() > 1).then_some(place + 1);
            Person { id: person.id, role: person.role, label: label(person, number, p) }
        });
        let mut persons: Vec<Person> = persons.collect();
        // Who is at risk first.
        persons.sort_by_key(|person| person.role);
        Self { reference: view.reference, persons, circle, own, now, everyone }
    }

    /// How a person is called; nothing of somebody one may not know of.
    #[must_use]
    pub fn person(&self, id: PersonId) -> Option<&Person> {
        self.persons.iter().find(|person| person.id == id)
    }

    /// How an agency that is or was in the circle is called.
    #[must_use]
    pub fn agency(&self, id: &str) -> Option<&Member> {
        self.everyone.iter().find(|member| member.id.to_string() == id)
    }
}

fn label(person: &PersonView, number: Option<usize>, p: Phrases) -> String {
    let role = person.role.label(p.lang());
    let named = |field: &str| {
        let last = person.facts.iter().rev().find(|fact| fact.field == field);
        last.and_then(|fact| fact.value.value().as_str())
    };
    let name =
        [named("given_name"), named("family_name")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    match (name.is_empty(), number) {
        (false, _) => format!("{name} — {}", lower(role)),
        (true, Some(number)) => format!("{role} {number}"),
        (true, None) => role.to_owned(),
    }
}
