//! Appraising on pages: unknown is an answer, a score decides nothing, and a page is no way round a wall.

use serde_json::{Value, json};
use tests::harness::{Browser, Filled, House, Page, Plan};

use crate::appraisals::{dash, import, shape};

const GRID: &str = "cir-generique";

fn base(house: &House) -> String {
    format!("/dossiers/{}/appreciations", house.file().id)
}

fn questions(house: &House, instrument: &str) -> String {
    format!("{}/nouvelle/{instrument}/{}", base(house), house.file().persons["mireille"])
}

fn answered(mut form: Filled, answers: &[(&str, &str)]) -> Filled {
    for (item, answer) in answers {
        form = form.with(&format!("answers/{item}/answer"), answer);
    }
    form
}

/// Amina appraises all at once; the page of what her answers amount to.
fn result(house: &House, browser: &Browser, instrument: &str, answers: &[(&str, &str)]) -> Page {
    let path = questions(house, instrument);
    let page = browser.send(answered(browser.get(&path).form(&path), answers));
    assert_eq!(page.path, format!("{path}/bilan"), "{}", page.words());
    page
}

fn judged(house: &House, browser: &Browser, answers: &[(&str, &str)], level: &str) -> Page {
    let path = format!("{}/bilan", questions(house, GRID));
    let form = result(house, browser, GRID, answers).form(&path).with("level", level);
    let page = browser.send(form);
    assert!(page.says("L’appréciation est enregistrée."), "{}", page.words());
    page
}

fn appraisals(house: &House, key: &str) -> Vec<Value> {
    let persona = house.sign_in(key).for_purpose("safety_planning");
    let list = persona.get(&format!("{}/appraisals", house.file_path())).expect(200);
    list["items"].as_array().unwrap().clone()
}

fn id(page: &Page) -> String {
    page.path.rsplit('/').next().unwrap().split('?').next().unwrap().to_owned()
}

#[test]
fn amina_chooses_answers_all_at_once_and_sets_the_level_herself() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let new = format!("{}/nouvelle", base(&house));
    let chosen = amina.get(&new).form(&new);
    assert!(amina.send(chosen.clone()).says("Choisissez une des réponses offertes."));
    let mireille = house.file().persons["mireille"].to_string();
    let page = amina.send(chosen.with("person", &mireille).with("instrument", GRID));
    assert_eq!(page.path, questions(&house, GRID));
    assert!(page.says("« On ne sait pas » est une réponse"), "{}", page.words());
    let path = questions(&house, GRID);
    let form = answered(
        page.form(&path),
        &[("strangulation", "present"), ("suicidal_signs", "unknown"), ("firearm", "possible")],
    );
    let form =
        form.with("answers/firearm/source", "relative").with("answers/strangulation/known_on", "2026-11-15");
    let result = amina.send(form);
    assert!(result.says("1 On ne sait pas"), "{}", result.words());
    assert!(appraisals(&house, "amina").is_empty(), "nothing is on the file before a person judged");
    let judge = result.form(&format!("{path}/bilan"));
    assert_eq!(judge.get("level"), None, "no level is chosen beforehand");
    let unset = amina.send(judge.clone());
    assert_eq!(unset.status, 422, "{}", unset.words());
    let done =
        amina.send(judge.with("level", "imminent").with("imminence", "Il connaît l’adresse de l’école."));
    assert!(done.says("Niveau établi : Imminent"), "{}", done.words());
    assert!(done.says("Il connaît l’adresse de l’école."));
    assert!(done.says("On ne sait pas") && done.says("selon une personne proche"));
    assert_eq!(appraisals(&house, "amina").len(), 1);
    // What was being written is gone: the next appraisal begins empty.
    assert_eq!(amina.get(&path).form(&path).get("answers/strangulation/answer"), Some(""));
}

