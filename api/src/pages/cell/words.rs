//! How the closed words of the cell's process read.

use domain::{
    action::Status,
    meeting::{AgencyAnswer, Certainty, DecisionKind, MeetingKind, Mode, Reply, Stage},
    mobilisation::State,
};

use crate::pages::{field::Choice, phrases::Phrases};

fn dashed(word: &str) -> String {
    word.replace('_', "-")
}

/// A word of a closed set with its sentence.
pub trait Worded: Copy + 'static {
    /// The stem of its sentences.
    const STEM: &'static str;
    /// Every word.
    const EVERY: &'static [Self];
    /// The word on the wire.
    fn word(self) -> &'static str;

    /// How it reads.
    fn said(self, p: Phrases) -> String {
        p.t(&format!("{}{}", Self::STEM, dashed(self.word())))
    }

    /// All of them, to choose from.
    fn choices(p: Phrases) -> Vec<Choice> {
        Self::EVERY.iter().map(|word| Choice::new(word.word(), word.said(p))).collect()
    }
}

macro_rules! worded {
    ($($name:ty: $stem:literal),+ $(,)?) => {$(
        impl Worded for $name {
            const STEM: &'static str = $stem;
            const EVERY: &'static [Self] = <$name>::ALL;
            fn word(self) -> &'static str { self.wire() }
        }
    )+};
}

worded! {
    State: "cell-state-",
    Status: "net-status-",
    MeetingKind: "meeting-kind-",
    Mode: "meeting-mode-",
    Stage: "meeting-stage-",
    Reply: "meeting-reply-",
    AgencyAnswer: "meeting-answer-",
    Certainty: "meeting-certainty-",
    DecisionKind: "meeting-decision-",
}
