//! The conversation of consent: what was said is what is recorded, silence is nothing, a paper only where it is safe.

use authz::clock::Clock;
use domain::jobs::round;
use serde_json::{Value, json};
use tests::harness::{Browser, ESTRIE_NOW, Filled, House, Page};

/// One round of the jobs, as the program runs them every few seconds.
fn deliver(house: &House) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let clock = Clock::Frozen(ESTRIE_NOW.parse().unwrap());
    runtime.block_on(round(&house.database.url, Some("filet_app"), clock)).unwrap();
}

fn base(house: &House) -> String {
    format!("/dossiers/{}/consentements", house.file().id)
}

fn path(house: &House, person: &str) -> String {
    format!("{}/conversation/{}", base(house), house.file().persons[person])
}

fn agency(house: &House, key: &str) -> String {
    house.loaded.agencies[key].to_string()
}

/// The conversation with Mireille, as far as everything but the answers.
fn begun(house: &House, browser: &Browser) -> Filled {
    let path = path(house, "mireille");
    browser
        .get(&path)
        .form(&path)
        .with("limits_explained:bool", "true")
        .with("grantor/kind", "self")
        .and("purposes[]", "safety_planning")
        .with("sources", "own")
}

fn consents(house: &House, key: &str) -> Vec<Value> {
    let persona = house.sign_in(key).for_purpose("safety_planning");
    let list = persona.get(&format!("{}/consents", house.file_path())).expect(200);
    list["items"].as_array().unwrap().clone()
}

fn step(page: &Page, path: &str, word: &str) -> Filled {
    let forms = page.forms(path);
    forms
        .into_iter()
        .find(|form| form.get("_step") == Some(word))
        .unwrap_or_else(|| panic!("{}", page.words()))
}

#[test]
fn amina_reads_the_page_with_mireille_and_exactly_what_she_said_is_recorded() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let (before, path) = (consents(&house, "amina"), path(&house, "mireille"));
    let whom = amina.get(&format!("{}/conversation", base(&house)));
    assert!(whom.html.contains(&format!("href=\"{path}\"")), "{}", whom.words());
    let (health, police) = (agency(&house, "sante-demo"), agency(&house, "police-demo"));
    let said = begun(&house, &amina)
        .with(&format!("whole/{health}"), "some")
        .with(&format!("say/{health}/safe_contact"), "yes")
        .with(&format!("say/{health}/mental_health"), "no")
        .with(&format!("whole/{police}"), "none")
        .with("words", "Pas la police, je veux d’abord respirer.");
    let preview = amina.send(said);
    assert_eq!(preview.status, 200, "{}", preview.words());
    assert!(preview.says(
        "CIUSSS (démonstration) pourra connaître : la façon sécuritaire de joindre la personne. \
         Mais pas : la santé mentale."
    ));
    assert!(preview.says("Service de police (démonstration) ne pourra rien connaître."));
    assert_eq!(consents(&house, "amina"), before, "nothing is recorded before it was read again");

    let summary = amina.send(step(&preview, &path, "record"));
    assert!(summary.path.contains("/resume?et="), "{}", summary.path);
    assert!(summary.says("Le consentement est enregistré."), "{}", summary.words());
    let after = consents(&house, "amina");
    let new: Vec<&Value> = after.iter().filter(|one| !before.contains(one)).collect();
    assert_eq!(new.len(), 2, "{new:?}");
    let no = new.iter().find(|one| one["valid_until"].is_null()).unwrap();
    let yes = new.iter().find(|one| !one["valid_until"].is_null()).unwrap();
    let provision = |effect: &str, to: &str, categories: Value, purposes: Value, sources: Value| json!({"effect": effect, "recipients": [to], "categories": categories, "purposes": purposes, "sources": sources});
    // A no has no end, so that it does not lapse behind an older yes.
    let denials = no["provisions"].as_array().unwrap();
    assert_eq!(denials.len(), 2);
    assert!(denials.contains(&provision(
        "deny",
        &health,
        json!(["mental_health"]),
        json!(["*"]),
        json!(["*"])
    )));
    assert!(denials.contains(&provision("deny", &police, json!(["*"]), json!(["*"]), json!(["*"]))));
    assert_eq!(yes["valid_until"], "2027-02-21T05:00:00Z");
    let ours = agency(&house, "hebergement-demo");
    let permit =
        provision("permit", &health, json!(["safe_contact"]), json!(["safety_planning"]), json!([ours]));
    assert_eq!(yes["provisions"], json!([permit]));
    assert_eq!(yes["recorded"]["words"], "Pas la police, je veux d’abord respirer.");
    assert_eq!(yes["recorded"]["grantor"], "self");
}

