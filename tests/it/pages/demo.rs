//! The demonstration: taking somebody's place, the tour; and help, for everybody.

use tests::harness::{Browser, House, Plan};

#[test]
fn a_visitor_takes_the_place_of_one_persona_after_another() {
    let house = House::estrie();
    let visitor = Browser::stranger(&house);
    let cast = visitor.get("/demo");
    assert!(cast.says("Amina Haddad") && cast.says("Éric Morin"), "{}", cast.words());
    let amina = visitor.send(cast.form("/demo/amina"));
    assert!(amina.says("Bonjour Amina Haddad"), "{}", amina.words());
    let marc = visitor.send(visitor.get("/demo").form("/demo/marc"));
    assert!(marc.says("Bonjour Marc Lavallée"), "{}", marc.words());
    let open = house.database.ask("select count(*) from session where revoked_at is null");
    assert_eq!(open, "1", "the place that was left is left");
}

#[test]
fn the_tour_leads_into_the_pages_it_speaks_of() {
    let house = House::estrie();
    let visitor = Browser::stranger(&house);
    let tour = visitor.get("/visite");
    assert_eq!(tour.html.matches("id=\"etape-").count(), 8);
    let first = visitor.send(tour.form("/demo/amina"));
    assert!(first.path.starts_with("/finalite?suite=%2Fdossiers"), "{}", first.path);
    let files = visitor.send(first.form("/finalite").with("purpose", "safety_planning"));
    assert!(files.says("EST-2026-0007"), "{}", files.words());
    let eric = visitor.send(visitor.get("/visite").form("/demo/eric"));
    assert!(!eric.says("EST-2026-0007"), "for him the file does not exist: {}", eric.words());
}

#[test]
fn outside_a_demonstration_there_is_nobody_whose_place_to_take() {
    let house = House::build(Plan {
        settings: |config| {
            config.demo = false;
            config.public_url = "https://filet.example".into();
        },
        now: None,
        ..Plan::default()
    });
    let visitor = Browser::stranger(&house);
    assert_eq!(visitor.get("/demo").status, 404);
    assert_eq!(visitor.get("/visite").status, 404);
    assert_eq!(house.stranger().send("POST", "/demo/amina", None).status, 404);
    assert!(!visitor.get("/").html.contains("href=\"/demo\""));
}

#[test]
fn nobody_takes_the_place_of_somebody_who_is_not_of_the_scenario() {
    let house = House::estrie();
    assert_eq!(house.stranger().send("POST", "/demo/personne", None).status, 404);
}

#[test]
fn help_explains_the_terms_with_the_source_of_each_legal_rule_in_both_languages() {
    let house = House::estrie();
    let visitor = Browser::stranger(&house);
    let help = visitor.get("/aide");
    assert!(
        help.says("Levée de confidentialité") && help.says("RLRQ, c. A-2.1, art. 59.1"),
        "{}",
        help.words()
    );
    assert!(help.html.contains("id=\"finalite\""));
    visitor.get("/langue?vers=en&suite=/aide");
    assert!(visitor.get("/aide").says("Disclosure without consent"));
    let amina = Browser::signed_in(&house, "amina");
    assert!(amina.get("/finalite").html.contains("href=\"/aide#finalite\""));
}
