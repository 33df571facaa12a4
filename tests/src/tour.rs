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
                ("invitation", "/invitation?jeton=fli_essai".into()),
                ("nouveau-mot-de-passe", "/nouveau-mot-de-passe?jeton=fli_essai".into()),
                ("demonstration", "/demo".into()),
                ("visite", "/visite".into()),
                ("aide", "/aide".into()),
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
                ("deuxieme-facteur", "/compte/second-facteur".into()),
                ("mot-de-passe", "/compte/mot-de-passe".into()),
                ("cles-d-acces", "/compte/cles".into()),
                ("sessions", "/compte/sessions".into()),
                ("avis", "/compte/avis".into()),
            ],
        ),
        walk(
            "admin",
            [
                ("administration", "/administration".into()),
                ("comptes", "/administration/comptes".into()),
                ("inviter", "/administration/comptes/inviter".into()),
                ("un-compte", format!("/administration/comptes/{}", house.loaded.users["karine"])),
                ("roles-a-deux", "/administration/demandes".into()),
                ("cellules", "/administration/cellules".into()),
                ("une-cellule", format!("/administration/cellules/{}", house.loaded.cells["estrie"])),
                ("nouvelle-cellule", "/administration/cellules/nouvelle".into()),
                ("organismes", "/administration/organismes".into()),
                ("nouvel-organisme", "/administration/organismes/nouveau".into()),
                ("instruments", "/administration/instruments".into()),
                ("importer", "/administration/instruments/importer".into()),
                ("textes", "/administration/textes".into()),
            ],
        ),
    ]
}
