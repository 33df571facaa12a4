//! Reading a file.

use serde_json::{Value, json};
use tests::harness::{Browser, House, Page, Served, telling_values};

use super::file;

const SAFETY: &str = "safety_planning";

#[test]
fn amina_sees_the_person_at_risk_first_by_her_name_and_everything_in_words() {
    let house = House::estrie();
    let page = Browser::signed_in(&house, "amina").get(&file(&house));
    let words = page.words();
    let at = |what: &str| words.find(what).unwrap_or_else(|| panic!("no “{what}” in {words}"));
    assert!(at("Mireille Boisvert — personne à risque") < at("Léo — enfant"));
    assert!(at("Léo — enfant") < words.rfind("Auteur·e présumé·e").unwrap());
    for said in ["12 mars 1991", "Imminent", "28 octobre 2026", "Message vocal permis", "Non"] {
        assert!(page.says(said), "{said}");
    }
    for code in ["1991-03-12", ">imminent<", "2026-10-28"] {
        assert!(!page.html.contains(code), "{code}");
    }
}

#[test]
fn the_persons_are_a_picture_that_says_in_words_what_it_shows() {
    let house = House::estrie();
    let page = Browser::signed_in(&house, "amina").get(&file(&house));
    assert!(page.html.contains("role=\"img\" aria-labelledby=\"sociogram-title sociogram-words\""));
    assert!(page.says("Au centre : Mireille Boisvert — personne à risque."));
    assert!(page.says("Autour : Camille — enfant, Léo — enfant"), "{}", page.words());
}

#[test]
fn what_may_exist_is_folded_away_and_each_category_leads_to_why_and_who_could_allow_it() {
    let house = House::estrie();
    let marc = Browser::signed_in(&house, "marc");
    let page = marc.get(&file(&house));
    let persons = page.html.matches("<section class=\"person").count();
    assert!(persons >= 3);
    assert!(page.html.matches("<details class=\"withheld\">").count() <= persons);
    assert!(page.says("Ce qui peut exister et ne vous est pas montré"));
    let mireille = house.file().persons["mireille"];
    let link = format!("{}/pourquoi?person={mireille}&amp;field=", file(&house));
    assert!(page.html.contains(&format!("{link}sexual_assault")), "{}", page.html);
    let why = marc.get(&format!("{link}sexual_assault").replace("&amp;", "&"));
    assert!(why.says("La personne a dit non à cette communication"), "{}", why.words());
    assert!(why.says("Seule la personne peut revenir sur son refus"));
    assert!(why.says("Elle ne dit pas s’il existe"));
    assert_eq!(marc.get(&format!("{link}rien").replace("&amp;", "&")).status, 400);
}

#[test]
fn no_page_of_a_file_shows_a_value_that_the_api_withholds() {
    let house = House::estrie();
    let values = telling_values();
    assert!(values.len() > 10);
    let mut withheld = 0;
    for key in ["amina", "marc", "thomas", "yves", "nadia", "rose", "karine", "sofia"] {
        let answer = house.sign_in(key).for_purpose(SAFETY).get(&house.file_path()).text;
        let browser = Browser::signed_in(&house, key);
        let person = house.file().persons["mireille"];
        for path in ["", "/chronologie", "/pieces", "/cercle", "/faits/nouveau", "/recusation"] {
            let page = browser.get(&format!("{}{path}", file(&house)));
            let shown = page.html.replace("&#39;", "'").replace("&#34;", "\"");
            for value in &values {
                let known = answer.contains(value.as_str());
                withheld += usize::from(!known);
                assert!(known || !shown.contains(value.as_str()), "{key} {path}: “{value}”");
            }
            if path.is_empty() {
                for value in values.iter().filter(|value| answer.contains(value.as_str())) {
                    assert!(shown.contains(value.as_str()), "{key} is not shown “{value}”");
                }
            }
        }
        let role = browser.get(&format!("{}/personnes/{person}/role", file(&house)));
        assert!(!values.iter().any(|value| !answer.contains(value.as_str()) && role.html.contains(value)));
    }
    assert!(withheld > 100);
}

