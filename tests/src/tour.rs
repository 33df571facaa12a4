//! Every page there is, as the personas of the demonstration come by them: what is looked at for barriers, and what
//! pictures are taken of.

use serde_json::json;

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

/// An appraisal that Amina recorded, to be corrected.
fn appraised(house: &House) -> String {
    let new = json!({"person": house.loaded.files["EST-2026-0007"].persons["mireille"],
        "instrument": "cir-generique", "answers": {"strangulation": {"answer": "present"}}, "level": "imminent"});
    let path = format!("/api/v1/files/{}/appraisals", house.loaded.files["EST-2026-0007"].id);
    let made = house.sign_in("amina").for_purpose("safety_planning").post(&path, &new).expect(201);
    made["id"].as_str().unwrap_or_default().to_owned()
}

/// What Louise's agency brought to the meeting of a mobilisation, to be corrected.
fn brought(house: &House, meeting: &str) -> String {
    let path = format!("/api/v1{}/contributions", meeting.replace("/rencontres", "/meetings"));
    let path = path.replace("/cellule", "/mobilisations");
    let seen = house.sign_in("louise").for_purpose("safety_planning").get(&path).expect(200);
    seen["items"][0]["document"].as_str().unwrap_or_default().to_owned()
}

/// Every page of a house that holds the demonstration.
pub fn walks(house: &House) -> Vec<Walk> {
    let whole = &house.loaded.files["EST-2026-0007"];
    let (file, mireille, phone) = (whole.id, whole.persons["mireille"], whole.facts["f04"]);
    let of_file = |page: &str| format!("/dossiers/{file}{page}");
    let of_cell = |key: &str, page: &str| format!("/cellule/{}{page}", house.loaded.mobilisations[key]);
    let of_meeting =
        |key: &str, meeting: &str| of_cell(key, &format!("/rencontres/{}", house.loaded.meetings[meeting]));
    let meeting = of_meeting("M-DEMO-RENCONTRE", "R-DEMO-RENCONTRE");
    let (appraisal, contribution) = (appraised(house), brought(house, &meeting));
    house.sign_log();
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
                ("consentements", of_file("/consentements")),
                ("conversation-avec-qui", of_file("/consentements/conversation")),
                ("conversation", of_file(&format!("/consentements/conversation/{mireille}"))),
                ("appreciations", of_file("/appreciations")),
                ("appreciation-nouvelle", of_file("/appreciations/nouvelle")),
                ("appreciation", of_file(&format!("/appreciations/nouvelle/cir-generique/{mireille}"))),
                ("appreciation-corriger", of_file(&format!("/appreciations/{appraisal}/correction"))),
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
        walk(
            "louise",
            [
                ("repondante-accueil", "/accueil".into()),
                ("repondante-dossier", of_file("")),
                ("consigner", of_file(&format!("/faits/nouveau?person={mireille}"))),
                ("historique", of_file(&format!("/faits/{phone}"))),
                ("corriger", of_file(&format!("/faits/{phone}/correction"))),
                ("retirer", of_file(&format!("/faits/{phone}/retrait"))),
                ("personne", of_file("/personnes/nouvelle")),
                ("role", of_file(&format!("/personnes/{mireille}/role"))),
                ("cercle", of_file("/cercle")),
                ("chronologie", of_file("/chronologie")),
                ("pieces", of_file("/pieces")),
                ("recusation", of_file("/recusation")),
                ("recherche", "/recherche".into()),
            ],
        ),
        walk(
            "marc",
            [
                ("police-dossier", of_file("")),
                ("pourquoi", of_file(&format!("/pourquoi?person={mireille}&field=sexual_assault"))),
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
                ("rencontre", meeting.clone()),
                ("rencontre-close", of_meeting("M-DEMO-FILET", "R-DEMO-FILET")),
                ("filet", of_cell("M-DEMO-FILET", "/filet")),
                ("suivi", of_cell("M-DEMO-SUIVI", "/etapes/suivi")),
                ("fermer", of_cell("M-DEMO-SUIVI", "/etapes/fermer")),
                ("rencontres", "/rencontres".into()),
                ("statistiques", "/statistiques".into()),
            ],
        ),
        walk(
            "louise",
            [
                ("apprecier", of_cell("M-DEMO-IDENTIFIEE", "/etapes/apprecier")),
                ("identite", of_cell("M-DEMO-DECLENCHEE", "/etapes/identite")),
                ("apport-corriger", format!("{meeting}/apports/{contribution}")),
                ("dire", format!("{meeting}/dire")),
                ("dire-loi", format!("{meeting}/dire?fondement=QC_P391_18_1")),
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
            "pascal",
            [
                ("responsable-accueil", "/accueil".into()),
                ("registre-incidents", "/registres/incidents".into()),
                ("incident-nouveau", "/registres/incidents/nouveau".into()),
                ("registre-demandes", "/registres/demandes".into()),
                ("demande-nouvelle", "/registres/demandes/nouvelle".into()),
            ],
        ),
        walk(
            "aline",
            [
                ("journal", "/journal".into()),
                ("anomalies", "/journal/anomalies".into()),
                ("preuve", "/journal/preuve".into()),
                ("journal-dossier", format!("/journal/dossier/{file}")),
                ("repetition", "/repetition".into()),
                ("repetition-regle", "/repetition?regle=7".into()),
            ],
        ),
    ]
}
