//! What is around a file: agencies, attachments, dates; finding a file; what waits.

use tests::harness::{Browser, House, Plan, demonstration};

use super::file;
use crate::safety_net::{agreed, at_work, patrol};

#[test]
fn a_respondent_brings_an_agency_in_and_ends_the_place_of_her_own_after_a_confirmation() {
    let house = House::estrie();
    let louise = Browser::signed_in(&house, "louise");
    let path = format!("{}/cercle", file(&house));
    let page = louise.get(&path);
    assert!(page.says("jusqu’au 19 novembre 2026"), "{}", page.words());
    let missing = louise.send(page.form(&path));
    assert_eq!(missing.status, 422);
    let back = house.loaded.agencies["aide-victimes-demo"].to_string();
    let joined = louise.send(page.form(&path).with("agency", &back));
    assert!(joined.says("L’organisme est entré dans le cercle."), "{}", joined.words());
    let own = house.loaded.agencies["hebergement-demo"];
    let end = format!("{path}/{own}/fin");
    let asked = louise.get(&end);
    assert!(asked.says("que les renseignements dont il est la source"));
    let left = louise.send(asked.form(&end));
    assert!(left.says("Votre organisme n’est plus dans le cercle de ce dossier."), "{}", left.words());
    let seen = louise.get(&file(&house));
    assert!(seen.status == 200 && !seen.html.contains("/faits/nouveau\""), "only her agency's own is left");
}

#[test]
fn a_worker_sees_the_circle_and_changes_nothing_of_it() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let page = amina.get(&format!("{}/cercle", file(&house)));
    assert!(page.says("depuis le") && !page.says("Faire entrer dans le cercle"));
}

#[test]
fn who_recuses_herself_is_told_what_it_means_and_the_file_exists_no_more() {
    let house = House::estrie();
    let julie = Browser::signed_in(&house, "julie");
    let path = format!("{}/recusation", file(&house));
    let asked = julie.get(&path);
    assert!(asked.says("Aussitôt, ce dossier n’existe plus pour vous"));
    let done = julie.send(asked.form(&path));
    assert!(done.says("Votre récusation est consignée.") && !done.says("EST-2026-0007"), "{}", done.words());
    assert_eq!(julie.get(&file(&house)).status, 404);
}

#[test]
fn a_document_is_attached_read_where_it_may_be_and_retracted() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let path = format!("{}/pieces", file(&house));
    let form = amina.get(&path).form(&path);
    let form = form
        .with("person", &house.file().persons["mireille"].to_string())
        .with("category", "violence_history")
        .with("name", "Jugement canari");
    let content = b"%PDF-1.7\nles mots du jugement\n";
    let program = amina.send_with_file(&form, "file", b"MZ\x90\x00\x03\x00\x00\x00\x04\x00");
    assert_eq!(program.status, 422);
    assert_eq!(program.form(&path).get("name"), Some("Jugement canari"), "nothing is lost");
    assert_eq!(amina.send_with_file(&form, "file", b"").status, 422);
    let done = amina.send_with_file(&form, "file", content);
    assert!(done.says("La pièce est jointe.") && done.says("PDF, 1 Ko"), "{}", done.words());
    let link = |page: &str| {
        let start = page.find(&format!("href=\"{path}/")).map(|at| at + 6)?;
        page[start..].split('"').next().map(str::to_owned)
    };
    let download = link(&done.html).unwrap();
    let marc = Browser::signed_in(&house, "marc");
    assert!(marc.get(&path).says("Jugement canari"));
    let answer = marc.fetch(&download);
    assert_eq!((answer.status, answer.bytes.as_slice()), (200, &content[..]));
    assert!(answer.header("content-disposition").unwrap().contains("Jugement%20canari.pdf"));
    let yves = Browser::signed_in(&house, "yves");
    assert!(!yves.get(&path).html.contains("canari"));
    assert_eq!(yves.fetch(&download).status, 404);
    let louise = Browser::signed_in(&house, "louise");
    let retraction = download.replace("/contenu", "/retrait");
    let gone = louise.send(louise.get(&retraction).form(&retraction));
    assert!(gone.says("La pièce est retirée et son contenu, effacé."), "{}", gone.words());
    assert_eq!(marc.fetch(&download).status, 404);
}

