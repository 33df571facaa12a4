//! Every shape of scoring, with the vectors of the published rules.

use super::*;

fn band(instrument: &Instrument, there: &[&str]) -> (i32, Vec<String>) {
    let outcome = instrument.outcome(&only(instrument, there));
    let bounds = outcome.score.unwrap();
    assert_eq!(bounds.min, bounds.max, "nothing is unknown");
    (bounds.min, outcome.bands)
}

#[test]
fn dash_counts_yes_and_fourteen_is_visible_high_risk() {
    let dash = shape("dash");
    let of = |n| dash.outcome(&only_numbers(&dash, 1..=n));
    assert_eq!(of(13).bands, ["below"]);
    assert_eq!(of(14).bands, ["visible_high"]);
    assert_eq!(of(24).score, Some(Bounds { min: 24, max: 24 }));
}

#[test]
fn dash_leaves_open_what_nobody_knows() {
    let dash = shape("dash");
    let answers = with(only_numbers(&dash, 1..=12), &[("13", Answer::Unknown), ("14", Answer::Refused)]);
    let outcome = dash.outcome(&answers);
    assert_eq!(outcome.score, Some(Bounds { min: 12, max: 14 }));
    assert_eq!(outcome.bands, ["below", "visible_high"]);
    assert_eq!((outcome.answered, outcome.missing), (22, 2));
}

#[test]
fn danger_assessment_weighs_and_takes_away() {
    let da = shape("da");
    let variable = |score| (score, vec!["variable".to_owned()]);
    assert_eq!(band(&da, &[]), variable(0));
    assert_eq!(band(&da, &["3a"]), variable(-3));
    assert_eq!(band(&da, &["2", "3", "4"]), (13, vec!["increased".into()]));
    assert_eq!(band(&da, &["2", "3", "4", "10"]), (14, vec!["severe".into()]));
    assert_eq!(da.outcome(&only_numbers(&da, 1..=19)).score, Some(Bounds { min: 37, max: 37 }));
    assert_eq!(da.outcome(&only_numbers(&da, 1..=19)).bands, ["extreme"]);
}

#[test]
fn danger_assessment_does_not_score_the_twentieth_item() {
    let da = shape("da");
    assert_eq!(band(&da, &["20"]), (0, vec!["variable".into()]));
}

#[test]
fn danger_assessment_with_nothing_known_could_be_anything_and_counts_exclusive_items_once() {
    let da = shape("da");
    let outcome = da.outcome(&Answers::new());
    assert_eq!(outcome.score, Some(Bounds { min: -3, max: 37 }));
    assert_eq!(outcome.bands, ["variable", "increased", "severe", "extreme"]);
    // Having left settles that they did live together: the item that is excluded is not missing.
    let left = with(only(&da, &["3"]), &[("3a", Answer::NotAsked)]);
    let outcome = da.outcome(&left);
    assert_eq!((outcome.score, outcome.missing), (Some(Bounds { min: 4, max: 4 }), 0));
}

#[test]
fn danger_assessment_refuses_two_answers_that_exclude_each_other() {
    let da = shape("da");
    let wrong = da.check_answers(&only(&da, &["3", "3a"])).unwrap_err();
    assert_eq!(wrong, [Invalid::at("/3a", Rule::AnswersExclude)]);
    assert!(da.check_answers(&only(&da, &["3"])).is_ok());
}

#[test]
fn a_range_that_no_completion_reaches_is_not_possible() {
    let da = shape("da");
    // 9 for certain, and an open weapon item of 5: 9 or 14, nothing between.
    let answers = with(only(&da, &["4", "5", "8"]), &[("2", Answer::Unknown)]);
    let outcome = da.outcome(&answers);
    assert_eq!(outcome.score, Some(Bounds { min: 9, max: 14 }));
    assert_eq!(outcome.bands, ["increased", "severe"]);
    let answers = with(only(&da, &["4", "5", "8", "2", "10"]), &[("3", Answer::Unknown)]);
    let outcome = da.outcome(&answers);
    assert_eq!(
        (outcome.score, outcome.bands),
        (Some(Bounds { min: 15, max: 19 }), vec!["severe".into(), "extreme".into()])
    );
}