#[test]
fn one_question_a_screen_and_all_at_once_write_the_same_draft() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let path = questions(&house, GRID);
    let first = amina.get(&format!("{path}?question=1"));
    assert!(first.says("Question 1 de 36"), "{}", first.words());
    assert_eq!(first.html.matches("<fieldset").count(), 1);
    assert_eq!(
        first.form(&path).get("answers/violence_history/answer"),
        Some(""),
        "not asked, and it says so"
    );
    let second = amina.send(first.form(&path).with("answers/violence_history/answer", "present"));
    assert!(second.path.ends_with("?question=2"), "{}", second.path);
    let third = amina.send(second.form(&path).with("answers/escalation/answer", "unknown"));
    assert!(third.says("Réponses : 2 sur 36"));
    let whole = amina.get(&path).form(&path);
    assert_eq!(whole.get("answers/violence_history/answer"), Some("present"));
    assert_eq!(whole.get("answers/escalation/answer"), Some("unknown"));
    amina.send(whole.with("answers/strangulation/answer", "absent"));
    let again = amina.get(&format!("{path}?question=3")).form(&path);
    assert_eq!(again.get("answers/strangulation/answer"), Some("absent"));
    assert_eq!(again.get("answers/escalation/answer"), Some("unknown"), "the others go with it");
    let last = amina.send(amina.get(&format!("{path}?question=36")).form(&path));
    assert_eq!(last.path, format!("{path}/bilan"));
}

#[test]
fn with_unknown_answers_the_score_is_a_range_and_no_level_comes_of_it() {
    let house = House::estrie();
    import(&house, &dash());
    let amina = Browser::signed_in(&house, "amina");
    let yes: Vec<(String, &str)> =
        (1..=10).map(|n| (n.to_string(), "yes")).chain((11..=20).map(|n| (n.to_string(), "no"))).collect();
    let yes: Vec<(&str, &str)> = yes.iter().map(|(item, answer)| (item.as_str(), *answer)).collect();
    let page = result(&house, &amina, "shape-dash", &yes);
    assert!(page.says("Score possible : de 10 à 14"), "{}", page.words());
    assert!(page.says("4 réponses manquent ou restent inconnues"));
    let path = format!("{}/bilan", questions(&house, "shape-dash"));
    let form = page.form(&path);
    // Above what the instrument suggests, a person says why; nothing written is lost.
    let bare = amina.send(form.clone().with("level", "immediate").with("imminence", "Ce soir."));
    assert_eq!(bare.status, 422);
    assert!(bare.says("C’est votre jugement : écrivez-en les raisons."), "{}", bare.words());
    assert_eq!(bare.form(&path).get("imminence"), Some("Ce soir."));
    let done = amina.send(
        bare.form(&path).with("level", "immediate").with("reasons", "Il a dit qu’il viendrait ce soir."),
    );
    assert!(done.says("Au-dessus de ce que l’outil suggère"), "{}", done.words());
}

