//! What people are told: a fixed sentence and a file, for nobody who may not know of it.

use api::mail::Security;
use authz::clock::Clock;
use domain::jobs::round;
use serde_json::{Value, json};
use tests::harness::{ESTRIE_NOW, House, Mood, Persona, Sink};

/// One round of the jobs, as the program runs them every few seconds.
fn deliver(house: &House) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let clock = Clock::Frozen(ESTRIE_NOW.parse().unwrap());
    runtime.block_on(round(&house.database.url, Some("filet_app"), clock)).unwrap();
}

fn inbox(persona: &Persona) -> Vec<Value> {
    persona.get("/api/v1/me/inbox").expect(200)["items"].as_array().unwrap().clone()
}

fn kinds(persona: &Persona) -> Vec<String> {
    inbox(persona).iter().map(|message| message["kind"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_coordination_learns_of_a_recused_persons_attempt_and_that_person_never_does() {
    let house = House::estrie();
    let (eric, karine) = (house.sign_in("eric").for_purpose("safety_planning"), house.sign_in("karine"));
    let fact = format!("{}/facts/{}", house.file_path(), house.file().facts["f08"]);
    for path in [house.file_path(), house.file_path(), fact] {
        eric.get(&path).problem(404, "not-found");
    }
    deliver(&house);
    deliver(&house);
    let told = inbox(&karine);
    assert_eq!(told.len(), 1, "once a day and person: {told:?}");
    assert_eq!(told[0]["kind"], "recusal.attempt");
    assert_eq!(told[0]["file"], json!(house.file().id));
    assert!(told[0]["text"].as_str().unwrap().starts_with("Une personne récusée"));
    assert_eq!(kinds(&eric), [""; 0]);
    assert_eq!(kinds(&house.sign_in("marc")), [""; 0]);
    let recused = karine.get(&format!("{}/recusals", house.file_path())).expect(200);
    assert_eq!(recused["items"][0]["attempted_on"], json!(["2026-11-22"]));

    // The auditor follows the attempts through the log, the one at a single fact too.
    let log =
        house.sign_in("aline").get(&format!("/api/v1/access-events?file={}", house.file().id)).expect(200);
    let attempts = log["items"].as_array().unwrap().iter().filter(|row| row["decision"] == "absent");
    assert_eq!(attempts.count(), 3);
}

#[test]
fn a_recused_coordinator_is_not_told_of_her_own_attempt_but_her_coordination_is() {
    let house = House::estrie();
    let karine = house.sign_in("karine").for_purpose("safety_planning");
    karine.post(&format!("{}/recusals", house.file_path()), &json!({})).expect(201);
    karine.get(&house.file_path()).problem(404, "not-found");
    deliver(&house);
    assert_eq!(kinds(&karine), [""; 0]);
    let mut told = kinds(&house.sign_in("aline"));
    told.sort_unstable();
    assert_eq!(told, ["file.recusal", "recusal.attempt"]);
}

#[test]
fn what_is_disclosed_reaches_the_recipients_people_but_not_the_recused_one() {
    let house = House::estrie();
    let (marc, eric) = (house.sign_in("marc"), house.sign_in("eric"));
    house
        .sign_in("karine")
        .for_purpose("safety_planning")
        .post(
            &format!("{}/circle/{}/end", house.file_path(), house.loaded.agencies["police-demo"]),
            &json!({}),
        )
        .expect(200);
    house
        .sign_in("karine")
        .for_purpose("safety_planning")
        .post(
            &format!("{}/circle", house.file_path()),
            &json!({"agency": house.loaded.agencies["police-demo"]}),
        )
        .expect(201);
    deliver(&house);
    assert_eq!(kinds(&marc), ["file.joined"]);
    assert_eq!(kinds(&house.sign_in("julie")), ["file.joined"]);
    assert_eq!(kinds(&eric), [""; 0], "for Éric the file does not exist");
    assert_eq!(kinds(&house.sign_in("dominic")), [""; 0]);

    // A message is its holder's; acknowledging it twice keeps the first moment.
    let id = inbox(&marc)[0]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/me/inbox/{id}/acknowledgement");
    house.sign_in("julie").post(&path, &json!({})).problem(404, "not-found");
    let first = marc.post(&path, &json!({})).expect(200);
    assert_eq!(marc.post(&path, &json!({})).expect(200)["read_at"], first["read_at"]);
    assert_eq!(inbox(&marc)[0]["read_at"], first["read_at"]);

    // Recused afterwards, one finds the message gone too.
    let recusal = json!({"user": house.loaded.users["marc"]});
    house.sign_in("karine").post(&format!("{}/recusals", house.file_path()), &recusal).expect(201);
    assert_eq!(kinds(&marc), [""; 0]);
    marc.post(&path, &json!({})).problem(404, "not-found");
}

#[test]
fn a_message_speaks_the_readers_language_and_pages_like_every_list() {
    let house = House::estrie();
    let marc = house.sign_in("marc");
    let own = house.loaded.users["marc"];
    let file = house.file().id;
    house.database.run(&format!(
        "insert into inbox (id, account_id, kind, subject, created_at)
         select gen_random_uuid(), '{own}', 'consent.withdrawn', '{file}', now() - n * interval '1 minute'
         from generate_series(1, 5) n"
    ));
    let english = marc.with("Accept-Language", "en").get("/api/v1/me/inbox?limit=2").expect(200);
    assert!(english["items"][0]["text"].as_str().unwrap().starts_with("Somebody took back"));
    let mut seen = 2;
    let mut next = english["next"].clone();
    while let Some(cursor) = next.as_str() {
        let page = marc.get(&format!("/api/v1/me/inbox?limit=2&cursor={cursor}")).expect(200);
        seen += page["items"].as_array().unwrap().len();
        next = page["next"].clone();
    }
    assert_eq!(seen, 5);
}

#[test]
fn a_message_about_the_mobilisation_of_a_file_is_gone_with_the_file_for_who_is_recused() {
    let house = House::estrie();
    let sink = Sink::start(Security::None, Mood::Takes);
    let process = crate::safety_net::at_work(&house);
    crate::safety_net::agreed(&house, &process, &crate::safety_net::patrol(&house));
    deliver(&house);
    let julie = house.sign_in("julie");
    let messages = inbox(&julie);
    let entrusted = messages.iter().find(|message| message["kind"] == "mobilisation.action_agreed");
    let id = entrusted.expect("what is entrusted to her")["id"].as_str().unwrap();
    let recusal = json!({"user": house.loaded.users["julie"]});
    house.sign_in("karine").post(&format!("{}/recusals", house.file_path()), &recusal).expect(201);
    assert_eq!(kinds(&julie), [""; 0]);
    let acknowledge = |id: &str| {
        julie.post(&format!("/api/v1/me/inbox/{id}/acknowledgement"), &json!({})).problem(404, "not-found")
    };
    let (gone, never) = (acknowledge(id), acknowledge("01890000-0000-7000-8000-000000000000"));
    assert_eq!((&gone["title"], &gone["detail"]), (&never["title"], &never["detail"]));
    let unread = house.database.ask(&format!("select read_at is null from inbox where id = '{id}'"));
    assert_eq!(unread, "true");
    // Nor does a mail announce it any more.
    crate::mail::send(&house, &sink, ESTRIE_NOW);
    assert!(!crate::mail::receivers(&sink).iter().any(|to| to.starts_with("julie@")));
}

/// A file that the shelter keeps to itself. Its path.
fn kept_by_the_shelter(house: &House) -> String {
    let louise = house.sign_in("louise").for_purpose("safety_planning");
    let opened = louise.post("/api/v1/files", &json!({"cell": house.loaded.cells["estrie"]})).expect(201);
    format!("/api/v1/files/{}", opened["id"].as_str().unwrap())
}

#[test]
fn a_recusal_is_told_inside_the_agency_while_the_coordination_does_not_know_of_the_file() {
    let house = House::estrie();
    let file = kept_by_the_shelter(&house);
    let amina = house.sign_in("amina").for_purpose("safety_planning");
    let (louise, karine) = (house.sign_in("louise").for_purpose("safety_planning"), house.sign_in("karine"));
    let member = json!({"agency": house.loaded.agencies["police-demo"]});
    louise.post(&format!("{file}/circle"), &member).expect(201);
    amina.post(&format!("{file}/recusals"), &json!({})).expect(201);
    amina.get(&file).problem(404, "not-found");
    deliver(&house);
    let mut told = kinds(&louise);
    told.sort();
    assert_eq!(told, ["file.recusal", "recusal.attempt"]);
    for key in ["karine", "aline", "amina"] {
        assert_eq!(kinds(&house.sign_in(key)), [""; 0], "{key}");
    }
    // Of whom another agency cannot trust with a file its partners learn nothing.
    assert_eq!(kinds(&house.sign_in("marc")), ["file.joined"]);

    // Once the file is brought to the coordination it reads who is recused, and is told from then on.
    karine.get(&format!("{file}/recusals")).problem(404, "not-found");
    let member = json!({"agency": house.loaded.agencies["coordination-demo"]});
    louise.post(&format!("{file}/circle"), &member).expect(201);
    let recused = karine.get(&format!("{file}/recusals")).expect(200);
    assert_eq!(recused["items"][0]["attempted_on"], json!(["2026-11-22"]));
    louise.post(&format!("{file}/recusals"), &json!({})).expect(201);
    deliver(&house);
    let mut told = kinds(&karine);
    told.sort();
    assert_eq!(told, ["file.joined", "file.recusal"]);
}

#[test]
fn when_the_only_respondent_recuses_herself_nobody_is_told_and_the_file_remembers() {
    let house = House::estrie();
    let file = kept_by_the_shelter(&house);
    let louise = house.sign_in("louise").for_purpose("safety_planning");
    let member = json!({"agency": house.loaded.agencies["police-demo"]});
    louise.post(&format!("{file}/circle"), &member).expect(201);
    louise.post(&format!("{file}/recusals"), &json!({})).expect(201);
    deliver(&house);
    for key in ["karine", "aline", "louise", "amina"] {
        assert_eq!(kinds(&house.sign_in(key)), [""; 0], "{key}");
    }
    assert_eq!(kinds(&house.sign_in("marc")), ["file.joined"]);
    let marc = house.sign_in("marc").for_purpose("safety_planning");
    let member = json!({"agency": house.loaded.agencies["coordination-demo"]});
    marc.post(&format!("{file}/circle"), &member).expect(201);
    let recused = house.sign_in("karine").get(&format!("{file}/recusals")).expect(200);
    assert_eq!(recused["items"].as_array().unwrap().len(), 1);
}

/// What Mireille says, written down by Amina now, with these sentences. The path of the consent.
fn said(house: &House, given_at: &str, sentences: &Value) -> String {
    let path = format!("{}/consents", house.file_path());
    let words = json!({"subject": house.file().persons["mireille"], "grantor": {"kind": "self"},
        "given_at": given_at, "limits_explained": true, "provisions": sentences});
    let recorded = house.sign_in("amina").for_purpose("safety_planning").post(&path, &words).expect(201);
    format!("{path}/{}", recorded["id"].as_str().unwrap())
}

fn sentence(effect: &str, recipients: &[Value]) -> Value {
    json!({"effect": effect, "recipients": recipients, "categories": ["safety_plan"], "purposes": ["*"],
        "sources": ["*"]})
}

/// Who of these is told what, by name.
fn told(house: &House, keys: &[&str]) -> Vec<(String, String)> {
    deliver(house);
    let of = |key: &&str| {
        kinds(&house.sign_in(key)).into_iter().map(|kind| ((*key).to_owned(), kind)).collect::<Vec<_>>()
    };
    keys.iter().flat_map(of).collect()
}

const EVERYBODY: [&str; 10] =
    ["karine", "marc", "amina", "louise", "thomas", "sofia", "yves", "nadia", "rose", "dominic"];

fn each(keys: &[&str], kind: &str) -> Vec<(String, String)> {
    keys.iter().map(|key| ((*key).to_owned(), kind.to_owned())).collect()
}

#[test]
fn a_refusal_to_the_circle_reaches_every_agency_in_it_but_the_one_that_wrote_it_down() {
    let house = House::estrie();
    said(&house, ESTRIE_NOW, &json!([sentence("deny", &[json!("circle")])]));
    let around = ["karine", "marc", "thomas", "yves", "nadia", "rose"];
    assert_eq!(told(&house, &EVERYBODY), each(&around, "consent.recorded"));
}

#[test]
fn a_permission_to_the_circle_reaches_those_it_means_and_nobody_outside_even_if_named() {
    let house = House::estrie();
    // That afternoon the coordination and the women's centre were in beside the shelter.
    let outside = json!(house.loaded.agencies["aide-victimes-demo"]);
    said(&house, "2026-11-17T14:00:00Z", &json!([sentence("permit", &[json!("circle"), outside])]));
    assert_eq!(told(&house, &EVERYBODY), each(&["karine", "rose"], "consent.recorded"));
}

#[test]
fn taking_a_refusal_back_ends_nothing_that_anybody_may_use_and_says_so() {
    let house = House::estrie();
    let (police, partners) =
        (json!(house.loaded.agencies["police-demo"]), json!(house.loaded.agencies["conjoints-demo"]));
    let mixed =
        said(&house, ESTRIE_NOW, &json!([sentence("permit", &[police]), sentence("deny", &[partners])]));
    let refusal = said(&house, ESTRIE_NOW, &json!([sentence("deny", &[json!("circle")])]));
    deliver(&house);
    house.database.run("delete from delivery; delete from inbox");
    let rose = house.sign_in("rose").for_purpose("safety_planning");
    rose.post(&format!("{mixed}/withdrawal"), &json!({})).expect(200);
    let mut expected = each(&["marc", "amina", "louise"], "consent.withdrawn");
    expected.extend(each(&["yves"], "refusal.withdrawn"));
    assert_eq!(told(&house, &EVERYBODY), expected);
    let amina = house.sign_in("amina").for_purpose("safety_planning");
    let acknowledged = amina.get(&format!("{mixed}/acknowledgements")).expect(200);
    assert_eq!(acknowledged["items"].as_array().unwrap().len(), 1, "only who must stop is waited for");

    house.database.run("delete from delivery; delete from inbox");
    rose.post(&format!("{refusal}/withdrawal"), &json!({})).expect(200);
    let around = ["karine", "marc", "amina", "louise", "thomas", "yves", "nadia"];
    assert_eq!(told(&house, &EVERYBODY), each(&around, "refusal.withdrawn"));
    let french = inbox(&house.sign_in("marc"))[0]["text"].as_str().unwrap().to_owned();
    assert!(
        french.starts_with("Une personne a retiré un refus") && !french.contains("ne doit plus"),
        "{french}"
    );
}
