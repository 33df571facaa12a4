//! Every page there is, as the personas of the demonstration come by them: what is looked at for barriers, and what
//! pictures are taken of.

use crate::harness::House;

/// Somebody who is not signed in.
pub const NOBODY: &str = "-";

/// A page on the way.
pub struct Stop {
    /// What its picture is called.
    pub name: &'static str,
    /// Where it is.
    pub path: String,
}

/// The pages one persona comes by.
pub struct Walk {
    /// Who.
    pub persona: &'static str,
    /// What she looks at.
    pub stops: Vec<Stop>,
}

fn walk<const N: usize>(persona: &'static str, stops: [(&'static str, String); N]) -> Walk {
    Walk { persona, stops: stops.into_iter().map(|(name, path)| Stop { name, path }).collect() }
}

/// Every page of a house that holds the demonstration.
pub fn walks(house: &House) -> Vec<Walk> {
    let file = house.loaded.files["EST-2026-0007"].id;
    let of_file = |page: &str| format!("/dossiers/{file}{page}");
    vec![
        walk(
            NOBODY,
            [
                ("premiere-page", "/".into()),
                ("connexion", "/connexion".into()),
                ("problemes", "/problems".into()),
                ("inconnu", "/nulle-part".into()),
            ],
        ),
        walk(
            "amina",
            [
                ("accueil", "/accueil".into()),
                ("dossiers", "/dossiers".into()),
                ("ouvrir", "/dossiers/ouvrir".into()),
                ("dossier", of_file("")),
                ("messages", "/messages".into()),
                ("finalite", "/finalite".into()),
                ("compte", "/compte".into()),
            ],
        ),
        walk(
            "louise",
            [
                ("levees", of_file("/levees")),
                ("levee-nouvelle", of_file("/levees/nouvelle")),
                ("registre-levees", "/registres".into()),
                ("registre-communications", "/registres/communications".into()),
            ],
        ),
        walk(
            "aline",
            [
                ("journal", "/journal".into()),
                ("journal-dossier", format!("/journal/dossier/{file}")),
                ("repetition", "/repetition".into()),
                ("repetition-regle", "/repetition?regle=7".into()),
            ],
        ),
    ]
}