#[test]
fn an_appraisal_is_corrected_where_it_stands_and_the_former_one_stays_readable() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let path = format!("{}/bilan", questions(&house, GRID));
    let form =
        result(&house, &amina, GRID, &[("strangulation", "absent"), ("firearm", "possible")]).form(&path);
    let form = form.with("level", "moderate").with("imminence", "Rien de précis.");
    let first = amina.send(form);
    let former = first.path.split('?').next().unwrap().to_owned();
    assert!(first.says("Corriger cette appréciation"), "{}", first.words());
    let to = format!("{former}/correction");
    let page = amina.get(&to);
    assert!(page.says("Vous corrigez l’appréciation du"), "{}", page.words());
    let form = page.form(&to);
    assert_eq!(form.get("answers/firearm/answer"), Some("possible"), "answered as it was");
    assert_eq!(amina.get(&format!("{to}?question=1")).status, 200);
    let judge = amina.send(form.with("answers/strangulation/answer", "present"));
    assert_eq!(judge.path, format!("{to}/bilan"), "{}", judge.words());
    assert!(judge.says("Niveau établi auparavant : Modéré"), "{}", judge.words());
    let form = judge.form(&format!("{to}/bilan"));
    assert_eq!(form.get("level"), None, "the level is established anew");
    assert_eq!(
        form.get("imminence"),
        Some("Rien de précis."),
        "what was written is corrected where it stands"
    );
    let unset = amina.send(form.clone().with("imminence", "Il a son horaire."));
    assert_eq!(unset.status, 422);
    assert_eq!(unset.form(&format!("{to}/bilan")).get("imminence"), Some("Il a son horaire."));
    let done = amina.send(form.with("level", "imminent").with("imminence", "Il a son horaire."));
    assert!(done.says("La correction est enregistrée."), "{}", done.words());
    assert!(done.html.contains(&format!("href=\"{former}\"")), "it leads to the version before");
    let old = amina.get(&former);
    assert!(old.says("a été corrigée depuis") && old.says("Rien de précis."), "{}", old.words());
    assert!(!old.html.contains("/correction\""), "only the newest is corrected");
    assert_eq!(appraisals(&house, "amina").len(), 1);
    let sent = amina.get(&to);
    let again = amina.send(sent.form(&to));
    let again = amina.send(again.form(&format!("{to}/bilan")).with("level", "watch"));
    assert_eq!(again.status, 422, "{}", again.words());
}

#[test]
fn only_ones_own_agencys_appraisals_are_corrected() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let made = judged(&house, &amina, &[("strangulation", "present")], "imminent");
    let made = made.path.split('?').next().unwrap().to_owned();
    // A colleague of the same agency may, whoever recorded it.
    let louise = Browser::signed_in(&house, "louise");
    assert!(louise.get(&made).says("Corriger cette appréciation"));
    for key in ["thomas", "marc", "karine", "eric"] {
        let other = Browser::signed_in(&house, key);
        assert!(!other.get(&made).says("Corriger cette appréciation"), "{key}");
        assert_eq!(other.get(&format!("{made}/correction")).status, 404, "{key}");
        assert_eq!(other.get(&format!("{made}/correction/bilan")).status, 404, "{key}");
    }
}

#[test]
fn an_instrument_is_offered_only_to_agencies_its_licence_names() {
    let house = House::estrie();
    let dash = shape(
        include_str!("../../../domain/src/instrument/tests/fixtures/shape-dash.json"),
        &["police-demo"],
    );
    import(&house, &dash);
    let amina = Browser::signed_in(&house, "amina");
    assert!(!amina.get(&format!("{}/nouvelle", base(&house))).html.contains("value=\"shape-dash\""));
    assert_eq!(amina.get(&questions(&house, "shape-dash")).status, 404);
    let julie = Browser::signed_in(&house, "julie");
    assert!(julie.get(&format!("{}/nouvelle", base(&house))).html.contains("value=\"shape-dash\""));
    // The reckoning is theirs likewise.
    let given = json!({"answers": {"1": {"answer": "yes"}}});
    let outcome = "/api/v1/instruments/shape-dash/outcome";
    let seen = house.sign_in("julie").post(outcome, &given).expect(200);
    assert_eq!(seen["score"], json!({"min": 1, "max": 24}));
    house.sign_in("amina").post(outcome, &given).problem(422, "invalid");
    house.sign_in("julie").post("/api/v1/instruments/never/outcome", &given).problem(404, "not-found");
    let wrong = json!({"answers": {"1": {"answer": "present"}}});
    let refused = house.sign_in("julie").post(outcome, &wrong).problem(422, "invalid");
    assert_eq!(refused["errors"][0]["pointer"], "/answers/1/answer");
}

