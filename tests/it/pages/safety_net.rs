//! The safety net on its pages: what is to be done, by whom, by when, and what came of it.

use serde_json::Value;
use tests::harness::{Browser, House, Page, Persona};

use crate::safety_net::{agreed, at_work, patrol};

fn who(house: &House, key: &str) -> Persona {
    house.sign_in(key).for_purpose("safety_planning")
}

fn paged(path: &str) -> String {
    path.replace("/api/v1/mobilisations", "/cellule").replace("/actions", "/filet")
}

fn act(browser: &Browser, path: &str, verb: &str, fields: &[(&str, &str)]) -> Page {
    let form = browser.get(path).form(&format!("{path}/{verb}"));
    browser.send(fields.iter().fold(form, |form, (name, words)| form.with(name, words)))
}

#[test]
fn the_coordination_weaves_the_net_and_each_agency_does_its_part_on_a_page() {
    let house = House::estrie();
    let path = paged(&at_work(&house));
    let karine = Browser::signed_in(&house, "karine");
    let to = format!("{path}/filet");
    let (mireille, julie) =
        (house.file().persons["mireille"].to_string(), house.loaded.users["julie"].to_string());
    let form = karine.get(&to).form(&to);
    let wrong = karine.send(form.clone().with("kind", "patrol").with("owner", &julie));
    assert_eq!(wrong.status, 422, "{}", wrong.words());
    assert!(wrong.html.contains("id=\"f-protects---error\""), "{}", wrong.html);
    let added = karine.send(
        form.with("kind", "patrol")
            .with("owner", &julie)
            .with("protects[]", &mireille)
            .with("due_at:time", "2026-11-23T10:00")
            .with("text", "Passer à la sortie de l’école"),
    );
    assert!(added.says("La mesure est inscrite") && added.says("Dans 24 heures"), "{}", added.words());
    assert!(added.says("Julie Côté") && added.says("1 mesure à faire"), "{}", added.words());
    // The plan asks for a day on which it is looked at again.
    let planning = format!("{path}/etapes/convenir");
    let form = karine.get(&planning).form(&planning);
    assert!(form.get("review_at:time").is_some_and(|day| !day.is_empty()), "a day is proposed");
    let past = karine.send(form.clone().with("review_at:time", "2026-11-01T10:00"));
    assert_eq!(past.status, 422, "{}", past.words());
    let planned = karine.send(form.with("review_at:time", "2026-11-29T10:00"));
    assert!(planned.says("Le filet est convenu et son suivi est inscrit."), "{}", planned.words());
    // Julie does it.
    let julie = Browser::signed_in(&house, "julie");
    let net = julie.get(&to);
    let action = net.html.split(&format!("{to}/")).find(|rest| rest.len() > 36 && rest.as_bytes()[8] == b'-');
    let action = format!("{to}/{}", &action.unwrap()[..36]);
    assert!(act(&julie, &action, "commencer", &[]).says("La mesure est en cours."));
    let told = act(&julie, &action, "informer", &[("person", &mireille), ("channel", "safe_phone")]);
    assert!(told.says("C’est noté.") && told.says("Téléphone sûr"), "{}", told.words());
    let done = act(&julie, &action, "terminer", &[("outcome", "done"), ("evidence", "Vue ce matin")]);
    assert!(done.says("Le résultat est enregistré.") && done.says("Vue ce matin"), "{}", done.words());
    assert!(!done.html.contains(&format!("action=\"{action}/terminer\"")), "it has ended");
}

#[test]
fn an_action_is_entrusted_put_off_and_called_off_and_a_form_left_open_too_long_is_refused() {
    let house = House::estrie();
    let action = paged(&agreed(&house, &at_work(&house), &patrol(&house)));
    let marc = Browser::signed_in(&house, "marc");
    let stale = marc.get(&action).form(&format!("{action}/annuler"));
    let himself = house.loaded.users["marc"].to_string();
    let entrusted = act(&marc, &action, "confier", &[("owner", &himself)]);
    assert!(entrusted.says("La mesure est confiée."), "{}", entrusted.words());
    assert!(entrusted.says("Marc Lavallée"), "{}", entrusted.words());
    let later = act(
        &marc,
        &action,
        "reporter",
        &[("due_at:time", "2026-11-25T10:00"), ("reasons[]", "awaiting_other")],
    );
    assert!(later.says("L’échéance est reportée."), "{}", later.words());
    let refused = marc.send(stale.with("reasons[]", "no_longer_needed"));
    assert_eq!(refused.status, 422);
    assert!(refused.html.contains("govuk-error-summary"), "{}", refused.words());
    let off = act(&marc, &action, "annuler", &[("reasons[]", "no_longer_needed")]);
    assert!(off.says("La mesure est annulée."), "{}", off.words());
}

#[test]
fn the_net_shows_each_reader_what_the_api_shows_her_and_nothing_else() {
    let house = House::estrie();
    let path = at_work(&house);
    agreed(&house, &path, &patrol(&house));
    let page = format!("{}/filet", paged(&path));
    for key in ["karine", "julie", "louise", "yves", "thomas", "nadia"] {
        let api: Value = who(&house, key).get(&format!("{path}/actions")).expect(200);
        let seen = Browser::signed_in(&house, key).get(&page);
        for words in ["Passer aux heures de sortie", "Ne pas sonner"] {
            assert_eq!(seen.says(words), api.to_string().contains(words), "{key}: {words}");
        }
        let paper = Browser::signed_in(&house, key).get(&format!("{page}/papier?format=html"));
        assert_eq!(paper.status, 200, "{key}");
        assert_eq!(
            paper.html.contains("Passer aux heures"),
            api.to_string().contains("Passer aux heures"),
            "{key}"
        );
    }
    // A worker of another agency is offered no form, and a stranger to the circle no page.
    assert!(!Browser::signed_in(&house, "rose").get(&page).html.contains("name=\"owner\""));
    assert_eq!(Browser::signed_in(&house, "dominic").get(&page).status, 404);
    assert_eq!(Browser::signed_in(&house, "eric").get(&page).status, 404);
}
