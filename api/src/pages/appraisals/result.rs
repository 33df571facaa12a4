//! What answers amount to, as a page shows it: counts, a range while something is unknown, ranges still possible,
//! triggers, critical items. Never a level: that is a person's.

use domain::{
    appraisal::OutcomeView,
    instrument::{Answer, Inclusion, Says, Way},
    reference::{GivenAnswers, InstrumentView, find_outcome},
};
use serde_json::json;

use super::{
    questions::{Ground, Sent},
    words::{answer_key, item, level},
};
use crate::{
    http::Body,
    pages::{oops::Oops, phrases::Phrases, visit::Visit},
    problem::Problem,
};

/// What answers amount to.
pub struct Outcome {
    /// How many items have each answer.
    pub counts: Vec<(String, usize, &'static str)>,
    /// The possible score, where there is one.
    pub score: Option<String>,
    /// What must be known of the score to read it.
    pub cautions: Vec<String>,
    /// The ranges of the score, and whether each is still possible.
    pub bands: Vec<(String, bool)>,
    /// What certain answers call for, and how far it is reached.
    pub triggers: Vec<(String, String, &'static str)>,
    /// What is there or may be, item by item.
    pub there: Vec<(String, String, &'static str)>,
    /// The critical items that are there or may be, with their answers.
    pub critical: Vec<(String, String)>,
    /// What the instrument suggests, in words.
    pub suggestion: Option<String>,
}

/// Asks the engine what the answers of a draft amount to.
pub async fn outcome(visit: &Visit, ground: &Ground, sent: &Sent) -> Result<OutcomeView, Oops> {
    let code = ground.instrument.head.code.clone();
    let body = Body::of(&json!({"version": ground.instrument.head.version, "answers": ground.answers(sent)}));
    let found = visit.worker.desk()?.read::<_, Problem>(visit.caller(), async move |session| {
        session.identify().await?;
        let found = find_outcome(session, &code, &body.read::<GivenAnswers>()?).await?;
        Ok(session.open(found)?)
    });
    Ok(found.await?.into_parts().0)
}

impl Outcome {
    /// Puts it into words. `answers` are those that show, in the order of the items; of what does not show, nothing.
    pub fn of(
        view: &OutcomeView,
        instrument: &InstrumentView,
        answers: &[Option<Answer>],
        p: Phrases,
    ) -> Self {
        let mut counts: Vec<(String, usize, &'static str)> = Vec::new();
        for answer in Answer::ALL {
            let n = answers.iter().filter(|given| **given == Some(*answer)).count();
            if n > 0 {
                counts.push((p.t(answer_key(*answer)), n, tone(*answer)));
            }
        }
        let hidden = answers.iter().filter(|given| given.is_none()).count();
        if hidden > 0 {
            counts.push((p.t("appraisal-not-shown"), hidden, "open"));
        }
        let critical = instrument.items.iter().zip(answers).filter(|(item, given)| {
            item.critical && given.is_none_or(|answer| answer.says() != Says::Nothing)
        });
        let there = instrument.items.iter().zip(answers).filter_map(|(asked, given)| {
            let answer = (*given)?;
            let there = matches!(answer.says(), Says::Full | Says::Half);
            there.then(|| (item(asked, p), p.t(answer_key(answer)), tone(answer)))
        });
        Self {
            there: there.collect(),
            counts,
            score: instrument.head.scored.then(|| score(view, p)),
            cautions: cautions(view, instrument, p),
            bands: bands(view, instrument, p),
            triggers: triggers(view, instrument, p),
            critical: critical.map(|(asked, given)| (item(asked, p), said(*given, p))).collect(),
            suggestion: view.suggestion.as_ref().map(|suggested| {
                let (low, high) = (level(suggested.certain, p), level(suggested.possible, p));
                if low == high {
                    p.x("appraisal-suggests", &low)
                } else {
                    p.s("appraisal-suggests-range", &[("low", &low), ("high", &high)])
                }
            }),
        }
    }
}

/// An answer in words, or that it is not shown.
pub fn said(given: Option<Answer>, p: Phrases) -> String {
    p.t(given.map_or("appraisal-not-shown", answer_key))
}

/// How an answer is drawn.
pub const fn tone(answer: Answer) -> &'static str {
    match (answer, answer.says()) {
        (Answer::NotAsked, _) => "unasked",
        (_, Says::Full) => "there",
        (_, Says::Half) => "maybe",
        (_, Says::Nothing) => "not",
        (_, Says::Unknown) => "open",
    }
}

fn score(view: &OutcomeView, p: Phrases) -> String {
    match view.score {
        None => p.t("appraisal-no-score"),
        Some(bounds) if bounds.min == bounds.max => p.x("appraisal-score", &bounds.min.to_string()),
        Some(bounds) => {
            let (min, max) = (bounds.min.to_string(), bounds.max.to_string());
            p.s("appraisal-score-range", &[("min", &min), ("max", &max)])
        }
    }
}

fn cautions(view: &OutcomeView, instrument: &InstrumentView, p: Phrases) -> Vec<String> {
    let mut cautions = Vec::new();
    if view.missing > 0 {
        cautions.push(p.n("appraisal-missing", view.missing));
    }
    if instrument.head.scored {
        match view.inclusion {
            Inclusion::Met => {}
            Inclusion::NotMet => cautions.push(p.t("appraisal-not-for-this")),
            Inclusion::Unknown => cautions.push(p.t("appraisal-perhaps-not-for-this")),
        }
        if !view.enough {
            cautions.push(p.t("appraisal-too-few"));
        }
        if let Some(prorated) = &view.prorated {
            cautions.push(p.x("appraisal-prorated", &prorated.score.to_string()));
        }
    }
    cautions
}

fn bands(view: &OutcomeView, instrument: &InstrumentView, p: Phrases) -> Vec<(String, bool)> {
    let bands = instrument.bands.iter().map(|band| {
        let name = band.named.label.clone().unwrap_or_else(|| band.named.id.clone());
        let (from, below) = (band.from.map(|n| n.to_string()), band.to.map(|n| (n - 1).to_string()));
        let range = match (&from, &below) {
            (Some(from), Some(to)) if from == to => from.clone(),
            (Some(from), Some(to)) => p.s("appraisal-from-to", &[("from", from), ("to", to)]),
            (Some(from), None) => p.x("appraisal-from", from),
            (None, Some(to)) => p.x("appraisal-up-to", to),
            (None, None) => String::new(),
        };
        let possible = view.bands.contains(&band.named.id);
        (if range.is_empty() { name } else { format!("{name} ({range})") }, possible)
    });
    bands.collect()
}

fn triggers(
    view: &OutcomeView,
    instrument: &InstrumentView,
    p: Phrases,
) -> Vec<(String, String, &'static str)> {
    let triggers = view.triggers.iter().map(|trigger| {
        let found = instrument.triggers.iter().find(|named| named.id == trigger.id);
        let label = found.and_then(|named| named.label.clone()).unwrap_or_else(|| trigger.id.clone());
        let (key, tone) = match (trigger.certain, trigger.possible) {
            (Some(Way::Items), _) => ("appraisal-reached-items", "there"),
            (Some(Way::Critical), _) => ("appraisal-reached-critical", "there"),
            (Some(Way::Score), _) => ("appraisal-reached-score", "there"),
            (Some(Way::Belief), _) => ("appraisal-reached-belief", "there"),
            (None, true) => ("appraisal-reached-perhaps", "open"),
            (None, false) => ("appraisal-reached-not", "not"),
        };
        (label, p.t(key), tone)
    });
    triggers.collect()
}
