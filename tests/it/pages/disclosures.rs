//! A respondent lifts confidentiality: chooses one by one, sees what each will see, confirms once; completes the
//! record later, attests again, revokes.

use serde_json::{Value, json};
use tests::harness::{Browser, ESTRIE_NOW, Filled, House, Page};

const SAFETY: &str = "safety_planning";

fn fact(house: &House, key: &str) -> String {
    format!("fact/{}", house.file().facts[key])
}

fn to(house: &House, key: &str) -> String {
    format!("to/{}", house.loaded.agencies[key])
}

fn levees(house: &House) -> String {
    format!("/dossiers/{}/levees", house.file().id)
}

fn asked(house: &House, browser: &Browser) -> Page {
    browser.get(&format!("{}/nouvelle", levees(house)))
}

/// The form with what the emergency basis asks to be attested.
fn attested(form: Filled) -> Filled {
    form.with("attestations/serious_risk:bool", "true")
        .with("attestations/urgency:bool", "true")
        .with("attestations/necessary_only:bool", "true")
        .with("attestations/threat", "act_of_violence")
}

/// Louise tells the police and the victims' services, which left the circle, of the strangulation and the assault.
fn begun(house: &House, louise: &Browser) -> Filled {
    attested(asked(house, louise).form(&format!("{}/nouvelle", levees(house))))
        .with(&fact(house, "f09"), "on")
        .with(&fact(house, "f13"), "on")
        .with(&to(house, "police-demo"), "able_to_aid")
        .with(&to(house, "aide-victimes-demo"), "able_to_aid")
}

fn facts_of(house: &House, key: &str) -> Value {
    house.sign_in(key).for_purpose(SAFETY).get(&house.file_path()).json()
}

