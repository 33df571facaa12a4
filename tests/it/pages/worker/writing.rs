//! Writing down what one knows.

use serde_json::Value;
use tests::harness::{Browser, House};

use super::file;

fn facts(house: &House, key: &str, person: &str) -> Vec<(String, Value)> {
    let view = house.sign_in(key).for_purpose("safety_planning").get(&house.file_path()).expect(200);
    let persons = view["persons"].as_array().unwrap();
    let id = house.file().persons[person].to_string();
    let person = persons.iter().find(|one| one["id"] == id.as_str()).unwrap();
    let facts = person["facts"].as_array().unwrap().iter();
    facts.map(|fact| (fact["field"].as_str().unwrap().to_owned(), fact["value"].clone())).collect()
}

#[test]
fn amina_writes_down_several_things_at_once_and_what_is_refused_stays_with_its_error() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let path = format!("{}/faits/nouveau", file(&house));
    let mireille = house.file().persons["mireille"].to_string();
    // Asked for without any script: the inputs that suit what she wants to write.
    let asked = amina.get(&format!("{path}?person={mireille}"));
    let form = asked.form(&path).with("rows/1/value", "gardé");
    let more =
        form.with("_do", "more").and("_add", "address").and("_add", "risk_level").and("_add", "escalation");
    let page = amina.send(more);
    let form = page.form(&path);
    let row = |field: &str| {
        (0..20)
            .find(|n| form.get(&format!("rows/{n}/field")) == Some(field))
            .unwrap_or_else(|| panic!("no row for {field}: {}", page.words()))
    };
    assert_eq!(form.get("rows/1/value"), Some("gardé"));
    let (phone, incident, address) = (row("safe_phone"), row("incident"), row("address"));
    let (level, escalation) = (row("risk_level"), row("escalation"));
    let form = form
        .clone()
        .with("rows/1/value", "")
        .with(&format!("rows/{phone}/value"), "12")
        .with(&format!("rows/{incident}/value"), "Il a appelé dix fois hier.")
        .with(&format!("rows/{address}/value/line1"), "12, rue des Essais")
        .with(&format!("rows/{address}/value/postal_code"), "nulle part")
        .with(&format!("rows/{level}/value"), "aggravated")
        .with(&format!("rows/{escalation}/value:bool"), "true");
    let refused = amina.send(form);
    assert_eq!(refused.status, 422);
    assert!(
        refused.says("3 renseignements sont consignés. Ce qui reste est à revoir."),
        "{}",
        refused.words()
    );
    let left = refused.form(&path);
    assert_eq!(left.get("rows/0/field"), Some("safe_phone"));
    assert_eq!(left.get("rows/0/value"), Some("12"), "nothing is lost");
    assert_eq!(left.get("rows/1/value/line1"), Some("12, rue des Essais"));
    assert_eq!(left.get("rows/2/field"), None, "what was recorded is gone from the form");
    let known = facts(&house, "amina", "mireille");
    for (field, value) in [
        ("incident", Value::from("Il a appelé dix fois hier.")),
        ("risk_level", Value::from("aggravated")),
        ("escalation", Value::from(true)),
    ] {
        assert!(known.contains(&(field.to_owned(), value)), "{field}");
    }
    let right = left
        .with("rows/0/value", "819-555-0155")
        .with("rows/1/value/municipality", "Sherbrooke")
        .with("rows/1/value/postal_code", "J1H 0A1");
    let done = amina.send(right);
    assert!(done.says("C’est consigné."), "{}", done.words());
    assert!(done.says("12, rue des Essais, Sherbrooke, J1H 0A1"));
    assert!(facts(&house, "amina", "mireille").contains(&("safe_phone".into(), Value::from("819-555-0155"))));
}

#[test]
fn a_form_of_several_rows_sent_twice_records_each_once() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let path = format!("{}/faits/nouveau", file(&house));
    let mireille = house.file().persons["mireille"].to_string();
    let form = amina.get(&format!("{path}?person={mireille}&field=incident")).form(&path);
    let form = form.with("rows/0/value", "Une seule fois.");
    assert_eq!(amina.answer(&form).status, 303);
    assert_eq!(amina.answer(&form).status, 303);
    let told = |(field, value): &(String, Value)| field == "incident" && *value == "Une seule fois.";
    assert_eq!(facts(&house, "amina", "mireille").iter().filter(|fact| told(fact)).count(), 1);
}

#[test]
fn an_empty_form_and_a_form_about_nobody_say_what_is_missing() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let path = format!("{}/faits/nouveau", file(&house));
    let form = amina.get(&path).form(&path);
    let empty = amina.send(form.clone());
    assert_eq!(empty.status, 422);
    assert!(empty.says("Quelque chose est à revoir"));
    let nobody = amina.send(form.with("rows/0/value", "Il a suivi sa voiture."));
    assert_eq!(nobody.status, 422);
    assert_eq!(nobody.form(&path).get("rows/0/value"), Some("Il a suivi sa voiture."));
}