#[test]
fn a_form_with_a_file_that_does_not_come_from_our_pages_does_nothing() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let path = format!("{}/pieces", file(&house));
    let form = amina.get(&path).form(&path).with("_csrf", "ailleurs");
    assert_eq!(amina.send_with_file(&form, "file", b"%PDF-1.7\n").status, 403);
}

#[test]
fn the_timeline_puts_what_shows_under_its_date_the_newest_first() {
    let house = House::estrie();
    let page = Browser::signed_in(&house, "amina").get(&format!("{}/chronologie", file(&house)));
    let words = page.words();
    let at = |what: &str| words.find(what).unwrap_or_else(|| panic!("no “{what}” in {words}"));
    assert!(at("17 novembre 2026") < at("16 novembre 2026"));
    assert!(at("16 novembre 2026") < at("28 octobre 2026"), "a separation stands at its own date");
    assert!(page.says("Consentement ou refus donné"));
}

#[test]
fn files_are_chosen_by_their_status_and_a_person_is_found_without_a_name_in_the_address() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    assert!(amina.get("/dossiers?cell=&status=active").says("EST-2026-0007"));
    let closed = amina.get("/dossiers?cell=&status=closed");
    assert!(closed.says("Aucun dossier ne répond à ce choix."), "{}", closed.words());
    assert_eq!(amina.get("/dossiers?status=perdu").status, 400);
    let form = amina.get("/recherche").form("/recherche");
    let form = form.with("family_name", "boisvert").with("birth_year:int", "1991");
    let found = amina.send(form.clone());
    assert_eq!(found.path, "/recherche");
    assert!(found.says("1 personne trouvée") && found.says("EST-2026-0007"), "{}", found.words());
    let missing = amina.send(form.clone().with("birth_year:int", ""));
    assert_eq!(missing.status, 422);
    let dominic = Browser::signed_in(&house, "dominic");
    let form = dominic.get("/recherche").form("/recherche");
    let nobody = dominic.send(form.with("family_name", "boisvert").with("birth_year:int", "1991"));
    assert!(nobody.says("Personne n’a été trouvé") && !nobody.says("EST-2026-0007"), "{}", nobody.words());
}

#[test]
fn what_waits_for_somebody_is_on_the_first_page() {
    let house = House::build(Plan { scenario: demonstration(), ..Plan::default() });
    let mut meetings = 0;
    for key in ["amina", "louise", "marc", "julie", "thomas", "karine", "nadia", "rose"] {
        let persona = house.sign_in(key);
        let called = persona.get("/api/v1/me/meetings").expect(200)["items"].as_array().unwrap().len();
        let home = Browser::signed_in(&house, key).get("/accueil");
        assert_eq!(home.says("Vos rencontres"), called > 0, "{key}");
        meetings += called;
    }
    assert!(meetings > 0, "somebody is called");
    let louise = house.sign_in("louise").for_purpose("safety_planning");
    let path = "/api/v1/registers/disclosures/incomplete";
    let waiting = louise.get(path).expect(200)["items"].as_array().unwrap().len();
    let home = Browser::signed_in(&house, "louise").get("/accueil");
    assert_eq!(home.says("Levées de confidentialité à documenter"), waiting > 0);
    house.sign_in("amina").get(path).problem(403, "not-permitted");
}

#[test]
fn whoever_answers_for_an_action_finds_it_on_the_first_page_until_it_is_done() {
    let house = House::estrie();
    let path = at_work(&house);
    let action = agreed(&house, &path, &patrol(&house));
    let home = Browser::signed_in(&house, "julie").get("/accueil");
    assert!(home.says("Vos mesures du filet de sécurité") && home.says("bientôt"), "{}", home.words());
    assert!(!Browser::signed_in(&house, "marc").get("/accueil").says("Vos mesures"));
    let julie = house.sign_in("julie").for_purpose("safety_planning");
    let own = julie.get("/api/v1/me/actions").expect(200);
    assert_eq!(own["items"].as_array().unwrap().len(), 1);
    assert_eq!(format!("{path}/actions/{}", own["items"][0]["id"].as_str().unwrap()), action);
    let eric = house.sign_in("eric").for_purpose("safety_planning");
    assert_eq!(eric.get("/api/v1/me/actions").expect(200)["items"].as_array().unwrap().len(), 0);
}
