//! The numbers of a cell on a page: what is hidden is said to be, and is nowhere.

use serde_json::json;
use tests::harness::{Browser, House};

fn brought(house: &House, level: &str, times: usize) {
    let who = |key: &str| house.sign_in(key).for_purpose("safety_planning");
    let (amina, louise, karine) = (who("amina"), who("louise"), who("karine"));
    for _ in 0..times {
        let begun = amina.post("/api/v1/mobilisations", &json!({"cell": house.loaded.cells["estrie"]}));
        let path = begun.expect(201)["href"].as_str().unwrap().to_owned();
        let codes = json!({"age_band": "18_29", "region": "05", "factors": ["isolation"], "level": level});
        amina.post(&format!("{path}/appraisal"), &codes).expect(200);
        louise.post(&format!("{path}/consultation"), &json!({})).expect(200);
        let urgent = json!({"decision": "triggered", "reasons": ["life_threatened"], "urgent": true});
        karine.post(&format!("{path}/decision"), &urgent).expect(200);
    }
}

#[test]
fn each_number_stands_beside_its_word_and_its_bar_and_no_small_number_is_anywhere() {
    let house = House::estrie();
    brought(&house, "imminent", 9);
    brought(&house, "watch", 2);
    let karine = Browser::signed_in(&house, "karine");
    let page = karine.get("/statistiques");
    assert_eq!(page.status, 200);
    let level = page.html.split("id=\"h-level\"").nth(1).unwrap().split("</section>").next().unwrap();
    let row = |word: &str| {
        let row = level.split(&format!("<th scope=\"row\">{word}</th>")).nth(1).unwrap();
        row.split("</tr>").next().unwrap().to_owned()
    };
    let imminent = row("Imminent");
    assert!(imminent.contains("width=\"100\"") && imminent.contains("numeric\">9<"), "{imminent}");
    let watch = row("À surveiller");
    assert!(watch.contains(">masqué<") && !watch.contains("<rect"), "{watch}");
    for small in 0..5 {
        assert!(!page.html.contains(&format!("numeric\">{small}<")), "{small}");
    }
    let total = page.words();
    assert!(page.says("Situations présentées : masqué"), "the whole would tell what is hidden: {total}");
    assert!(page.says("Nombres masqués :"), "how many are hidden, and why, is said once: {total}");
}

#[test]
fn another_year_and_the_region_are_chosen_on_the_page() {
    let house = House::estrie();
    brought(&house, "imminent", 6);
    let karine = Browser::signed_in(&house, "karine");
    let region = karine.get("/statistiques?annee=2026&portee=region");
    assert!(region.says("Statistiques 2026 — Estrie"), "{}", region.words());
    let empty = karine.get("/statistiques?annee=2025");
    assert!(empty.says("Statistiques 2025") && !empty.says("Imminent 6"), "{}", empty.words());
    // A table of which everything would be hidden is named and left out, and what would show more is said.
    assert!(!empty.html.contains("<table") && empty.says("Laissés de côté"), "{}", empty.words());
    assert!(empty.says("toute la région, en 2025"), "{}", empty.words());
}

#[test]
fn who_may_not_read_the_numbers_of_a_cell_is_told_what_the_api_tells_her() {
    let house = House::estrie();
    assert_eq!(Browser::signed_in(&house, "amina").get("/statistiques").status, 403);
    let cell = house.loaded.cells["estrie"];
    let page = Browser::signed_in(&house, "dominic").get(&format!("/statistiques?cellule={cell}"));
    assert_eq!(page.status, 404);
    assert_eq!(Browser::signed_in(&house, "marc").get("/statistiques").status, 200);
}
