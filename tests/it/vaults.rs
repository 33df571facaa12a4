//! A vault (*mise sous réserve*) outlives what it was put on, and is known to its source alone.

use serde_json::{Value, json};
use tests::harness::{Browser, House};

#[test]
fn a_correction_that_names_no_vault_stays_in_that_of_what_it_corrects() {
    let house = House::estrie();
    let louise = house.sign_in("louise").for_purpose("safety_planning");
    let mireille = house.file().persons["mireille"];
    let vault = |id: &Value| {
        let asked =
            format!("select coalesce(vault::text, 'none') from fact where id = '{}'", id.as_str().unwrap());
        house.database.ask(&asked)
    };
    let correct =
        |body: Value| louise.post(&format!("{}/facts", house.file_path()), &body).expect(201)["id"].clone();
    let address = json!({"municipality": "Magog", "line1": "(autre adresse confidentielle)"});
    let new = json!({"person": mireille, "field": "shelter_address", "value": address,
        "supersedes": house.file().facts["f06"]});
    let newer = correct(new.clone());
    assert_eq!(vault(&newer), "{}");
    // On the page too, where no vault is spoken of.
    let page = Browser::signed_in(&house, "louise");
    let to = format!("/dossiers/{}/faits/{}/correction", house.file().id, newer.as_str().unwrap());
    let done = page.send(page.get(&to).form(&to));
    assert!(done.says("La correction est enregistrée."), "{}", done.words());
    let open = format!(
        "select count(*) from fact where vault is null and field = \
                        (select field from fact where id = '{}')",
        newer.as_str().unwrap()
    );
    assert_eq!(house.database.ask(&open), "0");
    // Who is to receive it is said, or changed by itself.
    let named = json!({"person": mireille, "field": "safe_phone", "value": "819-555-0100",
        "supersedes": house.file().facts["f04"], "vault": [house.loaded.agencies["sante-demo"]]});
    assert!(vault(&correct(named)).contains(&house.loaded.agencies["sante-demo"].to_string()));
    let appraisals = crate::appraisals::path(&house);
    let grid = crate::appraisals::appraisal(&house, "cir-generique", json!({}), "watch");
    let first = crate::appraisals::with(grid.clone(), "vault", json!([]));
    let first = louise.post(&appraisals, &first).expect(201)["id"].clone();
    louise.post(&appraisals, &crate::appraisals::with(grid, "supersedes", first)).expect(201);
    assert_eq!(house.database.ask("select count(*) from document where vault = '{}'"), "2");
}

#[test]
fn a_vault_is_said_to_its_source_and_to_nobody_else() {
    let house = House::estrie();
    let who = |key: &str| house.sign_in(key).for_purpose("safety_planning");
    let health = json!([house.loaded.agencies["sante-demo"]]);
    let phone = house.file().facts["f04"];
    let set = json!({"agencies": health});
    who("louise").post(&format!("{}/facts/{phone}/vault", house.file_path()), &set).expect(200);
    let read = |key: &str| {
        let view = who(key).get(&house.file_path()).expect(200);
        let persons = view["persons"].as_array().unwrap();
        let mut facts = persons.iter().flat_map(|person| person["facts"].as_array().unwrap());
        facts.find(|fact| fact["id"] == json!(phone)).unwrap().clone()
    };
    assert_eq!(read("amina")["vault"], health);
    let seen = read("thomas");
    assert_eq!((&seen["value"], seen.get("vault")), (&json!("819-555-0142"), None));
    let one = format!("{}/facts/{phone}", house.file_path());
    assert_eq!(who("amina").get(&one).expect(200)["vault"], health);
    assert!(who("thomas").get(&one).expect(200).get("vault").is_none());
    // What is in none says nothing of one.
    let of_none = format!("{}/facts/{}", house.file_path(), house.file().facts["f09"]);
    assert!(who("amina").get(&of_none).expect(200).get("vault").is_none());
    let attached = json!({"person": house.file().persons["mireille"], "category": "violence_history",
        "name": "Photo", "vault": health});
    let grid = crate::appraisals::appraisal(&house, "cir-generique", json!({}), "watch");
    let judged = crate::appraisals::with(grid, "vault", health.clone());
    let attachments = format!("{}/attachments", house.file_path());
    for (path, new) in [(attachments, attached), (crate::appraisals::path(&house), judged)] {
        let id = who("amina").post(&path, &new).expect(201)["id"].clone();
        let listed = |key: &str| {
            let list = who(key).get(&path).expect(200);
            list["items"].as_array().unwrap().iter().find(|one| one["id"] == id).unwrap().clone()
        };
        assert_eq!(listed("amina")["vault"], health, "{path}");
        assert!(listed("thomas").get("vault").is_none(), "{path}");
    }
}
