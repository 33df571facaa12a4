//! The identifiers a scenario's keys are given.

use std::collections::BTreeMap;

use authz::{
    fault::Fault,
    id::{UserId, from_parts},
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::{read::Scenario, write::LoadError};

/// The identifiers given to the keys of a scenario.
#[derive(Debug, Serialize, Default)]
pub struct Loaded {
    /// Cells by key.
    pub cells: BTreeMap<String, Uuid>,
    /// Agencies by key.
    pub agencies: BTreeMap<String, Uuid>,
    /// Users by key.
    pub users: BTreeMap<String, Uuid>,
    /// Files by key.
    pub files: BTreeMap<String, LoadedFile>,
    /// Mobilisations by key.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub mobilisations: BTreeMap<String, Uuid>,
    /// Meetings by key.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub meetings: BTreeMap<String, Uuid>,
    /// Actions by key.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub actions: BTreeMap<String, Uuid>,
    /// What has no key: by where it stands.
    #[serde(skip)]
    pub(super) parts: BTreeMap<String, Uuid>,
}

/// The identifiers of one file's parts.
#[derive(Debug, Serialize, Default, Clone)]
pub struct LoadedFile {
    /// The file.
    pub id: Uuid,
    /// Persons by key.
    pub persons: BTreeMap<String, Uuid>,
    /// Facts by key.
    pub facts: BTreeMap<String, Uuid>,
    /// Consents by key.
    pub consents: BTreeMap<String, Uuid>,
    /// Disclosure acts by key.
    pub disclosures: BTreeMap<String, Uuid>,
}

/// Gives identifiers so that the order of keys is the order of ids.
pub(super) fn give(scenario: &Scenario, at: DateTime<Utc>) -> Loaded {
    Ids { at, next: 0 }.give(scenario)
}

struct Ids {
    at: DateTime<Utc>,
    next: u64,
}

impl Ids {
    fn one(&mut self) -> Uuid {
        self.next += 1;
        let mut random = [0u8; 10];
        // The counter leads so that the order holds; the rest keeps ids of two loads apart.
        for (place, byte) in random.iter_mut().skip(2).zip(self.next.to_be_bytes()) {
            *place = byte;
        }
        UserId::from(from_parts(self.at, random)).uuid()
    }

    fn keys<'k>(&mut self, keys: impl Iterator<Item = &'k String>) -> BTreeMap<String, Uuid> {
        let mut sorted: Vec<&String> = keys.collect();
        sorted.sort_unstable();
        sorted.into_iter().map(|key| (key.clone(), self.one())).collect()
    }

    fn give(&mut self, scenario: &Scenario) -> Loaded {
        let mut loaded = Loaded {
            cells: self.keys(scenario.cells.iter().map(|cell| &cell.it.key)),
            agencies: self.keys(scenario.agencies.iter().map(|agency| &agency.it.key)),
            users: self.keys(scenario.users.iter().map(|user| &user.it.key)),
            ..Loaded::default()
        };
        for (key, id) in self.keys(scenario.files.iter().map(|file| &file.it.key)) {
            loaded.files.insert(key, LoadedFile { id, ..LoadedFile::default() });
        }
        for file in &scenario.files {
            let parts = LoadedFile {
                id: loaded.files.get(&file.it.key).map_or_else(Uuid::nil, |known| known.id),
                persons: self.keys(file.it.persons.iter().map(|person| &person.it.key)),
                facts: self.keys(file.it.facts.iter().map(|fact| &fact.it.key)),
                consents: self.keys(file.it.consents.iter().map(|consent| &consent.it.key)),
                disclosures: self.keys(file.it.disclosures.iter().map(|act| &act.it.key)),
            };
            loaded.files.insert(file.it.key.clone(), parts);
        }
        let processes = || scenario.mobilisations.iter().map(|one| &one.it);
        loaded.mobilisations = self.keys(processes().map(|one| &one.key));
        loaded.meetings = self.keys(processes().flat_map(|one| &one.meetings).map(|one| &one.it.key));
        loaded.actions = self.keys(processes().flat_map(|one| &one.actions).map(|one| &one.it.key));
        let meetings = processes().flat_map(|one| &one.meetings).flat_map(|one| one.it.parts());
        let actions = processes().flat_map(|one| &one.actions).flat_map(|one| one.it.parts());
        let parts: Vec<String> = meetings.chain(actions).collect();
        loaded.parts = self.keys(parts.iter());
        loaded
    }
}

pub(super) fn find(map: &BTreeMap<String, Uuid>, key: &str) -> Result<Uuid, LoadError> {
    map.get(key).copied().ok_or(LoadError::Fault(Fault::Stored))
}

pub(super) fn find_all(map: &BTreeMap<String, Uuid>, keys: &[String]) -> Result<Vec<Uuid>, LoadError> {
    keys.iter().map(|key| find(map, key)).collect()
}
