//! The cell's board and a mobilisation step by step, by its people at their browsers.

use authz::clock::Clock;
use domain::jobs::round;
use serde_json::json;
use tests::harness::{Browser, ESTRIE_NOW, House, Page, Persona, Plan, demonstration};

fn who(house: &House, key: &str) -> Persona {
    house.sign_in(key).for_purpose("safety_planning")
}

/// A mobilisation at each stage.
fn demo() -> House {
    House::build(Plan { scenario: demonstration(), ..Plan::default() })
}

/// Goes to a step of a mobilisation and sends its form, filled in so.
fn take(browser: &Browser, path: &str, step: &str, fields: &[(&str, &str)]) -> Page {
    let to = format!("{path}/etapes/{step}");
    let form = browser.get(&to).form(&to);
    browser.send(fields.iter().fold(form, |form, (name, words)| form.and(name, words)))
}

/// Amina signals a situation and appraises it. The path of its page.
fn appraised(amina: &Browser) -> String {
    let form = amina.get("/cellule/nouvelle").form("/cellule/nouvelle");
    let begun = amina.send(form.with("own_reference", "chambre bleue"));
    assert!(begun.says("La situation est signalée dans votre organisme."), "{}", begun.words());
    let path = begun.path.split('?').next().unwrap().to_owned();
    let done = take(
        amina,
        &path,
        "apprecier",
        &[
            ("age_band", "30_44"),
            ("region", "05"),
            ("factors[]", "death_threats"),
            ("factors[]", "separation_recent"),
            ("level", "imminent"),
        ],
    );
    assert!(done.says("L’appréciation est enregistrée."), "{}", done.words());
    path
}

fn consulted(house: &House) -> String {
    let path = appraised(&Browser::signed_in(house, "amina"));
    let done = take(&Browser::signed_in(house, "louise"), &path, "presenter", &[]);
    assert!(done.says("La situation est présentée sans identité."), "{}", done.words());
    path
}

fn in_analysis(house: &House) -> String {
    let path = consulted(house);
    let done = take(&Browser::signed_in(house, "karine"), &path, "etudier", &[]);
    assert!(done.says("Le comité est saisi."), "{}", done.words());
    path
}

#[test]
fn a_message_about_a_mobilisation_leads_to_it() {
    let house = House::estrie();
    let path = consulted(&house);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let clock = Clock::Frozen(ESTRIE_NOW.parse().unwrap());
    runtime.block_on(round(&house.database.url, Some("filet_app"), clock)).unwrap();
    let karine = Browser::signed_in(&house, "karine");
    for page in ["/messages", "/accueil"] {
        let page = karine.get(page);
        assert!(page.html.contains(&format!("href=\"{path}\"")), "{}", page.words());
    }
    assert_eq!(karine.get(&path).status, 200);
}

#[test]
fn from_a_worry_to_a_file_opened_to_the_cell_everybody_does_her_part_on_a_page() {
    let house = House::estrie();
    let path = in_analysis(&house);
    let karine = Browser::signed_in(&house, "karine");
    let early = take(&karine, &path, "declencher", &[("reasons[]", "life_threatened")]);
    assert_eq!(early.status, 422, "{}", early.words());
    assert!(early.says("Le quorum n’est pas atteint"), "{}", early.words());
    for key in ["marc", "louise", "thomas"] {
        let member = Browser::signed_in(&house, key);
        let given = take(&member, &path, "avis", &[("opinion", "trigger"), ("reasons[]", "life_threatened")]);
        assert!(given.says("L’avis de votre organisme est enregistré."), "{}", given.words());
    }
    let seen = karine.get(&path);
    assert!(seen.says("Avis donnés : 3 ; quorum : 3."), "{}", seen.words());
    let triggered = take(&karine, &path, "declencher", &[("reasons[]", "life_threatened")]);
    assert!(triggered.says("La cellule est déclenchée."), "{}", triggered.words());
    let louise = Browser::signed_in(&house, "louise");
    // What makes it possible is one step away, for each file that could be brought.
    let asked = louise.get(&format!("{path}/etapes/identite"));
    let file = house.file().id;
    for way in ["consentements/conversation", "levees/nouvelle"] {
        let to = format!("/dossiers/{file}/{way}");
        assert!(asked.html.contains(&format!("href=\"{to}\"")), "{}", asked.words());
        assert_eq!(louise.get(&to).status, 200, "{to}");
    }
    let opened = take(&louise, &path, "identite", &[("file", &house.file().id.to_string())]);
    assert!(opened.says("L’identité est ouverte à la coordination."), "{}", opened.words());
    let seen = karine.get(&path);
    assert!(seen.says("Convoquer une rencontre"), "{}", seen.words());
    assert!(seen.html.contains(&format!("/dossiers/{}", house.file().id)));
}

