//! What holds of every instrument and every answer.

use proptest::prelude::*;

use super::*;

fn any_instrument() -> impl Strategy<Value = Instrument> {
    let all: Vec<Instrument> =
        FIXTURES.iter().map(|(name, _)| shape(name)).chain(Instrument::all().iter().cloned()).collect();
    proptest::sample::select(all)
}

fn any_answer(domain: Domain) -> impl Strategy<Value = Answer> {
    let takes: Vec<Answer> = Answer::ALL.iter().copied().filter(|answer| domain.takes(*answer)).collect();
    proptest::sample::select(takes)
}

/// Answers that contradict nothing: of items that exclude each other the first *yes* stays.
fn consistent(instrument: &Instrument, mut answers: Answers) -> Answers {
    for set in &instrument.exclusive {
        let there: Vec<&String> = set
            .iter()
            .filter(|id| answers.get(*id).is_some_and(|given| given.answer.says() == Says::Full))
            .collect();
        for id in there.into_iter().skip(1) {
            answers.insert(id.clone(), given(Answer::No));
        }
    }
    answers
}

fn answers_to(instrument: Instrument) -> impl Strategy<Value = (Instrument, Answers)> {
    let one: Vec<_> = instrument.items.iter().map(|item| any_answer(item.answers)).collect();
    one.prop_map(move |answers| {
        let ids = instrument.items.iter().map(|item| item.id.clone());
        let answers = ids.zip(answers.into_iter().map(given)).collect();
        (instrument.clone(), consistent(&instrument, answers))
    })
}

fn any_case() -> impl Strategy<Value = (Instrument, Answers)> {
    any_instrument().prop_flat_map(answers_to)
}

/// Every unknown answer replaced by a known one, chosen by `pick`, none contradicting what was known.
fn completed(instrument: &Instrument, answers: &Answers, pick: &[u8]) -> Answers {
    let mut full = answers.clone();
    for (item, pick) in instrument.items.iter().zip(pick.iter().cycle()) {
        if full.get(&item.id).is_some_and(|given| given.answer.says() != Says::Unknown) {
            continue;
        }
        let excluded =
            instrument.exclusive.iter().filter(|set| set.contains(&item.id)).flatten().any(|rival| {
                *rival != item.id && full.get(rival).is_some_and(|given| given.answer.says() == Says::Full)
            });
        let choices: &[Answer] = match item.answers {
            Domain::YesNo if excluded => &[Answer::No, Answer::NotApplicable],
            Domain::YesNo => &[Answer::Yes, Answer::No, Answer::NotApplicable],
            Domain::Presence => &[Answer::Present, Answer::Possible, Answer::Absent, Answer::NotApplicable],
        };
        let chosen = choices.get(usize::from(*pick) % choices.len()).copied().unwrap();
        full.insert(item.id.clone(), given(chosen));
    }
    full
}

fn narrower(open: &Outcome, closed: &Outcome) -> Result<(), TestCaseError> {
    if let Some(inner) = closed.score {
        let outer = open.score.unwrap();
        prop_assert!(outer.min <= inner.min && inner.max <= outer.max, "{outer:?} does not hold {inner:?}");
    }
    prop_assert!(closed.bands.iter().all(|band| open.bands.contains(band)));
    for (before, after) in open.triggers.iter().zip(&closed.triggers) {
        prop_assert!(before.certain.is_none() || after.certain.is_some(), "a certain trigger stays");
        prop_assert!(before.possible || !after.possible, "an impossible trigger stays so");
    }
    if let (Some(before), Some(after)) = (open.suggestion, closed.suggestion) {
        prop_assert!(before.certain <= after.certain && after.possible <= before.possible);
    }
    Ok(())
}

proptest! {
    #[test]
    fn the_bounds_hold_the_score_of_any_completion((instrument, answers) in any_case(), pick in prop::collection::vec(any::<u8>(), 1..40)) {
        let full = completed(&instrument, &answers, &pick);
        prop_assert!(instrument.check_answers(&full).is_ok());
        let closed = instrument.outcome(&full);
        if let Some(bounds) = closed.score {
            prop_assert_eq!(bounds.min, bounds.max);
        }
        prop_assert_eq!(closed.missing, 0);
        narrower(&instrument.outcome(&answers), &closed)?;
    }

    #[test]
    fn one_answer_more_never_widens_anything((instrument, answers) in any_case(), pick in prop::collection::vec(any::<u8>(), 1..40), which in any::<prop::sample::Index>()) {
        let full = completed(&instrument, &answers, &pick);
        let item = which.get(&instrument.items);
        let mut more = answers.clone();
        more.insert(item.id.clone(), *full.get(&item.id).unwrap());
        narrower(&instrument.outcome(&answers), &instrument.outcome(&more))?;
    }

    #[test]
    fn both_ends_of_the_bounds_are_reached((instrument, answers) in any_case()) {
        let mut most = answers.clone();
        let outcome = instrument.outcome(&answers);
        // Closing one item after the other on the higher side ends at the highest score.
        for item in &instrument.items {
            let better = Answer::ALL.iter().filter(|answer| item.answers.takes(**answer) && answer.says() != Says::Unknown);
            let known = most.get(&item.id).is_some_and(|given| given.answer.says() != Says::Unknown);
            if known || instrument.inclusion.contains(&item.id) { continue; }
            let best = better
                .filter_map(|answer| {
                    let tried = with(most.clone(), &[(&item.id, *answer)]);
                    instrument.check_answers(&tried).ok()?;
                    Some((instrument.outcome(&tried).score.map(|bounds| bounds.max), *answer))
                })
                .max()
                .unwrap();
            most.insert(item.id.clone(), given(best.1));
        }
        if let (Some(open), Some(closed)) = (outcome.score, instrument.outcome(&most).score) {
            prop_assert_eq!(open.max, closed.max);
            prop_assert_eq!(closed.min, closed.max);
        }
    }

    #[test]
    fn the_order_of_answers_is_irrelevant((instrument, answers) in any_case(), seed in any::<u64>()) {
        let mut list: Vec<_> = answers.clone().into_iter().collect();
        list.sort_by_key(|(id, _)| id.bytes().fold(seed, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte))));
        let text: Vec<String> =
            list.iter().map(|(id, given)| format!("\"{id}\":{}", serde_json::to_string(given).unwrap())).collect();
        let again: Answers = serde_json::from_str(&format!("{{{}}}", text.join(","))).unwrap();
        prop_assert_eq!(instrument.outcome(&again), instrument.outcome(&answers));
    }

    #[test]
    fn what_was_not_asked_and_what_is_unknown_amount_to_the_same((instrument, answers) in any_case()) {
        let mut silent = answers.clone();
        silent.retain(|_, given| given.answer.says() != Says::Unknown);
        prop_assert_eq!(instrument.outcome(&silent), instrument.outcome(&answers));
    }
}
