//! A score never decides; licences bind; appraisals stand beside each other.

use chrono::{DateTime, TimeDelta, Utc};

use super::*;

fn moment(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[test]
fn three_of_twenty_four_is_still_referable_by_judgement_with_reasons() {
    let dash = shape("dash");
    let suggestion = dash.outcome(&only_numbers(&dash, 1..=3)).suggestion;
    let refused = Judgement::new(Level::Imminent, suggestion, None).unwrap_err();
    assert_eq!(refused, Invalid::at("/reasons", Rule::ReasonsNeeded));
    assert!(Judgement::new(Level::Imminent, suggestion, Some("  ")).is_err());
    let judged = Judgement::new(Level::Imminent, suggestion, Some("Elle a été suivie hier.")).unwrap();
    assert_eq!((judged.level(), judged.stance()), (Level::Imminent, Stance::Raised));
}

#[test]
fn fourteen_of_twenty_four_lowers_nothing_and_is_lowered_only_by_a_person_with_reasons() {
    let dash = shape("dash");
    let suggestion = dash.outcome(&only_numbers(&dash, 1..=14)).suggestion;
    assert!(Judgement::new(Level::Moderate, suggestion, None).is_err());
    let judged = Judgement::new(Level::Moderate, suggestion, Some("Il est détenu.")).unwrap();
    assert_eq!(judged.stance(), Stance::Lowered);
    assert_eq!(Judgement::new(Level::Aggravated, suggestion, None).unwrap().stance(), Stance::Within);
}

#[test]
fn between_what_is_certain_and_what_is_possible_a_person_is_free() {
    let dash = shape("dash");
    let open = with(only_numbers(&dash, 1..=13), &[("14", Answer::Unknown)]);
    let suggestion = dash.outcome(&open).suggestion;
    for level in [Level::Watch, Level::Moderate, Level::Aggravated] {
        assert_eq!(Judgement::new(level, suggestion, None).unwrap().stance(), Stance::Within);
    }
    assert!(Judgement::new(Level::Imminent, suggestion, None).is_err());
}

#[test]
fn where_the_instrument_speaks_of_no_level_a_person_sets_it_freely() {
    let safer = shape("b-safer");
    let suggestion = safer.outcome(&only_numbers(&safer, 1..=15)).suggestion;
    for level in Level::ALL {
        assert_eq!(Judgement::new(*level, suggestion, None).unwrap().stance(), Stance::Unsuggested);
    }
}

#[test]
fn levels_are_the_codes_of_the_catalogue_in_their_order() {
    let list = crate::catalogue::CodeList::named("risk_level").unwrap();
    let codes: Vec<_> = list.codes().iter().map(crate::catalogue::Code::code).collect();
    assert_eq!(Level::ALL.iter().map(|level| level.wire()).collect::<Vec<_>>(), codes);
    for level in Level::ALL {
        assert_eq!(serde_json::to_value(level).unwrap(), level.wire());
    }
}

#[test]
fn an_instrument_is_used_by_whom_its_holder_names_and_trained() {
    let police = shape("police-dash");
    assert_eq!(police.may_use("police-demo", true), Ok(()));
    assert_eq!(police.may_use("police-demo", false), Err(Unusable::Training));
    assert_eq!(police.may_use("escale", true), Err(Unusable::Agency));
    assert_eq!(shape("da").may_use("police-demo", true), Err(Unusable::Agency), "an empty list names nobody");
    assert_eq!(shape("france").may_use("escale", false), Ok(()));
}

#[test]
fn a_comparison_says_which_answers_changed_and_where_the_level_went() {
    let dash = shape("dash");
    let before = with(only(&dash, &["1", "2"]), &[("3", Answer::Unknown)]);
    let mut after = with(only(&dash, &["1", "2", "15"]), &[("3", Answer::Refused)]);
    after.remove("24");
    let compared = dash.compare((&before, Level::Moderate), (&after, Level::Imminent));
    let change = |item: &str, from, to| Change { item: item.into(), from, to };
    assert_eq!(
        compared.changes,
        [
            change("3", Answer::Unknown, Answer::Refused),
            change("15", Answer::No, Answer::Yes),
            change("24", Answer::No, Answer::NotAsked),
        ]
    );
    assert_eq!(compared.direction, Direction::Up);
}

#[test]
fn a_trend_is_in_the_order_of_time_whatever_the_order_given() {
    let day = |n: i64| moment("2026-11-01T12:00:00Z") + TimeDelta::days(n);
    let points = trend([
        (day(9), Level::Watch),
        (day(0), Level::Moderate),
        (day(4), Level::Imminent),
        (day(5), Level::Imminent),
    ]);
    let directions: Vec<_> = points.iter().map(|point| point.direction).collect();
    assert_eq!(directions, [None, Some(Direction::Up), Some(Direction::Same), Some(Direction::Down)]);
}

#[test]
fn a_new_incident_calls_for_a_new_appraisal_and_so_does_time() {
    let grid = Instrument::all().iter().find(|built| built.code == "cir-generique").unwrap();
    let (at, day) = (moment("2026-11-01T12:00:00Z"), TimeDelta::days);
    assert_eq!(grid.is_due(at, None, at + day(29)), None);
    assert_eq!(grid.is_due(at, None, at + day(30)), Some(Due::Age));
    assert_eq!(grid.is_due(at, Some(at + day(1)), at + day(2)), Some(Due::NewIncident));
    assert_eq!(grid.is_due(at, Some(at), at + day(2)), None);
    assert_eq!(shape("dash").is_due(at, None, at + day(900)), None);
}