#[test]
fn a_page_shows_no_answer_that_the_api_withholds() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let made =
        judged(&house, &amina, &[("sexual_coercion", "present"), ("strangulation", "present")], "imminent");
    let path = format!("{}/{}", base(&house), id(&made));
    let marc = Browser::signed_in(&house, "marc");
    let page = marc.get(&path);
    assert_eq!(page.status, 200, "{}", page.words());
    let line = |page: &Page, item: &str| {
        let line = page.html.split("<li").find(|line| line.contains(item)).unwrap();
        line.split("</li>").next().unwrap().to_owned()
    };
    assert!(line(&page, "Des gestes sexuels").contains("Non communiqué"));
    assert!(line(&page, "étranglement").contains("Présent"));
    assert!(line(&amina.get(&path), "Des gestes sexuels").contains("Présent"));
    // The paper is the same copy.
    let paper = marc.get(&format!("{path}/document?format=html"));
    assert_eq!(paper.status, 200);
    let row = paper.html.split("<tr").find(|row| row.contains("Des gestes sexuels")).unwrap();
    assert!(row.contains("non communiqué"), "{row}");
}

#[test]
fn an_appraisal_is_handed_out_as_a_document_to_a_browser_that_may_read_it() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let made = judged(&house, &amina, &[("strangulation", "present")], "aggravated");
    let path = format!("{}/{}/document?format=html", base(&house), id(&made));
    let page = amina.get(&path);
    assert_eq!(page.status, 200);
    assert!(page.html.contains("Aggravé") && page.html.contains("Copie pour"));
    let stranger = Browser::stranger(&house).get(&path);
    assert!(stranger.path.starts_with("/connexion"), "{}", stranger.path);
    for key in ["eric", "dominic", "yves"] {
        assert_eq!(Browser::signed_in(&house, key).get(&path).status, 404, "{key}");
    }
    assert_eq!(amina.get(&path.replace("html", "papyrus")).status, 400);
}

#[test]
fn two_appraisals_are_compared_and_followed_in_time_in_a_drawing_and_a_table() {
    // Two moments, which a clock that stands still would not give.
    let house = House::build(Plan { now: None, ..Plan::default() });
    let amina = Browser::signed_in(&house, "amina");
    judged(&house, &amina, &[("strangulation", "absent"), ("firearm", "unknown")], "moderate");
    let list = amina.get(&base(&house));
    assert!(!list.html.contains("<svg"), "of one there is nothing to draw");
    let later = judged(&house, &amina, &[("strangulation", "present"), ("firearm", "unknown")], "imminent");
    let (_, after) = later.html.split_once("/comparaison?avec=").expect("a way to what changed");
    let with = after.split('"').next().unwrap();
    let compared = amina.get(&format!("{}/{}/comparaison?avec={with}", base(&house), id(&later)));
    assert!(compared.says("Modéré → Imminent (en hausse)"), "{}", compared.words());
    let rows: Vec<&str> = compared.html.split("<tr").filter(|row| row.contains("scope=\"row\"")).collect();
    assert_eq!(rows.len(), 1, "what did not change is not listed");
    assert!(rows[0].contains("Absent") && rows[0].contains("Présent"));
    let list = amina.get(&base(&house));
    assert_eq!(list.html.matches("<circle").count(), 2);
    assert_eq!(list.html.matches("<tr class=\"govuk-table__row\"").count(), 2);
    assert!(list.says("Dernier niveau établi : Imminent"), "{}", list.words());
    let stranger = Browser::signed_in(&house, "yves").get(&base(&house));
    assert!(stranger.says("Aucune appréciation ne vous est montrée"), "{}", stranger.words());
}

#[test]
fn who_may_not_know_of_the_file_finds_no_page_of_its_appraisals() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let made = judged(&house, &amina, &[("strangulation", "present")], "imminent");
    let never = "/dossiers/0199aaaa-0000-7000-8000-000000000000/appreciations";
    let paths = [
        base(&house),
        format!("{}/nouvelle", base(&house)),
        questions(&house, GRID),
        format!("{}/{}", base(&house), id(&made)),
    ];
    for key in ["eric", "dominic"] {
        let browser = Browser::signed_in(&house, key);
        for path in &paths {
            let (page, absent) = (browser.get(path), browser.get(never));
            assert_eq!((page.status, page.words()), (404, absent.words()), "{key} {path}");
        }
    }
}
