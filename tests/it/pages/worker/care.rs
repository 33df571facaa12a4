//! Taking care of a file as a whole: closing, reopening, uniting it with another, recusing somebody, reserving a fact.

use serde_json::json;
use tests::harness::{Browser, House};

use super::file;

const SAFETY: &str = "safety_planning";

#[test]
fn a_respondent_closes_the_file_of_her_agency_after_a_confirmation_and_reopens_it() {
    let house = House::estrie();
    let louise = Browser::signed_in(&house, "louise");
    let path = format!("{}/fermeture", file(&house));
    assert!(louise.get(&file(&house)).html.contains(&format!("href=\"{path}\"")));
    let asked = louise.get(&path);
    assert!(asked.says("Rien n’est effacé, et le dossier peut être rouvert."), "{}", asked.words());
    let closed = louise.send(asked.form(&path));
    assert!(closed.says("Le dossier est fermé."), "{}", closed.words());
    assert!(!closed.html.contains(&path), "what is closed is not closed again");
    let path = format!("{}/reouverture", file(&house));
    let open = louise.send(louise.get(&path).form(&path));
    assert!(open.says("Le dossier est rouvert."), "{}", open.words());
    let twice = louise.send(louise.get(&path).form(&path));
    assert_eq!(twice.status, 422, "{}", twice.words());
}

#[test]
fn who_closes_a_file_that_somebody_changed_meanwhile_looks_at_it_again() {
    let house = House::estrie();
    let louise = Browser::signed_in(&house, "louise");
    let path = format!("{}/fermeture", file(&house));
    let form = louise.get(&path).form(&path);
    let amina = house.sign_in("amina").for_purpose(SAFETY);
    let new =
        json!({"person": house.file().persons["mireille"], "field": "incident", "value": "Il est revenu."});
    amina.post(&format!("{}/facts", house.file_path()), &new).expect(201);
    let refused = louise.send(form);
    assert!(refused.status >= 400 && !refused.says("Le dossier est fermé."), "{}", refused.words());
    assert!(louise.get(&file(&house)).says("actif"));
}

#[test]
fn whoever_may_not_is_not_offered_it_and_is_refused() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    assert!(!amina.get(&file(&house)).says("Gérer le dossier"));
    for word in ["fermeture", "reouverture", "reunion"] {
        let path = format!("{}/{word}", file(&house));
        let form = amina.get(&path).form(&path).with("into", "EST-2026-0007");
        assert!([403, 422].contains(&amina.send(form).status), "{word}");
    }
    assert_eq!(amina.get(&format!("{}/recusations", file(&house))).status, 403);
    for key in ["eric", "dominic"] {
        let stranger = Browser::signed_in(&house, key);
        for word in ["fermeture", "reouverture", "reunion", "recusations"] {
            assert_eq!(stranger.get(&format!("{}/{word}", file(&house))).status, 404, "{key} {word}");
        }
    }
    assert!(amina.get(&file(&house)).says("actif"));
}

#[test]
fn the_coordination_recuses_somebody_and_reads_who_tried_all_the_same() {
    let house = House::estrie();
    house.sign_in("eric").for_purpose(SAFETY).get(&house.file_path()).problem(404, "not-found");
    let karine = Browser::signed_in(&house, "karine");
    let path = format!("{}/recusations", file(&house));
    let list = karine.get(&path);
    assert!(list.says("Éric Morin"), "{}", list.words());
    let nobody = karine.send(list.form(&path));
    assert_eq!(nobody.status, 422);
    assert!(nobody.says("Choisissez la personne à récuser."));
    assert_eq!(karine.get(&file(&house)).status, 200, "nobody chosen is not oneself");
    let julie = house.loaded.users["julie"].to_string();
    let done = karine.send(list.form(&path).with("user", &julie));
    assert!(done.says("La personne est récusée") && done.says("Julie Côté"), "{}", done.words());
    assert_eq!(Browser::signed_in(&house, "julie").get(&file(&house)).status, 404);
}

#[test]
fn two_files_are_united_by_the_number_of_the_other_and_a_number_that_is_none_is_said() {
    let house = House::estrie();
    let amina = house.sign_in("amina").for_purpose(SAFETY);
    let new = json!({"cell": house.loaded.cells["estrie"]});
    let made = amina.post("/api/v1/files", &new).expect(201);
    let other = made["id"].as_str().unwrap().to_owned();
    let reference = amina.get(&format!("/api/v1/files/{other}")).expect(200)["reference"].clone();
    let louise = house.sign_in("louise").for_purpose(SAFETY);
    let ours = json!({"agency": house.loaded.agencies["coordination-demo"]});
    louise.post(&format!("/api/v1/files/{other}/circle"), &ours).expect(201);
    let karine = Browser::signed_in(&house, "karine");
    let path = format!("/dossiers/{other}/reunion");
    let asked = karine.get(&path);
    assert!(asked.says("Vous ne pourrez pas l’annuler."), "{}", asked.words());
    let wrong = karine.send(asked.form(&path).with("into", "EST-1999-0001"));
    assert_eq!(wrong.status, 422);
    assert!(wrong.says("Aucun dossier ouvert de cette cellule"), "{}", wrong.words());
    assert_eq!(wrong.form(&path).get("into"), Some("EST-1999-0001"));
    let done = karine.send(asked.form(&path).with("into", " est-2026-0007 "));
    assert!(done.says("Les deux dossiers sont réunis"), "{} {reference}", done.words());
    assert!(done.path.starts_with(&file(&house)));
}

#[test]
fn a_fact_is_reserved_for_certain_agencies_whatever_is_consented_to() {
    let house = House::estrie();
    let louise = Browser::signed_in(&house, "louise");
    let history = format!("{}/faits/{}", file(&house), house.file().facts["f08"]);
    let path = format!("{history}/partage");
    assert!(louise.get(&history).html.contains(&format!("href=\"{path}\"")));
    let amina = Browser::signed_in(&house, "amina");
    assert!(!amina.get(&history).html.contains("/partage"), "a worker does not decide for her agency");
    let sees = |key: &str| Browser::signed_in(&house, key).get(&file(&house)).says("A été prise à la gorge");
    assert!(sees("thomas"));
    let asked = louise.get(&path);
    let unsaid = louise.send(asked.form(&path));
    assert!(unsaid.status == 422 && unsaid.says("Dites qui pourra le recevoir."), "{}", unsaid.words());
    let none = louise.send(asked.form(&path).with("_way", "named"));
    assert!(none.status == 422 && none.says("Cochez au moins un organisme"), "{}", none.words());
    let done = louise.send(asked.form(&path).with("_way", "closed"));
    assert!(done.says("Le partage de ce renseignement est changé."), "{}", done.words());
    assert!(!sees("thomas") && sees("amina"));
    let health = house.loaded.agencies["sante-demo"].to_string();
    let form = louise.get(&path).form(&path).with("_way", "named").with("agencies[]", &health);
    louise.send(form);
    assert!(sees("thomas"));
    louise.send(louise.get(&path).form(&path).with("_way", "closed"));
    louise.send(louise.get(&path).form(&path).with("_way", "open"));
    assert!(sees("thomas"));
}
