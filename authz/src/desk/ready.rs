//! A file made ready for one viewer: what the gate is asked with.

use uuid::Uuid;

use super::sealed::FileScope;
use crate::{
    fault::Fault,
    gate,
    keys::{FileKey, Place},
    standing::Standing,
};

/// A file's scope made ready for one viewer: birth dates opened, the key at hand.
pub(super) struct Ready {
    pub scope: gate::Scope<Uuid>,
    pub viewer: gate::Viewer<Uuid>,
    pub persons: Vec<(Uuid, Option<Vec<Uuid>>)>,
    pub key: FileKey,
}

impl Ready {
    pub fn new(scope: &FileScope, standing: &Standing, key: FileKey) -> Result<Self, Fault> {
        let mut persons = Vec::with_capacity(scope.persons.len());
        for person in &scope.persons {
            let birth_date = match &person.birth_sealed {
                None => None,
                Some(sealed) => Some(birth_date(&key, person.id, sealed)?),
            };
            persons.push(gate::Person { id: person.id, role: person.role, birth_date });
        }
        let viewer = gate::Viewer {
            user: standing.human().uuid(),
            agency: standing.agency().uuid(),
            agency_kind: standing.kind(),
            roles: standing.roles_in(scope.cell),
        };
        Ok(Self {
            scope: gate::Scope {
                circle: scope.circle.clone(),
                recused: scope.recused.iter().map(|human| human.uuid()).collect(),
                sunset_at: scope.sunset_at,
                persons,
                facts: scope.facts.clone(),
                consents: scope.consents.clone(),
                acts: scope.acts.clone(),
            },
            viewer,
            persons: scope.persons.iter().map(|p| (p.id, p.vault.clone())).collect(),
            key,
        })
    }
}

/// Where a person's birth date for reckoning age is sealed.
#[must_use]
pub const fn birth_place(person: Uuid) -> Place {
    Place { table: "person", column: "birth_sealed", row: person }
}

fn birth_date(key: &FileKey, person: Uuid, sealed: &[u8]) -> Result<chrono::NaiveDate, Fault> {
    let plain = key.open(&birth_place(person), sealed)?;
    let text = std::str::from_utf8(&plain).map_err(|_| Fault::Stored)?;
    text.parse().map_err(|_| Fault::Stored)
}
