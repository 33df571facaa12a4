//! A meeting of the cell, called and run on its page.

use serde_json::{Value, json};
use tests::harness::{Browser, House, Page, Persona};

fn who(house: &House, key: &str) -> Persona {
    house.sign_in(key).for_purpose("safety_planning")
}

/// The cell is triggered and knows that it is about the scenario's file. The path of its page.
fn at_work(house: &House) -> String {
    let path = crate::safety_net::at_work(house);
    path.replace("/api/v1/mobilisations", "/cellule")
}

/// The form to convene, with the person of each of these agencies chosen as somebody would.
fn call(karine: &Browser, house: &House, path: &str, people: &[&str]) -> Page {
    let to = format!("{path}/rencontres/nouvelle");
    let page = karine.get(&to);
    assert_eq!(page.status, 200, "{}", page.words());
    let mut form = page.form(&to).with("starts_at:time", "2026-11-22T15:00").with("place", "Salle Zq-canari");
    for key in people {
        let id = house.loaded.users[*key].to_string();
        let select = page
            .html
            .split("<select")
            .find(|part| part.contains("/person\"") && part.contains(&format!("value=\"{id}\"")))
            .unwrap_or_else(|| panic!("{key} cannot be chosen"));
        let name = select.split("name=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        form = form.with(&name, &id);
    }
    karine.send(form)
}

fn called(house: &House) -> (Browser, String) {
    let path = at_work(house);
    let karine = Browser::signed_in(house, "karine");
    let page = call(&karine, house, &path, &["marc", "louise", "thomas", "nadia"]);
    assert!(page.says("La rencontre est convoquée et chaque personne est avisée."), "{}", page.words());
    let path = page.path.split('?').next().unwrap().to_owned();
    (karine, path)
}

pub fn write(browser: &Browser, path: &str, verb: &str, fields: &[(&str, &str)]) -> Page {
    let form = browser.get(path).form(&format!("{path}/{verb}"));
    browser.send(fields.iter().fold(form, |form, (name, words)| form.with(name, words)))
}

pub fn sitting(house: &House) -> (Browser, String) {
    let (karine, path) = called(house);
    let open = write(&karine, &path, "ouvrir", &[("undertaking:bool", "true")]);
    assert!(open.says("La rencontre est ouverte."), "{}", open.words());
    for key in ["louise", "marc", "thomas"] {
        let came = write(&Browser::signed_in(house, key), &path, "venir", &[("undertaking:bool", "true")]);
        assert!(came.says("Votre arrivée est notée."), "{}", came.words());
    }
    (karine, path)
}

#[test]
fn a_meeting_about_a_child_is_called_with_child_protection_or_not_at_all() {
    let house = House::estrie();
    let path = at_work(&house);
    let karine = Browser::signed_in(&house, "karine");
    let asked = karine.get(&format!("{path}/rencontres/nouvelle"));
    assert!(asked.says("Un enfant est au dossier"), "{}", asked.words());
    assert!(asked.says("La cellule s’est engagée à se réunir au plus tard"), "{}", asked.words());
    let without = call(&karine, &house, &path, &["marc", "louise", "thomas"]);
    assert_eq!(without.status, 422, "{}", without.words());
    // Whoever was chosen is chosen still.
    let marc = house.loaded.users["marc"];
    assert!(without.html.contains(&format!("value=\"{marc}\" selected")), "{}", without.html);
    assert_eq!(call(&karine, &house, &path, &["marc", "louise", "thomas", "nadia"]).status, 200);
    // Nobody but the coordination convenes.
    let louise = Browser::signed_in(&house, "louise");
    assert!(!louise.get(&path).html.contains("rencontres/nouvelle"));
}

#[test]
fn who_is_called_finds_it_among_her_meetings_and_replies_there() {
    let house = House::estrie();
    let (karine, path) = called(&house);
    let marc = Browser::signed_in(&house, "marc");
    let mine = marc.get("/rencontres");
    assert!(mine.html.contains(&path), "{}", mine.words());
    let form = mine.form(&format!("{path}/reponse"));
    let id = path.rsplit('/').next().unwrap();
    let replied = marc.send(form.with(&format!("reply:{id}"), "attending"));
    assert!(replied.says("Votre réponse est enregistrée."), "{}", replied.words());
    assert!(karine.get(&path).says("J’y serai"));
    assert!(Browser::signed_in(&house, "rose").get("/rencontres").says("aucune rencontre"));
    // What an agency answers with is for the coordination, and why it withholds for nobody.
    let said = write(&marc, &path, "position", &[("answer", "withheld"), ("reason", "court_order")]);
    assert!(said.says("Une ordonnance l’interdit"), "{}", said.words());
    let seen = karine.get(&path);
    assert!(
        seen.says("Il ne communique pas")
            && !seen.says("Une ordonnance l’interdit (")
            && !seen.html.contains("(Une ordonnance"),
        "{}",
        seen.words()
    );
}

#[test]
fn the_meeting_is_run_on_its_page_and_what_is_said_is_written_as_it_is_said() {
    let house = House::estrie();
    let (karine, path) = sitting(&house);
    let mireille = house.file().persons["mireille"].to_string();
    let decided = write(
        &karine,
        &path,
        "decision",
        &[("text", "Ne pas appeler Zq-canari-décision"), ("kind", "must_not"), ("person", &mireille)],
    );
    assert!(decided.says("La décision est inscrite."), "{}", decided.words());
    assert!(decided.says("Ne pas appeler Zq-canari-décision"), "{}", decided.words());
    let julie = house.loaded.users["julie"].to_string();
    let action = write(
        &karine,
        &path,
        "mesure",
        &[
            ("kind", "patrol"),
            ("owner", &julie),
            ("protects[]", &mireille),
            ("due_at:time", "2026-11-23T10:00"),
        ],
    );
    assert!(action.says("La mesure est inscrite au filet."), "{}", action.words());
    assert!(action.says("Patrouille ou surveillance des lieux"), "{}", action.words());
    // The short forms are there still, for what is said next.
    assert!(action.html.contains(&format!("action=\"{path}/decision\"")));
    let item = write(&karine, &path, "ordre", &[("items/0/code", "children")]);
    assert!(item.says("Sécurité des enfants"), "{}", item.words());
    let closed = write(&karine, &path, "clore", &[]);
    assert!(closed.says("La rencontre est close."), "{}", closed.words());
    let minutes = karine.get(&format!("{path}/compte-rendu?format=html"));
    assert!(minutes.html.contains("Zq-canari-décision"), "{}", minutes.html);
}

#[test]
fn others_in_the_room_read_what_happens_without_losing_what_they_type() {
    let house = House::estrie();
    let (_karine, path) = sitting(&house);
    let louise = Browser::signed_in(&house, "louise");
    let page = louise.get(&path);
    // The part that is read anew holds no field, so that nothing typed is in its way.
    let live = page.html.split("id=\"live\"").nth(1).unwrap().split("split__side").next().unwrap();
    for field in ["<input", "<textarea", "<select", "<form"] {
        assert!(!live.contains(field), "{field}");
    }
    assert!(page.html.contains(&format!("hx-get=\"{path}/direct?vu=")), "{}", page.html);
    let fragment = louise.get(&format!("{path}/direct"));
    assert!(fragment.html.starts_with("<div id=\"live\""), "{}", fragment.html);
    assert!(fragment.html.contains("Marc Lavallée") && !fragment.html.contains("<form"));
    // Who is not of the circle nor called is told what nobody is told.
    assert_eq!(Browser::signed_in(&house, "dominic").get(&format!("{path}/direct")).status, 404);
    assert_eq!(Browser::signed_in(&house, "eric").get(&path).status, 404);
}

#[test]
fn what_is_told_aloud_says_who_hears_and_on_what() {
    let house = House::estrie();
    let (karine, path) = sitting(&house);
    let louise = Browser::signed_in(&house, "louise");
    let bases = louise.get(&format!("{path}/dire"));
    assert!(bases.says("Avec consentement"), "{}", bases.words());
    let page = louise.get(&format!("{path}/dire?fondement=consentement"));
    assert!(page.says("Entendront") && page.says("Marc Lavallée"), "{}", page.words());
    let fact = house.file().facts["f09"].to_string();
    let form = page.form(&format!("{path}/dire"));
    let refused = louise.send(form.clone().with(&format!("fact/{fact}"), "on"));
    let allowed = refused.status == 200;
    let told = who(&house, "karine").get(&format!("{}/oral-disclosures", api(&path))).expect(200);
    assert_eq!(!told["items"].as_array().unwrap().is_empty(), allowed, "{}", refused.words());
    // Nothing chosen is nothing told.
    let empty = louise.send(form);
    assert_eq!(empty.status, 422, "{}", empty.words());
    assert!(karine.get(&path).status == 200);
}

#[test]
fn a_legal_basis_asks_for_its_words_and_choices_and_for_the_register_when_something_is_told_aloud() {
    let house = House::estrie();
    let (karine, path) = sitting(&house);
    let louise = Browser::signed_in(&house, "louise");
    let to = format!("{path}/dire");
    let bases = louise.get(&to);
    assert!(bases.html.contains("QC_P391_18_1"), "{}", bases.words());
    assert!(!bases.html.contains("\"QC_A21_59_1\""), "a shelter is no public body");
    let page = louise.get(&format!("{to}?fondement=QC_P391_18_1"));
    let fact = format!("fact/{}", house.file().facts["f09"]);
    let form = page.form(&to).with(&fact, "on").with("basis/record/danger", "étranglement");
    // What the basis asks is asked, and what was written is there again.
    let missing = louise.send(form.clone().with("basis/record/danger", ""));
    assert_eq!(missing.status, 422);
    assert!(missing.html.contains("f-basis-attestations-threat-error"), "{}", missing.words());
    assert_eq!(missing.form(&to).get(&fact), Some("on"));
    let attested = form
        .with("basis/attestations/serious_risk:bool", "true")
        .with("basis/attestations/urgency:bool", "true")
        .with("basis/attestations/necessary_only:bool", "true")
        .with("basis/attestations/threat", "act_of_violence");
    let half = louise.send(attested.clone());
    assert_eq!(half.status, 422, "a record is whole or waits: {}", half.words());
    assert_eq!(half.form(&to).get("basis/record/danger"), Some("étranglement"));
    assert_eq!(half.form(&to).get("basis/attestations/threat"), Some("act_of_violence"));
    let told = louise.send(
        attested
            .with("basis/record/exposed[]", &house.file().persons["mireille"].to_string())
            .with("basis/record/act_feared", "homicide conjugal")
            .with("basis/record/urgency", "séparation récente")
            .with("basis/record/information", "étranglement"),
    );
    assert!(told.says("Ce qui a été dit est inscrit"), "{}", told.words());
    let acts = house.sign_in("louise").get("/api/v1/registers/disclosures").expect(200);
    let oral: Vec<_> =
        acts["items"].as_array().unwrap().iter().filter(|act| act["channel"] == "oral").collect();
    assert_eq!(oral.len(), 3, "one for each who hears");
    assert!(oral.iter().all(|act| act["register"]["record"]["urgency"] == "séparation récente"));
    assert!(karine.get(&path).says("Dit de vive voix"));
}

#[test]
fn what_an_agency_brought_is_corrected_by_it_alone_and_the_correction_takes_its_place() {
    let house = House::estrie();
    let (karine, path) = sitting(&house);
    let louise = Browser::signed_in(&house, "louise");
    let mireille = house.file().persons["mireille"].to_string();
    let strangled = house.file().facts["f09"].to_string();
    let brought = write(
        &louise,
        &path,
        "apport",
        &[
            ("text", "Il a appelé lundi Zq-premier"),
            ("person", &mireille),
            ("category", "violence_history"),
            ("certainty", "reported"),
            ("known_on", "2026-11-20"),
            ("facts[]", &strangled),
        ],
    );
    let to = brought.html.split("href=\"").find(|part| part.contains("/apports/")).unwrap();
    let to = to.split('"').next().unwrap().to_owned();
    // Whoever else reads it is offered nothing to correct.
    for key in ["karine", "thomas"] {
        let other = Browser::signed_in(&house, key);
        let seen = other.get(&path);
        assert!(!seen.html.contains("/apports/"), "{key}");
        assert_eq!(other.get(&to).status, 404, "{key}");
    }
    let form = louise.get(&to).form(&to);
    assert_eq!(form.get("text"), Some("Il a appelé lundi Zq-premier"));
    assert_eq!(form.get("category"), Some("violence_history"));
    assert_eq!(form.get("known_on"), Some("2026-11-20"));
    assert_eq!(form.get("facts[]"), Some(strangled.as_str()));
    let ahead = louise.send(form.clone().with("known_on", "2027-01-01").with("text", "Mardi, en fait"));
    assert_eq!(ahead.status, 422, "{}", ahead.words());
    assert_eq!(ahead.form(&to).get("text"), Some("Mardi, en fait"), "nothing written is lost");
    let late = form.clone().with("text", "Mercredi, selon elle").with("_once", "une autre fois");
    let done = louise.send(form.with("text", "Il a appelé mardi Zq-second"));
    assert!(done.says("La correction est inscrite."), "{}", done.words());
    assert!(done.says("Zq-second") && !done.says("Zq-premier"), "{}", done.words());
    let shown = who(&house, "louise").get(&format!("{}/contributions", api(&path))).expect(200);
    assert_eq!(shown["items"].as_array().unwrap().len(), 1);
    assert_eq!(shown["items"][0]["facts"], json!([strangled]));
    // A colleague who was writing at the same time loses nothing.
    let late = louise.send(late);
    assert_eq!(late.status, 422, "{}", late.words());
    assert_eq!(late.form(&to).get("text"), Some("Mercredi, selon elle"));
    // What was corrected already is corrected at its newest version, and no more when the meeting is over.
    assert_eq!(louise.get(&to).status, 404);
    write(&karine, &path, "clore", &[]);
    assert!(!louise.get(&path).html.contains("/apports/"));
}

fn pulse(house: &House, key: &str, path: &str) -> Value {
    who(house, key).get(&format!("{}/pulse", api(path))).expect(200)["pulse"].clone()
}

#[test]
fn the_room_is_read_anew_only_when_something_changed_for_who_looks() {
    let house = House::estrie();
    let (karine, path) = sitting(&house);
    let thomas = Browser::signed_in(&house, "thomas");
    let polled = |page: &Page| {
        let part = page.html.split("hx-get=\"").nth(1).unwrap();
        part.split('"').next().unwrap().to_owned()
    };
    let at = polled(&thomas.get(&path));
    assert!(at.starts_with(&format!("{path}/direct?vu=")), "{at}");
    let rows = || house.database.ask("select count(*) from access_event").parse::<u32>().unwrap();
    let before = rows();
    let same = thomas.fetch(&at);
    assert_eq!((same.status, same.text.as_str()), (204, ""), "nothing is sent again");
    assert_eq!(rows(), before + 1, "and it leaves one row");
    write(&karine, &path, "ordre", &[("items/0/code", "children")]);
    let anew = thomas.get(&at);
    assert!(anew.html.contains("Sécurité des enfants"), "{}", anew.html);
    let next = polled(&anew);
    assert_ne!(next, at);
    assert_eq!(thomas.fetch(&next).status, 204);
    // Who may not know of the meeting is told what nobody is told.
    assert_eq!(Browser::signed_in(&house, "dominic").get(&at).status, 404);
    who(&house, "dominic").get(&format!("{}/pulse", api(&path))).problem(404, "not-found");
}

#[test]
fn what_does_not_show_moves_no_pulse() {
    let house = House::estrie();
    let (_karine, path) = sitting(&house);
    let watched = ["marc", "karine", "thomas", "louise"];
    let before = watched.map(|key| pulse(&house, key, &path));
    let shown = |key: &str| who(&house, key).get(&format!("{}/contributions", api(&path))).text;
    let said = write(
        &Browser::signed_in(&house, "louise"),
        &path,
        "apport",
        &[
            ("text", "Zq-canari-pouls"),
            ("person", &house.file().persons["mireille"].to_string()),
            ("category", "sexual_violence"),
            ("certainty", "reported"),
        ],
    );
    assert!(said.says("Zq-canari-pouls"), "{}", said.words());
    for (key, was) in watched.iter().zip(&before) {
        let moved = pulse(&house, key, &path) != *was;
        assert_eq!(moved, shown(key).contains("Zq-canari-pouls"), "{key}");
    }
    assert_eq!(pulse(&house, "marc", &path), before[0], "the police is not told of sexual violence");
    assert_ne!(pulse(&house, "louise", &path), before[3]);
}

#[test]
fn no_pulse_is_given_while_the_log_cannot_be_written() {
    let house = House::estrie();
    let (_karine, path) = sitting(&house);
    let marc = who(&house, "marc");
    house.database.run("revoke execute on function append_access from filet_app");
    marc.get(&format!("{}/pulse", api(&path))).problem(503, "unavailable");
    house.database.run("grant execute on function append_access to filet_app");
}

fn api(path: &str) -> String {
    path.replace("/cellule", "/api/v1/mobilisations").replace("/rencontres", "/meetings")
}

#[test]
fn the_page_of_a_meeting_shows_nothing_that_the_api_withholds() {
    let house = House::estrie();
    let (karine, path) = sitting(&house);
    let stephane = house.file().persons["stephane"].to_string();
    let said = write(
        &Browser::signed_in(&house, "louise"),
        &path,
        "apport",
        &[
            ("text", "Zq-canari-apport"),
            ("person", &house.file().persons["mireille"].to_string()),
            ("category", "sexual_violence"),
            ("certainty", "reported"),
        ],
    );
    assert!(said.says("Zq-canari-apport"), "{}", said.words());
    for key in ["marc", "karine", "thomas"] {
        let shown = who(&house, key).get(&format!("{}/contributions", api(&path))).text;
        let page = Browser::signed_in(&house, key).get(&path);
        assert_eq!(page.html.contains("Zq-canari-apport"), shown.contains("Zq-canari-apport"), "{key}");
    }
    let marc = Browser::signed_in(&house, "marc").get(&path);
    assert!(!marc.html.contains("Zq-canari-apport"), "the police is not told of sexual violence");
    assert!(!stephane.is_empty() && karine.get(&path).says("Salle Zq-canari"));
    assert_eq!(json!(marc.status), 200);
}

#[test]
fn somebody_leaves_for_an_item_and_the_room_says_so() {
    let house = House::estrie();
    let (karine, path) = sitting(&house);
    let page = karine.get(&path);
    let to =
        page.html.split(&format!("{path}/departs/")).nth(1).unwrap().split('"').next().unwrap().to_owned();
    let to = format!("{path}/departs/{to}");
    let left = karine.send(karine.get(&to).form(&to));
    assert!(left.says("Le départ est noté.") && left.says("sorti·e le"), "{}", left.words());
}
