//! What one viewer gets of an appraisal: INVARIANT: an appraisal is no way round a wall. An answer shows only
//! where a fact of its item's category, about this person, from this source and of that time would show; what
//! does not show is listed all the same, whatever it held, and counts as unknown in all that is reckoned.

use authz::{
    desk::{Grant, Resource, Shown},
    fault::Fault,
    gate::Label,
    vocabulary::Category,
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::Body;
use crate::{
    document::{Bodies, body_place},
    file::rows::DocumentRow,
    instrument::{
        Answer, Answers, Bounds, Inclusion, Informant, Instrument, Level, Library, Outcome, Prorated, Stance,
        TriggerOutcome,
    },
};

/// An instrument by name.
#[derive(Serialize, ToSchema)]
pub struct NamedInstrument {
    /// Its code.
    pub code: String,
    /// Its version.
    pub version: i16,
}

/// What shows of an appraisal.
#[derive(Serialize, ToSchema)]
pub struct JudgedView {
    /// By which instrument.
    pub instrument: NamedInstrument,
    /// The level a person set, a code of `risk_level`.
    #[schema(value_type = String)]
    pub level: Level,
    /// How the level stands to what the instrument suggests of the answers that show: `unsuggested`,
    /// `within`, `raised` or `lowered`.
    #[schema(value_type = String)]
    pub stance: Stance,
    /// Why.
    pub reasons: Option<String>,
    /// What is said of imminence.
    pub imminence: Option<String>,
    /// Every item of the instrument, in its order.
    pub answers: Vec<AnswerView>,
    /// What the answers that show amount to.
    pub outcome: OutcomeView,
}

/// One item and its answer, where it shows.
#[derive(Serialize, ToSchema)]
pub struct AnswerView {
    /// The item.
    pub item: String,
    /// Its category.
    #[schema(value_type = String)]
    pub category: Category,
    /// Not shown to this viewer, whatever it holds and whether it holds anything.
    pub withheld: bool,
    /// The answer; `not_asked` where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub answer: Option<Answer>,
    /// Who it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub source: Option<Informant>,
    /// Since when it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known_on: Option<NaiveDate>,
}

/// What answers amount to. It decides nothing.
#[derive(Serialize, ToSchema)]
pub struct OutcomeView {
    /// `met`, `not_met` or `unknown`: whether the instrument was made for the situation.
    pub inclusion: Inclusion,
    /// Items that count and are answered.
    pub answered: usize,
    /// Items that count and nobody knows, or that do not show.
    pub missing: usize,
    /// Enough answers for the score to be read.
    pub enough: bool,
    /// Lowest and highest possible score; nothing, where the instrument has none.
    pub score: Option<Bounds>,
    /// The score completed by the instrument's own rule.
    pub prorated: Option<Prorated>,
    /// The ranges still possible.
    pub bands: Vec<String>,
    /// The triggers.
    pub triggers: Vec<TriggerOutcome>,
    /// The level suggested.
    pub suggestion: Option<SuggestionView>,
}

/// What an instrument suggests of a level.
#[derive(Serialize, ToSchema)]
pub struct SuggestionView {
    /// At least.
    #[schema(value_type = String)]
    pub certain: Level,
    /// At most.
    #[schema(value_type = String)]
    pub possible: Level,
}

impl From<Outcome> for OutcomeView {
    fn from(outcome: Outcome) -> Self {
        let Outcome { inclusion, answered, missing, enough, score, prorated, bands, triggers, suggestion } =
            outcome;
        let suggestion = suggestion
            .map(|suggestion| SuggestionView { certain: suggestion.certain, possible: suggestion.possible });
        Self { inclusion, answered, missing, enough, score, prorated, bands, triggers, suggestion }
    }
}

/// An appraisal as far as one viewer may read it: answers that do not show are not in it any more.
pub(super) struct Opened {
    pub body: Body,
    pub instrument: Instrument,
    /// Categories whose answers show.
    pub categories: Vec<Category>,
}

impl Opened {
    pub fn shows(&self, category: Category) -> bool {
        self.categories.contains(&category)
    }

    pub fn is_of(&self, code: &str) -> bool {
        self.body.instrument == code
    }
}

/// Opens an appraisal for the viewer, leaves out the answers that do not show, and makes `view` of the rest.
pub(super) fn open<R: Resource, V>(
    row: &DocumentRow,
    bodies: &Bodies,
    library: &Library,
    grant: &Grant<'_, R>,
    view: impl FnOnce(Opened) -> V,
) -> Result<Option<Shown<V>>, Fault> {
    let sealed = bodies.get(&row.id).ok_or(Fault::Stored)?;
    let label = row.label()?;
    let read = |plain: &[u8]| {
        let mut body = Body::read(plain)?;
        let instrument = library.find(&body.instrument, Some(body.version))?;
        let categories = shown_categories(&instrument, &label, grant);
        let shows = |id: &str| instrument.item(id).is_some_and(|item| categories.contains(&item.category));
        body.answers.retain(|id, _| shows(id));
        Some(view(Opened { body, instrument, categories }))
    };
    grant.unseal(&label, "appraisal", &body_place(row.id), sealed, read)
}

/// The categories of items under which the gate shows this viewer something of this person, source and time.
fn shown_categories<R: Resource>(
    instrument: &Instrument,
    document: &Label<Uuid>,
    grant: &Grant<'_, R>,
) -> Vec<Category> {
    let mut asked: Vec<Category> = instrument.items.iter().map(|item| item.category).collect();
    asked.sort_unstable();
    asked.dedup();
    // A fact with an id of its own: an act that tells the document tells its level and its reasons, and opens
    // no other category than the basis was checked for.
    asked.retain(|category| {
        let fact = Label { id: Uuid::nil(), category: *category, ..document.clone() };
        let held = *category == document.category;
        held || grant.show(&fact, category.wire(), ()).is_some()
    });
    asked
}

impl From<&Opened> for JudgedView {
    fn from(opened: &Opened) -> Self {
        let (body, instrument) = (&opened.body, &opened.instrument);
        let outcome = instrument.outcome(&body.answers);
        let whole = instrument.items.iter().all(|item| opened.shows(item.category));
        // The stance recorded was reckoned with every answer: to whom one is withheld it would tell of it.
        let stance = if whole { body.stance } else { Stance::of(body.level, outcome.suggestion) };
        Self {
            instrument: NamedInstrument { code: instrument.code.clone(), version: instrument.version },
            level: body.level,
            stance,
            reasons: body.reasons.clone(),
            imminence: body.imminence.clone(),
            answers: answers(opened, &body.answers),
            outcome: outcome.into(),
        }
    }
}

fn answers(opened: &Opened, answers: &Answers) -> Vec<AnswerView> {
    let view = opened.instrument.items.iter().map(|item| {
        let shows = opened.shows(item.category);
        let given = answers.get(&item.id).filter(|_| shows);
        AnswerView {
            item: item.id.clone(),
            category: item.category,
            withheld: !shows,
            answer: shows.then(|| given.map_or(Answer::NotAsked, |given| given.answer)),
            source: given.map(|given| given.source),
            known_on: given.and_then(|given| given.known_on),
        }
    });
    view.collect()
}
