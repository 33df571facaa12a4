//! Who is who in a demonstration: read from the scenario it loads, so that the page of personas tells of those who
//! are there. A persona is signed in as anybody is, with the password they all share.

use std::{collections::BTreeMap, sync::Arc};

use serde::Deserialize;

/// The people of a demonstration.
#[derive(Debug, Clone)]
pub struct Demonstration {
    /// Everybody's password.
    pub password: Arc<str>,
    /// Who is who.
    pub cast: Arc<[Persona]>,
}

/// Somebody invented.
#[derive(Debug, Clone)]
pub struct Persona {
    /// Short name.
    pub key: String,
    /// Name.
    pub name: String,
    /// Address to sign in with.
    pub email: String,
    /// Name of the agency she speaks for.
    pub agency: String,
    /// Roles, on the wire.
    pub roles: Vec<String>,
}

#[derive(Deserialize)]
struct Scenario {
    agencies: Vec<Agency>,
    users: Vec<User>,
}

#[derive(Deserialize)]
struct Agency {
    key: String,
    name: String,
}

#[derive(Deserialize)]
struct User {
    key: String,
    name: String,
    email: String,
    agency: String,
    roles: BTreeMap<String, Vec<String>>,
}

impl Demonstration {
    /// The people of this scenario; nobody, when it names none in the usual way.
    #[must_use]
    pub fn of(scenario: &str, password: &str) -> Self {
        let read: Option<Scenario> = serde_json::from_str(scenario).ok();
        let cast = read.map(|Scenario { agencies, users }| {
            let persona = |user: User| Persona {
                agency: agencies
                    .iter()
                    .find(|agency| agency.key == user.agency)
                    .map_or(user.agency, |agency| agency.name.clone()),
                roles: user.roles.into_values().flatten().collect(),
                key: user.key,
                name: user.name,
                email: user.email,
            };
            users.into_iter().map(persona).collect()
        });
        Self { password: password.into(), cast: cast.unwrap_or_default() }
    }
}

#[cfg(test)]
mod tests {
    use super::Demonstration;

    #[test]
    fn the_people_are_those_of_the_scenario() {
        let estrie = Demonstration::of(include_str!("../../scenarios/estrie.json"), "x");
        let amina = estrie.cast.iter().find(|persona| persona.key == "amina");
        assert!(amina.is_some_and(|amina| amina.roles == ["worker"] && amina.agency.contains("hébergement")));
        assert!(Demonstration::of("{}", "x").cast.is_empty());
    }
}