#[test]
fn a_conversation_sent_twice_is_recorded_once() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let (before, path) = (consents(&house, "amina").len(), path(&house, "mireille"));
    let (health, police) = (agency(&house, "sante-demo"), agency(&house, "police-demo"));
    let said = begun(&house, &amina)
        .with(&format!("whole/{health}"), "all")
        .with(&format!("whole/{police}"), "none");
    let form = step(&amina.send(said), &path, "record");
    let once = amina.answer(&form).header("location").map(str::to_owned);
    assert_eq!(amina.answer(&form).header("location").map(str::to_owned), once);
    assert_eq!(consents(&house, "amina").len(), before + 2);
}

#[test]
fn a_conversation_is_recorded_whole_or_not_at_all() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let (before, path) = (consents(&house, "amina").len(), path(&house, "mireille"));
    let (health, police) = (agency(&house, "sante-demo"), agency(&house, "police-demo"));
    let said = begun(&house, &amina)
        .with(&format!("whole/{health}"), "all")
        .with(&format!("whole/{police}"), "none");
    let form = step(&amina.send(said), &path, "record");
    // The yes fails, once the no was written.
    house.database.run(
        "create function no_yes() returns trigger language plpgsql as
         $$ begin if new.effect = 0 then raise exception 'no yes today'; end if; return new; end $$;
         create trigger no_yes before insert on provision for each row execute function no_yes()",
    );
    let failed = amina.send(form);
    assert_eq!(failed.status, 422, "{}", failed.words());
    assert_eq!(consents(&house, "amina").len(), before, "the no waits for the yes");
    house.database.run("drop trigger no_yes on provision; drop function no_yes()");
    // Sent again from the page that said so, everything is there once.
    let again = step(&amina.send(failed.form(&path)), &path, "record");
    let done = amina.send(again);
    assert!(done.says("Le consentement est enregistré."), "{}", done.words());
    assert_eq!(consents(&house, "amina").len(), before + 2);
}

#[test]
fn what_stands_against_one_consent_of_a_conversation_is_said_by_its_place() {
    let house = House::estrie();
    let amina = house.sign_in("amina").for_purpose("safety_planning");
    let before = consents(&house, "amina").len();
    let said = |effect: &str| {
        json!({"subject": house.file().persons["mireille"], "grantor": {"kind": "self"}, "limits_explained": true,
            "provisions": [{"effect": effect, "recipients": [agency(&house, "sante-demo")], "categories": ["*"],
            "purposes": ["*"], "sources": ["*"]}]})
    };
    let path = format!("{}/consents/conversation", house.file_path());
    let mut wrong = said("permit");
    wrong["valid_until"] = json!("2020-01-01T00:00:00Z");
    let refused = amina.post(&path, &json!({"consents": [said("deny"), wrong]})).problem(422, "invalid");
    assert_eq!(refused["errors"][0]["pointer"], "/consents/1/valid_until");
    let empty = amina.post(&path, &json!({"consents": []})).problem(422, "invalid");
    assert_eq!(empty["errors"][0]["code"], "empty_list");
    assert_eq!(consents(&house, "amina").len(), before);
    let made = amina.post(&path, &json!({"consents": [said("deny"), said("permit")]})).expect(201);
    assert_eq!(made["consents"].as_array().unwrap().len(), 2);
    assert_eq!(consents(&house, "amina").len(), before + 2);
}

