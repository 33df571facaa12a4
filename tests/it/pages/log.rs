//! The access log on a page: searched, followed from link to link, taken along; never a value.

use tests::harness::{Browser, House};

/// Amina reads the file, Éric tries to, Julie reads what she may.
fn read_by_three(house: &House) {
    for key in ["amina", "eric", "julie"] {
        house.sign_in(key).for_purpose("safety_planning").get(&house.file_path());
    }
}

#[test]
fn the_auditor_sees_who_read_what_on_which_basis_and_never_a_value() {
    let house = House::estrie();
    read_by_three(&house);
    let aline = Browser::signed_in(&house, "aline");
    let page = aline.get(&format!("/journal?file={}&act=file.read", house.file().id));
    assert!(page.says("Lire un dossier") && page.says("Téléphone sécuritaire"), "{}", page.words());
    assert!(
        page.says("Maison d’hébergement (démonstration), votre organisme") || page.says("votre organisme")
    );
    assert!(page.says("répondu comme inexistant"), "refused reads are there to see: {}", page.words());
    for value in ["819-555-0142", "Mireille", "Boisvert", "Deux armes longues"] {
        assert!(!page.html.contains(value), "{value}");
    }
}

#[test]
fn a_worker_a_file_and_a_person_are_followed_by_links() {
    let house = House::estrie();
    read_by_three(&house);
    let aline = Browser::signed_in(&house, "aline");
    let page = aline.get("/journal?act=file.read");
    let (amina, mireille) = (house.loaded.users["amina"], house.file().persons["mireille"]);
    for link in [format!("actor={amina}"), format!("file={}", house.file().id), format!("person={mireille}")]
    {
        assert!(page.html.contains(&format!("href=\"/journal?{link}\"")), "{link}");
        let followed = aline.get(&format!("/journal?{link}"));
        assert_eq!(followed.status, 200);
        assert!(followed.html.contains("class=\"event"), "{link}");
    }
    let of_amina = aline.get(&format!("/journal?actor={amina}"));
    assert!(!of_amina.html.contains(&format!("actor={}", house.loaded.users["julie"])));
    let never = "01890000-0000-7000-8000-000000000000";
    assert!(aline.get(&format!("/journal?person={never}")).says("Aucune inscription"));
}

#[test]
fn a_number_or_a_day_that_is_none_is_said_beside_its_field_with_what_to_do() {
    let house = House::estrie();
    read_by_three(&house);
    let aline = Browser::signed_in(&house, "aline");
    let page = aline.get("/journal?file=EST-2026-0007");
    assert_eq!(page.status, 422);
    assert!(
        page.says("n’est pas son numéro") && page.says("suivez le dossier d’une ligne"),
        "{}",
        page.words()
    );
    assert!(page.html.contains("href=\"#file\"") && page.html.contains("id=\"file-error\""));
    assert!(page.html.contains("<details class=\"fold\" open>"), "what is wrong is not folded away");
    assert!(page.html.contains("value=\"EST-2026-0007\""), "what was written is kept");
    assert!(
        !page.html.contains("class=\"event") && !page.says("Aucune inscription"),
        "nothing was looked for"
    );
    for (query, words) in [
        ("actor=7", "Ce numéro de compte n’est pas complet."),
        ("person=Mireille", "Ce numéro de personne n’est pas complet."),
        ("agency=tous", "Cet organisme n’est pas de la liste."),
        ("du=hier", "Le premier jour n’est pas une date."),
        ("au=demain", "Le dernier jour n’est pas une date."),
        ("du=2026-11-22&au=2026-11-21", "Le dernier jour vient avant le premier."),
    ] {
        for taken in ["", "&format=csv"] {
            let page = aline.get(&format!("/journal?{query}{taken}"));
            assert!(page.status == 422 && page.says(words), "{query}: {}", page.words());
        }
    }
    assert_eq!(Browser::signed_in(&house, "amina").get("/journal?actor=7").status, 403);
    assert_eq!(aline.get("/journal?couleur=bleu").status, 400);
}

#[test]
fn rows_stand_under_their_day_and_what_one_did_again_and_again_on_one_line() {
    let house = House::estrie();
    for _ in 0..3 {
        read_by_three(&house);
    }
    let aline = Browser::signed_in(&house, "aline");
    let of = |key: &str| format!("/journal?actor={}&act=file.read", house.loaded.users[key]);
    let (amina, eric) = (aline.get(&of("amina")), aline.get(&of("eric")));
    assert!(amina.html.contains(">22 novembre 2026</h2>"), "{}", amina.words());
    assert!(amina.says("3 lectures à 10 h"), "{}", amina.words());
    assert_eq!(amina.html.matches("event__at").count(), 4, "one line, and each row in it");
    assert!(amina.says("Téléphone sécuritaire"), "what each row showed is still there");
    assert!(eric.says("3 tentatives à 10 h"), "what was refused was no reading: {}", eric.words());
    // Others read in between: each of them did it once at a time.
    let page = aline.get(&format!("/journal?file={}&act=file.read", house.file().id));
    assert!(!page.says("lectures à 10 h"), "{}", page.words());
}