#[test]
fn before_identity_is_open_no_page_has_a_field_in_which_to_write_a_name() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let path = appraised(&amina);
    let page = amina.get(&format!("{path}/etapes/apprecier"));
    assert!(page.says("aucun champ où écrire un nom"), "{}", page.words());
    let main = page.html.split_once("<main").unwrap().1;
    for writes in ["<textarea", "type=\"text\"", "type=\"email\"", "type=\"tel\""] {
        assert!(!main.contains(writes), "{writes}");
    }
    // What was ticked before is there to be changed.
    assert!(page.html.contains("value=\"death_threats\" checked"), "{}", page.html);
}

#[test]
fn a_worry_shows_on_the_board_of_its_own_agency_alone_and_its_own_word_never_leaves_it() {
    let house = House::estrie();
    let path = appraised(&Browser::signed_in(&house, "amina"));
    let reference = Browser::signed_in(&house, "amina").get(&path);
    let title = reference.html.split("<title>").nth(1).unwrap().split(' ').next().unwrap().to_owned();
    assert!(Browser::signed_in(&house, "louise").get("/cellule").says(&title));
    let karine = Browser::signed_in(&house, "karine");
    assert!(!karine.get("/cellule").says(&title));
    let hidden = karine.get(&path);
    let never = karine.get("/cellule/0199aaaa-0000-7000-8000-000000000000");
    assert_eq!((hidden.status, never.status), (404, 404));
    assert_eq!(hidden.words(), never.words());
    take(&Browser::signed_in(&house, "louise"), &path, "presenter", &[]);
    let seen = karine.get(&path);
    assert_eq!(seen.status, 200);
    assert!(seen.says(&title) && !seen.says("chambre bleue"), "{}", seen.words());
    assert!(Browser::signed_in(&house, "louise").get(&path).says("chambre bleue"));
}

#[test]
fn what_is_not_retained_says_before_what_will_be_erased_and_after_names_nobody() {
    let house = House::estrie();
    let path = in_analysis(&house);
    for key in ["marc", "louise", "thomas"] {
        let member = Browser::signed_in(&house, key);
        take(&member, &path, "avis", &[("opinion", "dismiss"), ("reasons[]", "threshold_not_met")]);
    }
    let karine = Browser::signed_in(&house, "karine");
    let asked = karine.get(&format!("{path}/etapes/ecarter"));
    assert!(asked.says("Sont effacés") && asked.says("Sont conservés"), "{}", asked.words());
    assert!(asked.html.contains("govuk-button--warning"));
    let done = take(&karine, &path, "ecarter", &[("reasons[]", "threshold_not_met")]);
    assert!(done.says("ce qui permettait de la reconnaître est effacé"), "{}", done.words());
    for gone in ["Menaces de mort", "De 30 à 44 ans", "Amina", "Louise", "Imminent", "Marc"] {
        assert!(!done.says(gone), "{gone}: {}", done.words());
    }
    assert_eq!(Browser::signed_in(&house, "amina").get(&path).status, 404);
}