#[test]
fn without_the_limits_and_without_any_answer_nothing_is_recorded_and_nothing_is_lost() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let (before, path) = (consents(&house, "amina"), path(&house, "mireille"));
    let silent = amina.send(amina.get(&path).form(&path).with("words", "Je réfléchis."));
    assert_eq!(silent.status, 422);
    assert!(silent.says("Expliquez d’abord les limites"), "{}", silent.words());
    assert!(silent.says("Rien n’a encore été dit, ni oui ni non."));
    assert_eq!(silent.form(&path).get("words"), Some("Je réfléchis."));
    let health = agency(&house, "sante-demo");
    let both = begun(&house, &amina)
        .with(&format!("whole/{health}"), "none")
        .with(&format!("say/{health}/weapons"), "yes");
    assert!(amina.send(both).says("Vous avez choisi « Rien » et dit oui à un sujet."));
    let past =
        begun(&house, &amina).with(&format!("whole/{health}"), "all").with("valid_until", "2026-11-01");
    assert!(amina.send(past).says("Cette date est passée."));
    // The confirmation is asked for once more when it is sent, whatever the page of it said.
    let said = begun(&house, &amina).with(&format!("whole/{health}"), "all");
    let form = step(&amina.send(said), &path, "record").with("limits_explained:bool", "");
    assert_eq!(amina.send(form).status, 422);
    assert_eq!(consents(&house, "amina"), before);
}

#[test]
fn a_parent_who_is_the_alleged_aggressor_is_not_offered_and_not_believed() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let (path, stephane) = (path(&house, "leo"), house.file().persons["stephane"].to_string());
    let page = amina.get(&path);
    assert!(!page.html.contains(&format!("value=\"{stephane}\"")));
    let said = page
        .form(&path)
        .with("limits_explained:bool", "true")
        .with("grantor/kind", "parent")
        .with("grantor/person", &stephane)
        .with(&format!("whole/{}", agency(&house, "conjoints-demo")), "none");
    let preview = amina.send(said);
    let refused = amina.send(step(&preview, &path, "record"));
    assert_eq!(refused.status, 422);
    assert!(refused.says("Cette personne ne peut pas consentir ici"), "{}", refused.words());
}

#[test]
fn nobody_is_asked_for_a_yes_that_the_ceiling_makes_void() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let page = amina.get(&path(&house, "mireille"));
    let (partners, health) = (agency(&house, "conjoints-demo"), agency(&house, "sante-demo"));
    for never in ["location", "safe_contact", "safety_plan", "household", "services", "notes"] {
        assert!(!page.html.contains(&format!("name=\"say/{partners}/{never}\"")), "{never}");
    }
    assert!(page.html.contains(&format!("name=\"say/{partners}/violence_history\"")));
    assert!(page.html.contains(&format!("name=\"say/{health}/location\"")));
    // Everything is what can be shared, named one by one.
    let (before, path) = (consents(&house, "amina"), path(&house, "mireille"));
    let said = begun(&house, &amina).with(&format!("whole/{partners}"), "all");
    amina.send(step(&amina.send(said), &path, "record"));
    let after = consents(&house, "amina");
    let new = after.iter().find(|one| !before.contains(one)).unwrap();
    let told = new["provisions"][0]["categories"].as_array().unwrap().clone();
    assert_eq!(told.len(), 10);
    assert!(!told.contains(&json!("location")) && !told.contains(&json!("*")));
}

#[test]
fn an_earlier_refusal_that_would_win_is_pointed_out_before_the_yes_is_recorded() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let police = agency(&house, "police-demo");
    let said = begun(&house, &amina).with(&format!("say/{police}/sexual_violence"), "yes");
    let preview = amina.send(said);
    assert!(
        preview.says("Un refus du 16 novembre 2026 vaut toujours envers Service de police"),
        "{}",
        preview.words()
    );
    let other = begun(&house, &amina).with(&format!("say/{police}/weapons"), "yes");
    assert!(!amina.send(other).says("Un refus du"));
}

#[test]
fn the_summary_is_printed_only_where_a_paper_is_safe_and_says_no_more_than_the_consent() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let path = format!("{}/{}/resume", base(&house), house.file().consents["c1"]);
    let asked = amina.get(&path);
    assert!(asked.says("Est-il sécuritaire pour la personne de garder un papier ?"), "{}", asked.words());
    assert!(!asked.html.contains("data-print"));
    let unsafe_paper = amina.get(&format!("{path}?papier=non"));
    assert!(unsafe_paper.says("Un papier trouvé pourrait mettre la personne en danger."));
    assert!(!unsafe_paper.html.contains("data-print"));
    assert!(unsafe_paper.html.contains("class=\"summary no-print\""));
    let safe = amina.get(&format!("{path}?papier=oui"));
    assert!(safe.html.contains("data-print") && !safe.html.contains("no-print\">\n<h1"));
    // No name, no reference, no value of the file on what may be found.
    let main = safe.html.split("<article").nth(1).unwrap();
    for never in ["Mireille", "Boisvert", "EST-2026-0007", "819-"] {
        assert!(!main.contains(never), "{never}");
    }
    assert!(safe.says("Services aux conjoints (démonstration) ne pourra rien connaître."));
    // What another agency recorded has no summary here: only a part of it would be told.
    let others = amina.get(&format!("{}/{}/resume", base(&house), house.file().consents["c5"]));
    assert_eq!(others.status, 404);
}