#[test]
fn what_is_kept_for_ones_own_agency_reaches_no_other() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let path = format!("{}/faits/nouveau", file(&house));
    let mireille = house.file().persons["mireille"].to_string();
    let form = amina.get(&format!("{path}?person={mireille}&field=incident")).form(&path);
    amina.send(form.with("rows/0/value", "Pour nous seulement.").with("_vault", "own"));
    let secret = ("incident".to_owned(), Value::from("Pour nous seulement."));
    assert!(facts(&house, "amina", "mireille").contains(&secret));
    assert!(!facts(&house, "karine", "mireille").contains(&secret));
}

#[test]
fn amina_corrects_her_agencys_fact_and_its_history_keeps_both() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let path = format!("{}/faits/{}/correction", file(&house), house.file().facts["f04"]);
    let form = amina.get(&path).form(&path);
    assert_eq!(form.get("rows/0/value"), Some("819-555-0142"));
    let wrong = amina.send(form.clone().with("rows/0/value", "nulle part"));
    assert_eq!(wrong.status, 422);
    assert_eq!(wrong.form(&path).get("rows/0/value"), Some("nulle part"));
    let done = amina.send(form.with("rows/0/value", "819-555-0199"));
    assert!(done.says("La correction est enregistrée.") && !done.says("819-555-0142"), "{}", done.words());
    let history = amina.get(&format!("{}/faits/{}", file(&house), house.file().facts["f04"]));
    assert!(history.says("819-555-0199") && history.says("819-555-0142"), "{}", history.words());
    // A fact of another agency is not hers to correct, whether it shows or not.
    let other = format!("{}/faits/{}/correction", file(&house), house.file().facts["f26"]);
    assert_eq!(amina.get(&other).status, 404);
}

#[test]
fn a_respondent_retracts_a_fact_after_one_confirmation_and_a_worker_may_not() {
    let house = House::estrie();
    let path = format!("{}/faits/{}/retrait", file(&house), house.file().facts["f08"]);
    let louise = Browser::signed_in(&house, "louise");
    let asked = louise.get(&path);
    assert!(asked.says("Ce geste ne peut pas être annulé."), "{}", asked.words());
    let amina = Browser::signed_in(&house, "amina");
    assert!(!amina.get(&file(&house)).html.contains(&path));
    let form = amina.get(&path).form(&path);
    assert_eq!(amina.answer(&form).status, 403);
    let done = louise.send(asked.form(&path));
    assert!(done.says("Le renseignement est retiré."));
    assert!(
        !facts(&house, "amina", "mireille")
            .iter()
            .any(|(_, value)| { value.as_str().is_some_and(|words| words.contains("prise à la gorge")) })
    );
}

#[test]
fn a_file_is_opened_with_what_is_known_of_the_person_at_risk_in_one_go() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let form = amina.get("/dossiers/ouvrir").form("/dossiers/ouvrir");
    let form = form.with("given_name", "Josée").with("family_name", "Essai").with("birth_date", "1988-02-29");
    let opened = amina.send(form);
    assert!(opened.says("Le dossier est ouvert."), "{}", opened.words());
    assert!(opened.says("Josée Essai — personne à risque") && opened.says("29 février 1988"));
    // What cannot be taken waits where it can be put right.
    let form = amina.get("/dossiers/ouvrir").form("/dossiers/ouvrir");
    let wrong = amina.send(form.with("given_name", "Line").with("birth_date", "2126-01-01"));
    assert!(wrong.path.contains("/personnes/nouvelle"), "{}", wrong.path);
    let path = wrong.path.split('?').next().unwrap().to_owned();
    let kept = wrong.form(&path);
    assert_eq!((kept.get("given_name"), kept.get("role")), (Some("Line"), Some("person_at_risk")));
    let right = amina.send(kept.with("birth_date", "1990-01-01"));
    assert!(
        right.says("La personne est ajoutée.") && right.says("Line — personne à risque"),
        "{}",
        right.words()
    );
}

#[test]
fn a_person_is_added_under_a_vault_and_a_role_corrected_by_a_respondent() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let path = format!("{}/personnes/nouvelle", file(&house));
    let page = amina.get(&path);
    let missing = amina.send(page.form(&path));
    assert_eq!(missing.status, 422);
    let form = page.form(&path).with("role", "relative").with("given_name", "Ginette");
    let done = amina.send(form.and("vault[]", &house.loaded.agencies["police-demo"].to_string()));
    assert!(done.says("Ginette — proche"), "{}", done.words());
    let persons = |key: &str| {
        let view = house.sign_in(key).for_purpose("safety_planning").get(&house.file_path()).expect(200);
        view["persons"].as_array().unwrap().len()
    };
    assert_eq!(persons("amina"), persons("yves") + 1, "he does not know of her");
    let path = format!("{}/personnes/{}/role", file(&house), house.file().persons["gilles"]);
    let form = amina.get(&path).form(&path).with("role", "new_partner");
    assert!(amina.answer(&form).status >= 400, "a worker may not");
    // Offered to who decides for the agency that added him, and to nobody else.
    let offered = |key: &str| Browser::signed_in(&house, key).get(&file(&house)).html.contains(&path);
    assert!(offered("louise") && !offered("marc") && !offered("amina"));
    assert_eq!(Browser::signed_in(&house, "marc").get(&path).status, 403);
}
