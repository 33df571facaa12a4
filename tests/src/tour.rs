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
    let of_cell = |key: &str, page: &str| format!("/cellule/{}{page}", house.loaded.mobilisations[key]);
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
            "karine",
            [
                ("cellule", "/cellule".into()),
                ("cellule-fermees", "/cellule?etape=closed".into()),
                ("situation", "/cellule/nouvelle".into()),
                ("a-l-etude", of_cell("M-DEMO-ANALYSE", "")),
                ("ne-pas-retenir", of_cell("M-DEMO-ANALYSE", "/etapes/ecarter")),
                ("en-rencontre", of_cell("M-DEMO-RENCONTRE", "")),
                ("convoquer", of_cell("M-DEMO-RENCONTRE", "/rencontres/nouvelle")),
                ("filet", of_cell("M-DEMO-FILET", "/filet")),
                ("suivi", of_cell("M-DEMO-SUIVI", "/etapes/suivi")),
                ("fermer", of_cell("M-DEMO-SUIVI", "/etapes/fermer")),
                ("rencontres", "/rencontres".into()),
                ("statistiques", "/statistiques".into()),
            ],
        ),
        walk("louise", [("apprecier", of_cell("M-DEMO-IDENTIFIEE", "/etapes/apprecier"))]),
    ]
}