#[test]
fn a_consent_is_taken_back_in_two_clicks_and_who_was_told_confirms() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let thomas = Browser::signed_in(&house, "thomas");
    thomas.get(&format!("/dossiers/{}", house.file().id));
    let path = format!("{}/{}/retrait", base(&house), house.file().consents["c1"]);
    assert!(amina.get(&base(&house)).html.contains(&format!("href=\"{path}\"")));
    let before = amina.get(&path);
    assert!(before.says("Tout de suite, plus rien n’est montré grâce à ce consentement."));
    assert!(before.says("Seront avisés et devront confirmer"), "{}", before.words());
    let done = amina.send(before.form(&path));
    assert!(done.says("Le consentement est retiré"), "{}", done.words());
    assert!(done.says("CIUSSS (démonstration)"), "what was read already is told: {}", done.words());
    assert_eq!(amina.get(&path).status, 404, "there is nothing left to take back");
    assert!(amina.get(&base(&house)).says("pas encore"));
    deliver(&house);
    let messages = thomas.get("/messages");
    let form = messages
        .html
        .split("action=\"")
        .skip(1)
        .filter_map(|part| part.split('"').next())
        .find(|action| action.ends_with("/accuse"))
        .unwrap()
        .to_owned();
    thomas.send(messages.form(&form));
    let list = amina.get(&base(&house));
    let row = list.html.split("<tr").find(|row| row.contains("CIUSSS")).unwrap();
    assert!(!row.contains("pas encore"), "{row}");
}

#[test]
fn a_recipient_sees_the_sentences_that_name_it_and_nothing_of_the_rest() {
    let house = House::estrie();
    let list = Browser::signed_in(&house, "yves").get(&base(&house));
    assert_eq!(list.status, 200);
    assert!(
        list.says("Services aux conjoints (démonstration) ne pourra rien connaître."),
        "{}",
        list.words()
    );
    for never in ["sexuelle", "la violence vécue", "Service de police", "CIUSSS", "a parlé"] {
        assert!(!list.says(never), "{never}: {}", list.words());
    }
    // What he recorded for the boy was said by somebody who could not: it is not shown as counting.
    assert!(list.says("sans valeur"));
}

#[test]
fn who_may_not_know_of_the_file_finds_no_page_of_its_consents() {
    let house = House::estrie();
    let never = "/dossiers/0199aaaa-0000-7000-8000-000000000000/consentements";
    for key in ["eric", "dominic"] {
        let browser = Browser::signed_in(&house, key);
        for path in [base(&house), format!("{}/conversation", base(&house)), path(&house, "mireille")] {
            let (page, absent) = (browser.get(&path), browser.get(never));
            assert_eq!((page.status, page.words()), (404, absent.words()), "{key} {path}");
        }
    }
    assert_eq!(Browser::signed_in(&house, "pascal").get(&base(&house)).status, 403);
    let review = Browser::signed_in_for(&house, "amina", "case_review");
    let path = path(&house, "mireille");
    let form = review.get(&path).form(&path).with("grantor/kind", "self");
    assert_eq!(review.send(form).status, 400);
}

#[test]
fn what_was_begun_is_there_again_after_a_lock() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    let (path, health) = (path(&house, "mireille"), agency(&house, "sante-demo"));
    let begun = begun(&house, &amina).with(&format!("say/{health}/weapons"), "no");
    amina.send(amina.get("/accueil").form("/verrou/fermer"));
    let locked = amina.send(begun);
    let page = amina.send(locked.form("/verrou").with("_password", tests::harness::PASSWORD));
    assert_eq!(page.path, path);
    assert!(page.says("Voici ce que vous aviez commencé à écrire."));
    assert_eq!(page.form(&path).get(&format!("say/{health}/weapons")), Some("no"));
}
