//! A vault (*mise sous réserve*) outlives what it was put on.

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