#[test]
fn da_5_has_a_range_of_one_score() {
    let five = shape("da5");
    for (n, range) in [(1, "low"), (2, "inform"), (3, "refer"), (4, "high"), (5, "high")] {
        assert_eq!(five.outcome(&only_numbers(&five, 1..=n)).bands, [range], "{n}");
    }
}

fn protocol(there: &[&str], changed: &[(&str, Answer)]) -> (Option<Way>, bool) {
    let lap = shape("lap");
    let outcome = lap.outcome(&with(only(&lap, there), changed));
    assert_eq!(outcome.score, None);
    let trigger = outcome.triggers.first().unwrap();
    (trigger.certain, trigger.possible)
}

#[test]
fn lap_screens_in_by_one_of_three_by_four_of_eight_or_by_belief() {
    assert_eq!(protocol(&["1"], &[]), (Some(Way::Items), true));
    assert_eq!(protocol(&["4", "5", "6", "7"], &[]), (Some(Way::Items), true));
    assert_eq!(protocol(&["4", "5", "6"], &[]), (None, false));
    assert_eq!(protocol(&["4", "5", "6", "belief"], &[]), (Some(Way::Belief), true));
}

#[test]
fn lap_refused_screens_in_by_belief_only_and_is_never_read_as_no() {
    let refused: Vec<String> = numbers(1..=11);
    let refused: Vec<_> = refused.iter().map(|id| (id.as_str(), Answer::Refused)).collect();
    assert_eq!(protocol(&[], &refused), (None, true));
    assert_eq!(protocol(&["belief"], &refused), (Some(Way::Belief), true));
}

#[test]
fn lap_with_three_of_four_and_one_unknown_stays_open() {
    assert_eq!(protocol(&["4", "5", "6"], &[("7", Answer::Unknown)]), (None, true));
    assert_eq!(protocol(&["4", "5"], &[("7", Answer::Unknown)]), (None, false));
}

const INCLUDED: [&str; 2] = ["index_assault", "cohabited"];

#[test]
fn odara_keeps_the_question_mark_apart_from_zero() {
    let odara = shape("odara");
    let certain = odara.outcome(&only(&odara, &["1", "2", INCLUDED[0], INCLUDED[1]]));
    assert_eq!((certain.score, certain.bands), (Some(Bounds { min: 2, max: 2 }), vec!["b2".into()]));
    assert_eq!(certain.prorated, None, "nothing is missing");
    let answers = with(
        only(&odara, &["1", "2", INCLUDED[0], INCLUDED[1]]),
        &[("5", Answer::Unknown), ("6", Answer::NotAsked), ("7", Answer::Refused)],
    );
    let open = odara.outcome(&answers);
    assert_eq!(open.score, Some(Bounds { min: 2, max: 5 }));
    assert_eq!(open.bands, ["b2", "b3", "b4", "b5_6"]);
}

#[test]
fn odara_is_prorated_with_five_missing_and_not_with_six() {
    let odara = shape("odara");
    let missing = |n: u32| {
        let ids = numbers(13 - n + 1..=13);
        let open: Vec<_> = ids.iter().map(|id| (id.as_str(), Answer::Unknown)).collect();
        odara.outcome(&with(only(&odara, &["1", "2", "3", INCLUDED[0], INCLUDED[1]]), &open))
    };
    // Three of eight is 4.875 of thirteen.
    let five = missing(5);
    assert_eq!(five.prorated, Some(Prorated { score: 5, band: Some("b5_6".into()) }));
    assert!(five.enough);
    let six = missing(6);
    assert_eq!(six.prorated, None);
    assert!(!six.enough);
    assert_eq!(six.score, Some(Bounds { min: 3, max: 9 }), "the bounds stay, whatever is missing");
}

#[test]
fn odara_says_nothing_of_whom_it_was_not_made_for() {
    let odara = shape("odara");
    let outcome = odara.outcome(&only(&odara, &["1", "2", "index_assault"]));
    assert_eq!((outcome.inclusion, outcome.score), (Inclusion::NotMet, None));
    assert!(outcome.bands.is_empty());
    let unknown = with(only(&odara, &["1", "index_assault"]), &[("cohabited", Answer::Unknown)]);
    let outcome = odara.outcome(&unknown);
    assert_eq!((outcome.inclusion, outcome.score), (Inclusion::Unknown, Some(Bounds { min: 1, max: 1 })));
    assert_eq!(outcome.prorated, None);
}