#[test]
fn each_thing_the_log_is_narrowed_by_is_said_and_taken_away_by_itself() {
    let house = House::estrie();
    read_by_three(&house);
    let aline = Browser::signed_in(&house, "aline");
    let actor = format!("actor={}", house.loaded.users["amina"]);
    let page = aline.get(&format!("/journal?{actor}&act=file.read&du=2026-01-01"));
    for words in ["Un seul compte : …", "Un seul geste : Lire un dossier", "À partir du 1er janvier 2026"]
    {
        assert!(page.says(words), "{words}: {}", page.words());
    }
    for without in [
        "act=file.read&du=2026-01-01".to_owned(),
        format!("{actor}&du=2026-01-01"),
        format!("{actor}&act=file.read"),
    ] {
        let link = |amp: &str| format!("href=\"?{}\"", without.replace('&', amp));
        assert!(page.html.contains(&link("&amp;")) || page.html.contains(&link("&#38;")), "{without}");
    }
    let never = aline.get(&format!("/journal?{actor}&au=2020-01-01"));
    assert!(never.says("Retirez un filtre, ou choisissez d’autres dates."), "{}", never.words());
    assert!(!aline.get("/journal").says("Le journal est réduit"));
}

#[test]
fn the_privacy_officer_sees_her_agencys_people_and_that_others_entries_exist() {
    let house = House::estrie();
    read_by_three(&house);
    house.sign_in("thomas").for_purpose("safety_planning").get(&house.file_path());
    let pascal = Browser::signed_in(&house, "pascal");
    let page = pascal.get(&format!("/journal/dossier/{}", house.file().id));
    assert!(
        page.says("Une autre inscription existe") || page.says("autres inscriptions existent"),
        "{}",
        page.words()
    );
    assert!(page.html.contains(&format!("actor={}", house.loaded.users["thomas"])));
    assert!(
        !page.html.contains(&format!("actor={}", house.loaded.users["eric"])),
        "another agency's refused read"
    );
}

#[test]
fn the_log_is_for_auditors_and_privacy_officers() {
    let house = House::estrie();
    for key in ["amina", "louise", "karine", "admin"] {
        assert_eq!(Browser::signed_in(&house, key).get("/journal").status, 403, "{key}");
    }
    let dominic = Browser::signed_in(&house, "dominic");
    assert_eq!(dominic.get(&format!("/journal/dossier/{}", house.file().id)).status, 404);
}

#[test]
fn the_log_is_taken_along_in_words_and_as_data_without_a_value() {
    let house = House::estrie();
    read_by_three(&house);
    let aline = Browser::signed_in(&house, "aline");
    let query = format!("file={}", house.file().id);
    let csv = aline.open(&format!("/journal?{query}&format=csv"));
    assert_eq!(csv.header("content-disposition"), Some("attachment; filename=\"journal-des-acces.csv\""));
    assert!(csv.text.contains("Lire un dossier") && csv.text.contains("Téléphone sécuritaire"));
    let json = aline.open(&format!("/journal?{query}&format=json"));
    let value: serde_json::Value = serde_json::from_str(&json.text).unwrap();
    assert_eq!(value["complete"], true);
    assert!(value["items"].as_array().unwrap().len() >= 3);
    for text in [csv.text, json.text] {
        assert!(!text.contains("819-555-0142") && !text.contains("Boisvert"));
    }
}

#[test]
fn every_act_of_the_filter_reads_in_plain_words() {
    let house = House::estrie();
    let aline = Browser::signed_in(&house, "aline");
    for lang in ["fr", "en"] {
        aline.get(&format!("/langue?vers={lang}&suite=/accueil"));
        let page = aline.get("/journal");
        let (_, after) = page.html.split_once("id=\"act\"").unwrap();
        let select = after.split("</select>").next().unwrap();
        let options: Vec<&str> = select.split("<option value=\"").skip(2).collect();
        assert!(options.len() > 100, "{}", options.len());
        for option in options {
            let (code, words) = option.split_once("\">").unwrap();
            assert!(!words.starts_with(code), "{code} has no sentence in {lang}");
        }
    }
}
