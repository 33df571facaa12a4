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
fn a_filter_that_is_none_is_said_and_finds_nothing() {
    let house = House::estrie();
    let aline = Browser::signed_in(&house, "aline");
    let page = aline.get("/journal?file=EST-2026-0007");
    assert!(page.says("n’en est pas un") && page.says("Aucune inscription"), "{}", page.words());
    assert!(page.html.contains("value=\"EST-2026-0007\""), "what was written is kept");
    assert_eq!(aline.get("/journal?couleur=bleu").status, 400);
}

#[test]
fn the_privacy_officer_sees_her_agencys_people_and_that_others_entries_exist() {
    let house = House::estrie();
    read_by_three(&house);
    house.sign_in("thomas").for_purpose("safety_planning").get(&house.file_path());
    let pascal = Browser::signed_in(&house, "pascal");
    let page = pascal.get(&format!("/journal/dossier/{}", house.file().id));
    assert!(page.says("Une autre inscription existe"), "{}", page.words());
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