#[test]
fn a_table_completes_a_score_as_it_says() {
    let table = shape("table");
    let one = table.outcome(&with(only(&table, &["1"]), &[("2", Answer::Unknown)]));
    assert_eq!(one.prorated.map(|prorated| prorated.score), Some(2));
    let two = table.outcome(&with(only(&table, &[]), &[("1", Answer::Unknown), ("2", Answer::Unknown)]));
    assert_eq!(two.prorated.map(|prorated| prorated.score), Some(1));
    let three = ["1", "2", "3"].map(|id| (id, Answer::Unknown));
    assert_eq!(table.outcome(&with(only(&table, &[]), &three)).prorated, None);
}

#[test]
fn the_french_grid_speaks_of_danger_at_twelve_or_at_two_in_red() {
    let grid = shape("france");
    let danger = |answers: &Answers| {
        let trigger = grid.outcome(answers).triggers.into_iter().next().unwrap();
        (trigger.certain, trigger.possible)
    };
    let eleven_without_red = only_numbers(&grid, 6..=16);
    assert_eq!(danger(&eleven_without_red), (None, false));
    assert_eq!(danger(&only_numbers(&grid, 6..=17)), (Some(Way::Score), true));
    assert_eq!(danger(&only_numbers(&grid, 1..=2)), (Some(Way::Critical), true));
    assert_eq!(danger(&only_numbers(&grid, 1..=1)), (None, false));
    assert_eq!(danger(&with(only_numbers(&grid, 1..=1), &[("2", Answer::Unknown)])), (None, true));
    assert_eq!(danger(&with(eleven_without_red, &[("17", Answer::Unknown)])), (None, true));
}

#[test]
fn structured_judgement_has_no_number_and_omitted_is_not_absent() {
    let safer = shape("b-safer");
    let outcome = safer.outcome(&with(only_numbers(&safer, 1..=15), &[("10", Answer::Unknown)]));
    assert_eq!((outcome.score, outcome.suggestion), (None, None));
    assert!(outcome.bands.is_empty() && outcome.triggers.is_empty() && outcome.prorated.is_none());
    assert_eq!((outcome.answered, outcome.missing), (14, 1));
}

#[test]
fn qualitative_levels_are_suggested_without_a_sum() {
    let grid = shape("levels");
    let suggested = |answers: &Answers| grid.outcome(answers).suggestion.unwrap();
    let level = |certain, possible| Suggestion { certain, possible };
    assert_eq!(suggested(&only(&grid, &[])), level(Level::Watch, Level::Watch));
    assert_eq!(suggested(&only(&grid, &["13"])), level(Level::Moderate, Level::Moderate));
    assert_eq!(suggested(&only(&grid, &["1", "14"])), level(Level::Aggravated, Level::Aggravated));
    let perhaps = with(only(&grid, &["1"]), &[("14", Answer::Possible)]);
    assert_eq!(suggested(&perhaps), level(Level::Moderate, Level::Aggravated));
}

#[test]
fn a_possible_answer_has_its_own_weight() {
    let graded = shape("graded");
    let answers = with(only(&graded, &["1"]), &[("2", Answer::Possible), ("4", Answer::Possible)]);
    assert_eq!(graded.outcome(&answers).score, Some(Bounds { min: 2, max: 2 }));
    let open = with(answers, &[("4", Answer::Unknown)]);
    assert_eq!(graded.outcome(&open).score, Some(Bounds { min: 1, max: 3 }));
}

#[test]
fn an_answer_outside_its_domain_is_refused_and_never_counted() {
    let dash = shape("dash");
    let answers =
        with(Answers::new(), &[("1", Answer::Present), ("25", Answer::Yes), ("Mireille", Answer::Yes)]);
    let wrong = dash.check_answers(&answers).unwrap_err();
    assert_eq!(
        wrong,
        [
            Invalid::at("/1/answer", Rule::AnswerOutsideDomain),
            Invalid::at("/25", Rule::UnknownItem),
            Invalid::at("", Rule::UnknownItem),
        ]
    );
    assert_eq!(dash.outcome(&answers).score, Some(Bounds { min: 0, max: 24 }));
}