#[test]
fn to_a_wrong_agency_and_to_who_is_recused_every_page_of_a_file_is_one_that_never_existed() {
    let house = House::estrie();
    let (fact, person) = (house.file().facts["f08"], house.file().persons["mireille"]);
    for key in ["dominic", "eric"] {
        let browser = Browser::signed_in(&house, key);
        for path in [
            String::new(),
            format!("/pourquoi?person={person}&field=address"),
            "/faits/nouveau".into(),
            format!("/faits/{fact}"),
            format!("/faits/{fact}/correction"),
            format!("/faits/{fact}/retrait"),
            "/personnes/nouvelle".into(),
            format!("/personnes/{person}/role"),
            "/cercle".into(),
            "/chronologie".into(),
            "/pieces".into(),
            "/recusation".into(),
        ] {
            let real = browser.get(&format!("{}{path}", file(&house)));
            let never = browser.get(&format!("/dossiers/0199aaaa-0000-7000-8000-000000000000{path}"));
            assert_eq!((real.status, never.status), (404, 404), "{key} {path}");
            assert_eq!(real.words(), never.words(), "{key} {path}");
        }
    }
}

/// The words of a page without the number of its own reading.
fn words(page: &Page) -> String {
    let words = page.words();
    let (before, after) = words.split_once("sous le numéro").unwrap();
    format!("{before}{}", after.split_once('.').unwrap().1)
}

#[test]
fn what_changed_since_the_last_consultation_is_marked_and_says_nothing_of_what_does_not_show() {
    let mut house = House::estrie();
    let (path, api) = (file(&house), format!("{}/facts", house.file_path()));
    let mireille = house.file().persons["mireille"];
    house.stop();
    let at = |now: &str| Served::at(&house.database.url, &house.keystore_path(), now);
    let first = at("2026-11-22T16:00:00Z");
    let page = Browser::signed_in_to(&first, "marc").get(&path);
    assert!(!page.says("Ce qui a changé"), "nobody consulted it before");
    drop(first);

    let second = at("2026-11-22T20:00:00Z");
    let page = Browser::signed_in_to(&second, "marc").get(&path);
    assert!(page.says("Rien n’a changé dans ce qui vous est montré."), "{}", page.words());
    let unchanged = words(&page);
    // What Marc may not see leaves his page as it was.
    let amina = second.sign_in("amina").for_purpose(SAFETY);
    let hidden = json!({"person": mireille, "field": "sexual_assault", "value": "Autre rapport."});
    amina.post(&api, &hidden).expect(201);
    assert_eq!(words(&Browser::signed_in_to(&second, "marc").get(&path)), unchanged);
    let shown = json!({"person": mireille, "field": "incident", "value": "Il a attendu devant le travail."});
    amina.post(&api, &shown).expect(201);
    let page = Browser::signed_in_to(&second, "marc").get(&path);
    assert!(page.says("Événement nouveau"), "{}", page.words());
    assert!(page.says("Événement — Mireille Boisvert — personne à risque"));
    assert_eq!(page.html.matches("known__row--new").count(), 1);
    drop(second);

    // The same, through the API; and the day after, it is no news any more.
    let third = at("2026-11-23T20:00:00Z");
    let marc = third.sign_in("marc").for_purpose(SAFETY);
    let changes = marc.get(&format!("{}/changes", house.file_path())).expect(200);
    assert_eq!(changes["changes"]["facts"], json!([]));
    assert_eq!(changes["changes"]["since"], "2026-11-22T20:00:00Z");
    // Read for another purpose, it is another consultation.
    let other = third.sign_in("marc").for_purpose("risk_appraisal");
    assert_eq!(other.get(&format!("{}/changes", house.file_path())).expect(200)["changes"], Value::Null);
}
