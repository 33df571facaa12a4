//! How far a mobilisation has come: its stages in order, each done, under way or to come, with who and when.

use chrono::{DateTime, Utc};
use domain::mobilisation::{MobilisationView, OpinionView, State, StepView};

use super::{
    names::{Names, code, listed},
    words::Worded,
};
use crate::pages::{
    moment::{local, moment},
    phrases::Phrases,
};

/// A stage on the way.
pub struct Stage {
    /// `done`, `now`, `skipped` or `next`.
    pub kind: &'static str,
    /// What it is.
    pub name: String,
    /// Where it stands, in words.
    pub standing: String,
    /// Who, and when.
    pub by: Option<String>,
}

/// The stages in their order: what moves to each.
const STAGES: [(&str, &str); 10] = [
    ("cell-stage-identify", "identify"),
    ("cell-stage-appraise", "appraise"),
    ("cell-stage-consult", "consult"),
    ("cell-stage-analyse", "analyse"),
    ("cell-stage-trigger", "trigger"),
    ("cell-stage-identity", "open_identity"),
    ("cell-stage-convene", "convene"),
    ("cell-stage-plan", "plan"),
    ("cell-stage-review", "review"),
    ("cell-stage-close", "close"),
];

/// The stages of a mobilisation.
pub fn stages(view: &MobilisationView, names: &Names, p: Phrases) -> Vec<Stage> {
    let last = |by: &str| view.steps.iter().rev().find(|step| step.by == by);
    let ends = match view.state {
        State::NotRetained => Some(("cell-stage-dismiss", "dismiss")),
        State::Transferred => Some(("cell-stage-transfer", "transfer")),
        _ => None,
    };
    let reached = STAGES.iter().rposition(|(_, by)| last(by).is_some()).unwrap_or(0);
    let mut stages = Vec::new();
    for (n, (key, by)) in STAGES.iter().enumerate() {
        let step = last(by);
        // A situation that ended early has nothing more to come.
        if ends.is_some() && step.is_none() {
            continue;
        }
        let kind = match step {
            Some(_) if n == reached && ends.is_none() && view.state.is_open() => "now",
            Some(_) => "done",
            None if n < reached && *by != "open_identity" => "skipped",
            None => "next",
        };
        stages.push(stage(p, key, kind, step, names));
    }
    if let Some((key, by)) = ends {
        stages.push(stage(p, key, "done", last(by), names));
    }
    stages
}

fn stage(p: Phrases, key: &str, kind: &'static str, step: Option<&StepView>, names: &Names) -> Stage {
    let by = step
        .map(|step| format!("{} — {}", names.somebody(step.user, step.agency), moment(step.at, p.lang())));
    Stage { kind, name: p.t(key), standing: p.t(&format!("cell-standing-{kind}")), by }
}

/// A step as it is told.
pub struct Told {
    /// What was done.
    pub what: String,
    /// Who.
    pub who: String,
    /// When.
    pub at: String,
    /// The same, for a program.
    pub machine: String,
    /// Why, in codes.
    pub reasons: String,
    /// Why, in words that the gate shows.
    pub words: Option<String>,
}

/// The steps as they are told, the newest first.
pub fn history(view: &MobilisationView, names: &Names, p: Phrases) -> Vec<Told> {
    let told = view.steps.iter().rev().map(|step| Told {
        what: p.t(&format!("cell-move-{}", step.by.replace('_', "-"))),
        who: names.somebody(step.user, step.agency),
        at: moment(step.at, p.lang()),
        machine: local(step.at),
        reasons: listed(p, "mobilisation_reason", &step.reasons),
        words: step.words.as_ref().map(|words| words.value().clone()),
    });
    told.collect()
}

/// What an organisation thinks, as it is told.
pub struct Thought {
    /// Which.
    pub agency: String,
    /// What.
    pub opinion: String,
    /// Why.
    pub reasons: String,
    /// When.
    pub at: String,
}

/// The opinions, with those of the committee who have not spoken left out.
pub fn thoughts(opinions: &[OpinionView], names: &Names, p: Phrases) -> Vec<Thought> {
    let thought = |one: &OpinionView| Thought {
        agency: names.agency(one.agency),
        opinion: p.t(&format!("cell-opinion-{}", one.opinion.wire())),
        reasons: listed(p, "mobilisation_reason", &one.reasons),
        at: moment(one.at, p.lang()),
    };
    opinions.iter().map(thought).collect()
}

/// What was brought without identity, as terms and what is said of each.
pub fn brought(view: &MobilisationView, p: Phrases) -> Vec<(String, Vec<String>)> {
    let Some(known) = &view.consultation else { return Vec::new() };
    let one = |list: &str, word: &Option<String>| word.iter().map(|word| code(p, list, word)).collect();
    let many = |list: &str, words: &[String]| words.iter().map(|word| code(p, list, word)).collect();
    let lines: Vec<(String, Vec<String>)> = vec![
        (p.t("step-age"), one("age_band", &known.age_band)),
        (p.t("step-region"), one("region", &known.region)),
        (p.t("step-level"), one("risk_level", &known.level)),
        (p.t("step-factors"), many("consultation_factor", &known.factors)),
        (p.t("step-services"), many("service", &known.services)),
    ];
    lines.into_iter().filter(|(_, said)| !said.is_empty()).collect()
}

/// What comes next, and who can do it.
pub fn next(view: &MobilisationView, names: &Names, p: Phrases) -> String {
    let stem = format!("cell-next-{}", view.state.wire().replace('_', "-"));
    match view.state {
        State::Identified | State::Appraised => p.x(&stem, &names.agency(view.brought_by)),
        State::Triggered if view.file.is_none() && view.identity_at.is_none() => {
            p.x("cell-next-identity", &names.agency(view.brought_by))
        }
        State::Transferred => {
            p.x(&stem, &view.transferred_to.map(|cell| names.cell(cell)).unwrap_or_default())
        }
        _ => p.t(&stem),
    }
}

/// Since when something new asks for a new appraisal.
pub fn reappraise(since: Option<DateTime<Utc>>, p: Phrases) -> Option<String> {
    since.map(|since| p.x("cell-reappraise-since", &moment(since, p.lang())))
}

/// The stage of a mobilisation in words.
pub fn state(view: &MobilisationView, p: Phrases) -> String {
    view.state.said(p)
}
