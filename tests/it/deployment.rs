//! Cells and agencies over the API: who makes them, who takes part, and that nobody else may.

use serde_json::{Value, json};
use tests::harness::{House, Persona};

fn cell() -> Value {
    json!({"key": "bas-st-laurent", "name": "Cellule du Bas-Saint-Laurent", "region": "Bas-Saint-Laurent",
           "meeting_within_hours": 24, "quorum": 3, "sunset_days": 60})
}

fn with(mut body: Value, member: &str, value: Value) -> Value {
    body[member] = value;
    body
}

fn agency(cell: &Value) -> Value {
    json!({"key": "refuge-du-fleuve", "name": "Refuge du fleuve", "kind": "shelter", "regime": "P-39.1",
           "cell": cell, "admin": {"name": "Odile Rioux", "email": "odile@refuge.example"}})
}

fn enrol(house: &House, invitation: &Value) -> Persona {
    let body = json!({"token": invitation["token"], "password": "une phrase que moi seule connais"});
    let session = house.stranger().post("/api/v1/enrolment", &body).expect(200);
    house.stranger().with_token(session["access_token"].as_str().unwrap())
}

#[test]
fn a_cell_is_made_agencies_join_it_and_their_people_work_in_it() {
    let house = House::estrie();
    let admin = house.sign_in("admin");
    let made = admin.post("/api/v1/cells", &cell()).expect(201);
    let cell_path = format!("/api/v1/cells/{}", made["id"].as_str().unwrap());
    assert_eq!(admin.get(&cell_path).expect(200)["quorum"], 3);
    let joined = admin.post("/api/v1/agencies", &agency(&made["id"])).expect(201);

    let odile = enrol(&house, &joined["invitation"]);
    let listed = odile.get("/api/v1/agencies").expect(200);
    assert!(listed["agencies"].as_array().unwrap().iter().any(|agency| agency["key"] == "refuge-du-fleuve"));
    let invited = odile
        .post("/api/v1/accounts", &json!({"name": "Jeanne Dubé", "email": "jeanne@refuge.example"}))
        .expect(201);
    let role = json!({"cell": made["id"], "role": "worker"});
    odile.post(&format!("/api/v1/accounts/{}/roles", invited["id"].as_str().unwrap()), &role).expect(200);
    let jeanne = enrol(&house, &invited["invitation"]).for_purpose("safety_planning");
    let opened = jeanne.post("/api/v1/files", &json!({"cell": made["id"]})).expect(201);
    assert!(opened["reference"].as_str().unwrap().starts_with("BAS-"));

    // Another agency takes part from now on: its admin grants roles in a cell she was not of.
    let police = house.loaded.agencies["police-demo"];
    admin.post(&format!("{cell_path}/agencies"), &json!({"agency": police})).problem(409, "conflict");
    let again = admin.post(&format!("{cell_path}/agencies"), &json!({"agency": joined["id"]})).expect(200);
    assert_eq!(again["admins"], 1, "letting in twice changes nothing");
    odile.post(&format!("{cell_path}/agencies"), &json!({"agency": police})).problem(403, "not-permitted");

    // Who is disabled is out at once; what was written stays, and comes back with the agency.
    let disabling = format!("/api/v1/agencies/{}/disabling", joined["id"].as_str().unwrap());
    admin.post(&disabling, &json!({})).expect(200);
    jeanne.get("/api/v1/files").problem(401, "unauthenticated");
    admin.post(&disabling, &json!({})).problem(409, "conflict");
    admin.post(&disabling.replace("disabling", "enabling"), &json!({})).expect(200);
    assert_eq!(jeanne.get("/api/v1/files").expect(200)["items"].as_array().unwrap().len(), 1);
}

#[test]
fn standards_change_only_as_they_were_last_seen() {
    let house = House::estrie();
    let admin = house.sign_in("admin");
    let path = format!("/api/v1/cells/{}", house.loaded.cells["estrie"]);
    let patch = |persona: &Persona, body: &Value| {
        persona.send("PATCH", &path, Some(("application/json", &body.to_string())))
    };
    let seen = admin.get(&path);
    let tag = seen.header("etag").unwrap().to_owned();
    patch(&admin, &json!({"quorum": 4})).problem(428, "precondition-required");
    let knowing = admin.with("If-Match", &tag);
    let refused = patch(&knowing, &json!({"quorum": 0, "sunset_days": 4_000})).problem(422, "invalid");
    let pointers: Vec<_> =
        refused["errors"].as_array().unwrap().iter().map(|error| &error["pointer"]).collect();
    assert_eq!(pointers, ["/quorum", "/sunset_days"]);
    patch(&knowing, &json!({"quorum": 4})).expect(200);
    patch(&knowing, &json!({"quorum": 5})).problem(412, "precondition-failed");
    let now = admin.get(&path).expect(200);
    assert_eq!((&now["quorum"], &now["name"]), (&json!(4), &seen.json()["name"]));
    // Whoever holds a role in the cell reads its standards; nobody else learns that it exists.
    let julie = house.sign_in("julie");
    julie.get(&path).expect(200);
    patch(&julie, &json!({"quorum": 1})).problem(403, "not-permitted");
    house.sign_in("dominic").get(&path).problem(404, "not-found");
}

#[test]
fn what_is_wrong_with_a_cell_or_an_agency_is_named() {
    let house = House::estrie();
    let admin = house.sign_in("admin");
    let wrong = |path: &str, body: &Value, pointer: &str| {
        let refused = admin.post(path, body).problem(422, "invalid");
        assert_eq!(refused["errors"][0]["pointer"], pointer, "{body}");
    };
    for (member, value) in [
        ("key", json!("Bas St-Laurent")),
        ("key", json!("a")),
        ("key", json!("estrie")),
        ("name", json!("  ")),
        ("region", json!("une\nautre")),
        ("meeting_within_hours", json!(721)),
        ("quorum", json!("trois")),
        ("president", json!("x")),
    ] {
        wrong("/api/v1/cells", &with(cell(), member, value), &format!("/{member}"));
    }
    let sound = agency(&json!(house.loaded.cells["estrie"]));
    for (member, value) in [
        ("kind", json!("bakery")),
        ("regime", json!("P-40.1")),
        ("key", json!("police-demo")),
        ("cell", json!("01890000-0000-7000-8000-000000000000")),
    ] {
        wrong("/api/v1/agencies", &with(sound.clone(), member, value), &format!("/{member}"));
    }
    let taken = json!({"name": "Odile Rioux", "email": tests::harness::email_of("amina")});
    admin.post("/api/v1/agencies", &with(sound.clone(), "admin", taken)).problem(422, "invalid");
    // Refused whole: no agency is left behind by an address that was taken.
    assert_eq!(house.database.ask("select count(*) from agency where key = 'refuge-du-fleuve'"), "0");
    for persona in ["karine", "amina", "aline", "pascal"] {
        house.sign_in(persona).post("/api/v1/cells", &cell()).problem(403, "not-permitted");
        house.sign_in(persona).post("/api/v1/agencies", &sound).problem(403, "not-permitted");
    }
    let own = format!("/api/v1/agencies/{}/disabling", house.loaded.agencies["coordination-demo"]);
    admin.post(&own, &json!({})).problem(403, "not-permitted");
}