#[test]
fn when_life_cannot_wait_the_coordination_triggers_without_the_committee() {
    let house = House::estrie();
    let path = consulted(&house);
    let karine = Browser::signed_in(&house, "karine");
    let asked = karine.get(&format!("{path}/etapes/urgence"));
    assert!(asked.says("911"), "{}", asked.words());
    let done = take(&karine, &path, "urgence", &[]);
    assert!(done.says("La cellule est déclenchée d’urgence."), "{}", done.words());
    assert!(done.says("Étape non suivie"), "{}", done.words());
}

#[test]
fn a_step_offered_to_one_role_is_refused_to_another_with_the_answer_of_the_api() {
    let house = House::estrie();
    let path = consulted(&house);
    let marc = Browser::signed_in(&house, "marc");
    let seen = marc.get(&path);
    assert!(seen.says("Cette étape ne relève pas de votre rôle."), "{}", seen.words());
    let refused = take(&marc, &path, "etudier", &[]);
    assert_eq!(refused.status, 403, "{}", refused.words());
    // Another region's police does not learn that it exists.
    assert_eq!(Browser::signed_in(&house, "dominic").get(&path).status, 404);
}

#[test]
fn what_a_step_refuses_is_said_beside_its_field_and_nothing_is_lost() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let path = appraised(&amina);
    let wrong = {
        let to = format!("{path}/etapes/apprecier");
        let form = amina.get(&to).form(&to).with("age_band", "").with("region", "11");
        amina.send(form)
    };
    assert_eq!(wrong.status, 422);
    assert!(wrong.html.contains("id=\"f-age-band-error\""), "{}", wrong.html);
    assert!(wrong.html.contains("value=\"11\" selected"), "{}", wrong.html);
}

#[test]
fn what_is_late_is_named_first_in_words_and_a_stage_has_a_list_of_its_own() {
    let house = demo();
    let karine = Browser::signed_in(&house, "karine");
    let board = karine.get("/cellule");
    assert!(board.says("Une situation en retard"), "{}", board.words());
    assert!(board.says("En retard de 22 heures"), "{}", board.words());
    let at = |words: &str| board.words().find(words).unwrap_or_else(|| panic!("{words}: {}", board.words()));
    assert!(at("M-DEMO-RENCONTRE") < at("M-DEMO-CONSULTEE"));
    // What another agency has not brought yet is not there, nor counted.
    assert!(!board.says("M-DEMO-APPRECIEE") && !board.says("M-DEMO-IDENTIFIEE"));
    let closed = karine.get("/cellule?etape=closed");
    assert!(closed.says("M-DEMO-FERMEE") && !closed.says("M-DEMO-FILET"), "{}", closed.words());
    let wrong = karine.get("/cellule?tri=niveau");
    assert_eq!(wrong.status, 400);
}

#[test]
fn a_workers_name_is_for_her_own_agency_and_the_coordination_a_respondents_for_the_cell() {
    let house = House::estrie();
    let people = format!("/api/v1/cells/{}/people", house.loaded.cells["estrie"]);
    let names = |key: &str| {
        let seen = who(&house, key).get(&people).expect(200);
        let items = seen["items"].as_array().unwrap().clone();
        items.iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let (marc, karine) = (names("marc"), names("karine"));
    assert!(marc.contains(&"Julie Côté".into()) && marc.contains(&"Louise Gagnon".into()), "{marc:?}");
    assert!(!marc.contains(&"Amina Haddad".into()), "{marc:?}");
    assert!(karine.contains(&"Amina Haddad".into()), "{karine:?}");
    who(&house, "dominic").get(&people).problem(404, "not-found");
    let view = who(&house, "marc").get(&people).expect(200);
    assert_eq!(view["next"], json!(null));
    let first = view["items"][0].as_object().unwrap();
    let members: Vec<_> = first.keys().map(String::as_str).collect();
    assert_eq!(members, ["agency", "id", "name", "roles"]);
}

#[test]
fn the_pages_of_the_cell_speak_english_too() {
    let house = demo();
    let karine = Browser::signed_in(&house, "karine");
    karine.get("/langue?vers=en&suite=/cellule");
    let board = karine.get("/cellule");
    assert!(board.says("Overdue by 22 hours") && board.says("Cell triggered"), "{}", board.words());
}