fn names(view: &Value) -> Vec<String> {
    let persons = view["persons"].as_array().map_or(&[][..], Vec::as_slice);
    persons
        .iter()
        .flat_map(|person| person["facts"].as_array().unwrap())
        .map(|fact| fact["field"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn louise_tells_what_is_necessary_and_sees_before_what_each_will_see() {
    let house = House::estrie();
    let louise = Browser::signed_in(&house, "louise");
    let page = asked(&house, &louise);
    assert!(page.says("Urgence : risque sérieux de mort ou de blessures graves"), "{}", page.words());
    assert!(page.says("RLRQ, c. P-39.1, art. 18.1") && page.says("En vigueur depuis 2023."));
    let preview = louise.send(begun(&house, &louise));
    assert_eq!(preview.status, 200, "{}", preview.words());
    assert!(preview.says("Hors du cercle") && preview.says("Dans le cercle"));
    assert!(preview.says("jusqu’au 22 déc. 2026, 10 h"), "{}", preview.words());
    // The ceiling keeps sexual violence from the police without consent: the preview says so and shows no value.
    let cards: Vec<&str> = preview.html.split("<li class=\"card\">").skip(1).collect();
    let police = cards.iter().find(|card| card.contains("Service de police (")).unwrap();
    let (seen, unseen) = police.split_once("Ne verra pas").unwrap();
    assert!(seen.contains("Étranglement") && !seen.contains("Agression sexuelle"));
    assert!(unseen.contains("Agression sexuelle") && !unseen.contains("Rapport de contrainte sexuelle"));
    assert!(!names(&facts_of(&house, "sofia")).contains(&"strangulation".to_owned()), "nothing is told yet");
    let done = louise.send(preview.form(&levees(&house)));
    assert!(done.says("Complétez le registre dans les 24 heures."), "{}", done.words());
    assert!(done.says("Étranglement ("), "{}", done.words());
    assert!(names(&facts_of(&house, "sofia")).contains(&"strangulation".to_owned()));
    assert!(!names(&facts_of(&house, "marc")).contains(&"sexual_assault".to_owned()));
}

#[test]
fn what_the_preview_shows_is_what_the_recipient_then_reads() {
    let house = House::estrie();
    let louise = Browser::signed_in(&house, "louise");
    let before = names(&facts_of(&house, "sofia"));
    let form = attested(asked(&house, &louise).form(&format!("{}/nouvelle", levees(&house))))
        .with(&fact(&house, "f04"), "on")
        .with(&fact(&house, "f18"), "on")
        .with(&to(&house, "aide-victimes-demo"), "able_to_aid");
    let preview = louise.send(form);
    assert!(preview.says("819-555-0142") && preview.says("École primaire (démonstration)"));
    assert!(!preview.says("Ne verra pas"));
    louise.send(preview.form(&levees(&house)));
    let mut told = names(&facts_of(&house, "sofia"));
    for field in before {
        told.remove(told.iter().position(|other| *other == field).unwrap());
    }
    told.sort();
    assert_eq!(told, ["safe_phone", "school"]);
}

#[test]
fn only_what_her_own_agency_holds_is_offered_and_never_a_note() {
    let house = House::estrie();
    let louise = Browser::signed_in(&house, "louise");
    let page = asked(&house, &louise);
    let offered = |key: &str| page.html.contains(&format!("name=\"{}\"", fact(&house, key)));
    assert!(offered("f04") && offered("f09") && offered("f18"));
    assert!(!offered("f16"), "a note");
    for others in ["f07", "f11", "f24", "f26", "f27"] {
        assert!(!offered(others), "{others} is another agency's");
    }
    assert!(!page.html.contains(" checked"), "nothing is chosen beforehand");
    // A box that she makes up is refused like one that does not exist.
    let form = attested(page.form(&format!("{}/nouvelle", levees(&house))));
    let made_up =
        form.with(&fact(&house, "f26"), "on").with(&to(&house, "aide-victimes-demo"), "able_to_aid");
    let refused = louise.send(made_up);
    assert_eq!(refused.status, 422);
    assert!(!refused.html.contains("Deux armes longues"), "no value of another agency");
}

#[test]
fn nothing_chosen_nobody_told_and_nothing_attested_are_each_said_and_nothing_written_is_lost() {
    let house = House::estrie();
    let louise = Browser::signed_in(&house, "louise");
    let form = asked(&house, &louise).form(&format!("{}/nouvelle", levees(&house)));
    let refused = louise.send(form.with(&fact(&house, "f09"), "on").with("record/danger", "Il la suit."));
    assert_eq!(refused.status, 422);
    assert!(refused.says("Quelque chose est à revoir"));
    let again = refused.form(&format!("{}/nouvelle", levees(&house)));
    assert_eq!(again.get(&fact(&house, "f09")), Some("on"));
    assert_eq!(again.get("record/danger"), Some("Il la suit."));
    // The first refusal said what is missing of the record; with it, what is missing of the act.
    let again = louise.send(again.with("record/danger", ""));
    assert_eq!(again.status, 422);
    assert!(again.html.contains("f-attestations-serious-risk-bool-error"), "{}", again.words());
    assert!(again.html.contains("f-attestations-threat-error"));
}

#[test]
fn what_a_vault_keeps_is_named_and_no_box_and_never_comes_to_a_confirmation() {
    let house = House::estrie();
    let louise = Browser::signed_in(&house, "louise");
    let page = asked(&house, &louise);
    assert!(!page.html.contains(&format!("name=\"{}\"", fact(&house, "f06"))));
    assert!(
        page.says("Un renseignement n’est pas offert ici : il est sous coffre, réservé à votre organisme."),
        "{}",
        page.words()
    );
    let sharing = format!("/dossiers/{}/faits/{}/partage", house.file().id, house.file().facts["f06"]);
    assert!(page.html.contains(&format!("href=\"{sharing}\"")), "{}", page.html);
    let form = attested(page.form(&format!("{}/nouvelle", levees(&house))))
        .with(&fact(&house, "f06"), "on")
        .with(&to(&house, "police-demo"), "able_to_aid");
    let refused = louise.send(form);
    assert_eq!(refused.status, 422, "{}", refused.words());
    assert!(refused.says("Ce renseignement est sous coffre"), "{}", refused.words());
    assert!(refused.forms(&levees(&house)).is_empty(), "nothing can be confirmed");
    // Whoever opens the vault finds the box.
    let open = louise.get(&sharing).form(&sharing).with("_way", "open");
    assert!(louise.send(open).says("Le partage de ce renseignement est changé."));
    let page = asked(&house, &louise);
    assert!(page.html.contains(&format!("name=\"{}\"", fact(&house, "f06"))));
    assert!(!page.says("sous coffre"), "{}", page.words());
}

#[test]
fn a_fact_whose_vault_names_somebody_is_refused_beside_its_box_before_the_preview_to_anybody_else() {
    let house = House::estrie();
    let named = json!({"agencies": [house.loaded.agencies["sante-demo"]]});
    let vault = format!("{}/facts/{}/vault", house.file_path(), house.file().facts["f09"]);
    house.sign_in("louise").for_purpose(SAFETY).post(&vault, &named).expect(200);
    let louise = Browser::signed_in(&house, "louise");
    let page = asked(&house, &louise);
    assert!(page.says("Sous coffre, seulement pour : CIUSSS (démonstration)"), "{}", page.words());
    let form = page.form(&format!("{}/nouvelle", levees(&house)));
    let refused =
        louise.send(form.with(&fact(&house, "f09"), "on").with(&to(&house, "police-demo"), "able_to_aid"));
    assert_eq!(refused.status, 422, "{}", refused.words());
    let id = format!("f-fact-{}-error", house.file().facts["f09"]);
    assert!(refused.html.contains(&id), "{}", refused.words());
    assert!(refused.html.contains("f-attestations-threat-error"), "what else is missing is said with it");
    assert!(refused.forms(&levees(&house)).is_empty(), "nothing can be confirmed");
    let again = attested(refused.form(&format!("{}/nouvelle", levees(&house))));
    assert_eq!(again.get(&fact(&house, "f09")), Some("on"));
    let again = again.with(&to(&house, "police-demo"), "").with(&to(&house, "sante-demo"), "able_to_aid");
    let preview = louise.send(again);
    assert_eq!(preview.status, 200, "{}", preview.words());
    let done = louise.send(preview.form(&levees(&house)));
    assert!(done.says("La levée est faite."), "{}", done.words());
}

#[test]
fn the_form_is_read_before_the_law_which_is_folded_and_every_list_says_what_choosing_nothing_means() {
    let house = House::estrie();
    let page = asked(&house, &Browser::signed_in(&house, "louise"));
    let (before, law) = page.html.split_once("<section class=\"law\"").unwrap();
    assert!(before.contains("Voir ce que chacun verra</button>"), "the form is first");
    assert!(before.contains("href=\"#law\"") && law.contains("id=\"law\""));
    assert!(law.contains("<details><summary>") && !law.contains("<details open"), "{law}");
    assert!(page.says("Le texte de loi en bref. En vigueur depuis 2023."), "{}", page.words());
    let lists = page.html.matches("<select").count();
    assert!(lists > 0);
    assert_eq!(page.html.matches("<option value=\"\">Ne rien dire</option>").count(), lists);
}

#[test]
fn the_record_given_with_the_act_is_complete_and_names_what_was_chosen() {
    let house = House::estrie();
    let louise = Browser::signed_in(&house, "louise");
    let form = begun(&house, &louise)
        .with("record/exposed[]", &house.file().persons["mireille"].to_string())
        .with("record/act_feared", "homicide conjugal")
        .with("record/danger", "étranglement")
        .with("record/urgency", "séparation récente");
    let preview = louise.send(form);
    assert!(preview.says("Le registre en sept points sera complet."), "{}", preview.words());
    let done = louise.send(preview.form(&levees(&house)));
    assert!(done.says("La levée est faite et inscrite au registre."), "{}", done.words());
    let register = house.sign_in("louise").get("/api/v1/registers/disclosures").expect(200);
    let record = &register["items"][0]["register"]["record"];
    assert!(record["information"].as_str().unwrap().contains("Étranglement"), "{record}");
}

#[test]
fn one_may_go_back_from_the_preview_and_finds_everything_as_it_was() {
    let house = House::estrie();
    let louise = Browser::signed_in(&house, "louise");
    let preview = louise.send(begun(&house, &louise));
    let back = louise.send(preview.form(&format!("{}/nouvelle", levees(&house))));
    assert_eq!(back.status, 200);
    let form = back.form(&format!("{}/nouvelle", levees(&house)));
    assert_eq!(form.get(&fact(&house, "f13")), Some("on"));
    assert_eq!(form.get(&to(&house, "aide-victimes-demo")), Some("able_to_aid"));
    assert_eq!(form.get("attestations/threat"), Some("act_of_violence"));
}

#[test]
fn the_record_follows_and_a_late_one_is_marked() {
    let house = House::estrie();
    let louise = Browser::signed_in(&house, "louise");
    let made = louise.send(louise.send(begun(&house, &louise)).form(&levees(&house)));
    assert!(made.says("Registre à compléter avant le 23 nov. 2026, 10 h"), "{}", made.words());
    let path = made.html.split("href=\"").find(|part| part.contains("/registre\"")).unwrap();
    let path = path.split('"').next().unwrap();
    let form = louise.get(path).form(path);
    let refused = louise.send(form.clone().with("danger", "étranglement"));
    assert_eq!(refused.status, 422);
    let done = louise.send(
        form.with("exposed[]", &house.file().persons["mireille"].to_string())
            .with("act_feared", "homicide conjugal")
            .with("danger", "étranglement")
            .with("urgency", "séparation récente")
            .with("information", "étranglement"),
    );
    assert!(done.says("Le registre est complet."), "{}", done.words());
    assert!(done.says("Registre complété le 22 nov. 2026, 10 h"));
    assert!(!done.says("En retard"));
    assert_eq!(ESTRIE_NOW, "2026-11-22T15:00:00Z");
}

#[test]
fn a_revoked_disclosure_ends_at_once() {
    let house = House::estrie();
    let louise = Browser::signed_in(&house, "louise");
    let made = louise.send(louise.send(begun(&house, &louise)).form(&levees(&house)));
    let path = made.html.split("href=\"").find(|part| part.contains("/revoquer\"")).unwrap();
    let path = path.split('"').next().unwrap().to_owned();
    let asked = louise.get(&path);
    assert!(asked.says("ses destinataires ne liront plus ces renseignements"), "{}", asked.words());
    let done = louise.send(asked.form(&path));
    assert!(done.says("La levée est révoquée.") && done.says("Révoquée le"), "{}", done.words());
    assert!(!names(&facts_of(&house, "sofia")).contains(&"strangulation".to_owned()));
}

#[test]
fn attesting_again_marks_what_came_since_and_ticks_nothing() {
    let house = House::estrie();
    let yves = Browser::signed_in(&house, "yves");
    let correction = json!({"person": house.file().persons["stephane"], "field": "suicidal_ideation",
        "value": "Nouvel entretien, mêmes propos.", "supersedes": house.file().facts["f27"]});
    let rest = house.sign_in("yves").for_purpose(SAFETY);
    let newer = rest.post(&format!("{}/facts", house.file_path()), &correction).expect(201)["id"].clone();
    let list = yves.get(&levees(&house));
    assert!(list.says("Attester de nouveau"));
    let page =
        yves.get(&format!("{}/nouvelle?renouvelle={}", levees(&house), house.file().disclosures["d1"]));
    assert!(
        page.says("2 renseignements ont été consignés depuis")
            || page.says("Un renseignement a été consigné depuis"),
        "{}",
        page.words()
    );
    assert!(page.says("Consigné depuis la levée"));
    assert!(!page.html.contains(" checked"));
    let form = page.form(&format!("{}/nouvelle", levees(&house)));
    assert_eq!(
        form.get(&to(&house, "police-demo")),
        Some("able_to_aid"),
        "the recipients are those of before"
    );
    let name = format!("fact/{}", newer.as_str().unwrap());
    let done = yves.send(yves.send(attested(form).with(&name, "on")).form(&levees(&house)));
    assert!(done.says("Atteste de nouveau une levée antérieure."), "{}", done.words());
}

#[test]
fn documents_that_came_since_are_offered_again_like_facts() {
    let house = House::estrie();
    let (_karine, meeting) = super::meeting::sitting(&house);
    let louise = Browser::signed_in(&house, "louise");
    let rest = |key: &str| house.sign_in(key).for_purpose(SAFETY);
    let mireille = house.file().persons["mireille"];
    super::meeting::write(
        &louise,
        &meeting,
        "apport",
        &[
            ("text", "Menaces répétées."),
            ("person", &mireille.to_string()),
            ("category", "violence_history"),
            ("certainty", "observed"),
        ],
    );
    let contributions =
        meeting.replace("/cellule", "/api/v1/mobilisations").replace("/rencontres", "/meetings");
    let contributions = format!("{contributions}/contributions");
    let brought = rest("louise").get(&contributions).expect(200)["items"][0]["document"].clone();
    let appraisals = crate::appraisals::path(&house);
    let grid = |level: &str| crate::appraisals::appraisal(&house, "cir-generique", json!({}), level);
    let judged = rest("amina").post(&appraisals, &grid("moderate")).expect(201)["id"].clone();
    let act = json!({"items": [{"document": brought}, {"document": judged}], "basis_code": "QC_P391_18_1",
        "recipients": [{"agency": house.loaded.agencies["police-demo"], "capacity": "able_to_aid"}],
        "attestations": {"serious_risk": true, "threat": "act_of_violence", "urgency": true, "necessary_only": true}});
    let act =
        rest("louise").post(&format!("{}/disclosures", house.file_path()), &act).expect(201)["id"].clone();
    let corrected = crate::appraisals::with(grid("imminent"), "supersedes", judged);
    let judged = rest("amina").post(&appraisals, &corrected).expect(201)["id"].clone();
    let text = json!({"person": mireille, "category": "violence_history", "text": "Menaces, et un couteau.",
        "certainty": "observed", "supersedes": brought});
    let brought = rest("louise").post(&contributions, &text).expect(201)["document"].clone();

    let page = louise.get(&format!("{}/nouvelle?renouvelle={}", levees(&house), act.as_str().unwrap()));
    assert!(page.says("2 renseignements ont été consignés depuis"), "{}", page.words());
    assert!(page.says("Apport à une rencontre (Histoire de violence)"), "{}", page.words());
    assert!(!page.html.contains(" checked"));
    let boxes = [judged, brought].map(|id| format!("document/{}", id.as_str().unwrap()));
    let mut form = attested(page.form(&format!("{}/nouvelle", levees(&house))));
    for name in &boxes {
        let beside = page.html.split(&format!("name=\"{name}\"")).nth(1).unwrap();
        assert!(beside.split("</div>").next().unwrap().contains("Consigné depuis la levée"), "{name}");
        form = form.with(name, "on");
    }
    // Going back from the preview, and a refusal, leave them chosen.
    let preview = louise.send(form.clone());
    assert_eq!(preview.status, 200, "{}", preview.words());
    let back = louise.send(preview.form(&format!("{}/nouvelle", levees(&house))));
    assert_eq!(back.form(&format!("{}/nouvelle", levees(&house))).get(&boxes[1]), Some("on"));
    let refused = louise.send(form.with("attestations/threat", ""));
    assert_eq!(refused.status, 422);
    assert_eq!(refused.form(&format!("{}/nouvelle", levees(&house))).get(&boxes[1]), Some("on"));
    let done = louise.send(preview.form(&levees(&house)));
    assert!(done.says("Atteste de nouveau une levée antérieure."), "{}", done.words());
    let told = rest("marc").get(&format!("{}/disclosures", house.file_path())).expect(200);
    let told = told["items"].as_array().unwrap().iter().find(|one| one["renews"] == act).unwrap().to_string();
    assert!(boxes.iter().all(|name| told.contains(name.trim_start_matches("document/"))), "{told}");
}

#[test]
fn recipients_see_that_they_were_told_and_by_whom_and_never_the_record() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let list = amina.get(&levees(&house));
    assert_eq!(list.status, 200);
    assert!(
        list.says("Services aux conjoints (démonstration)") && list.says("En vigueur jusqu’au"),
        "{}",
        list.words()
    );
    assert!(!list.says("Registre complété") && !list.html.contains("homicide suivi de suicide"));
    assert!(!list.html.contains("/revoquer") && !list.html.contains("/levees/nouvelle"), "a worker cannot");
}

#[test]
fn whoever_cannot_disclose_is_not_led_through_the_form_and_who_may_not_know_meets_nothing() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    assert_eq!(asked(&house, &amina).status, 403);
    for stranger in ["eric", "dominic"] {
        let browser = Browser::signed_in(&house, stranger);
        assert_eq!(asked(&house, &browser).status, 404, "{stranger}");
        assert_eq!(browser.get(&levees(&house)).status, 404, "{stranger}");
    }
    let marc = Browser::signed_in(&house, "marc");
    let of_yves = format!("{}/{}", levees(&house), house.file().disclosures["d1"]);
    assert_eq!(marc.get(&format!("{of_yves}/registre")).status, 404, "another agency's act");
    assert_eq!(marc.get(&format!("{of_yves}/revoquer")).status, 404);
}

#[test]
fn the_form_stands_in_english_too() {
    let house = House::estrie();
    let louise = Browser::signed_in(&house, "louise");
    louise.get("/langue?vers=en&suite=/accueil");
    let page = asked(&house, &louise);
    assert!(page.says("What the law says today") && page.says("See what each will see"), "{}", page.words());
    assert!(page.says("CQLR, c. P-39.1, s. 18.1") && page.says("Tell nothing"));
}
