//! What people are told: a fixed sentence and a file, for nobody who may not know of it.

use authz::clock::Clock;
use domain::jobs::round;
use serde_json::{Value, json};
use tests::harness::{ESTRIE_NOW, House, Persona};

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
