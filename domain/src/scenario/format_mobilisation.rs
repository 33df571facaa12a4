//! The part of the scenario format that tells a cell's process: its steps, its meetings and its actions.

use authz::vocabulary::{Capacity, Category};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{
    format::{FactItem, Placed, Recipient, ScenarioError},
    read::Reader,
};
use crate::{
    action::Turn,
    meeting::{AgencyAnswer, Certainty, DecisionKind, MeetingKind, Mode, Reply},
    mobilisation::{Move, Opinion},
};

/// The same, before its meetings and actions are read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MobilisationDocument<'a> {
    key: String,
    cell: String,
    brought_by: String,
    #[serde(default)]
    own_reference: Option<String>,
    #[serde(default)]
    file: Option<String>,
    #[serde(default)]
    consultation: Option<Consultation>,
    #[serde(default)]
    urgent: bool,
    #[serde(default)]
    transferred_to: Option<String>,
    #[serde(default)]
    review_at: Option<DateTime<Utc>>,
    #[serde(default)]
    due_at: Option<DateTime<Utc>>,
    #[serde(default)]
    residual_level: Option<String>,
    steps: Vec<Step>,
    #[serde(default)]
    opinions: Vec<Said>,
    #[serde(borrow, default)]
    meetings: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    actions: Vec<&'a RawValue>,
}

/// A cell's process, as it went.
pub(super) struct Mobilisation {
    pub key: String,
    pub cell: String,
    pub brought_by: String,
    pub own_reference: Option<String>,
    pub file: Option<String>,
    pub consultation: Option<Consultation>,
    pub urgent: bool,
    pub transferred_to: Option<String>,
    pub review_at: Option<DateTime<Utc>>,
    pub due_at: Option<DateTime<Utc>>,
    pub residual_level: Option<String>,
    pub steps: Vec<Step>,
    pub opinions: Vec<Said>,
    pub meetings: Vec<Placed<Meeting>>,
    pub actions: Vec<Placed<Action>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Consultation {
    pub age_band: String,
    pub region: String,
    pub factors: Vec<String>,
    #[serde(default)]
    pub services: Vec<String>,
    pub level: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    #[serde(rename = "move")]
    pub by: Move,
    pub user: String,
    pub at: DateTime<Utc>,
    #[serde(default)]
    pub reasons: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Said {
    pub user: String,
    pub opinion: Opinion,
    pub reasons: Vec<String>,
    pub at: DateTime<Utc>,
}

/// A meeting, as it was called and held.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Meeting {
    pub key: String,
    pub kind: MeetingKind,
    pub mode: Mode,
    pub by: String,
    pub convened_at: DateTime<Utc>,
    pub starts_at: DateTime<Utc>,
    #[serde(default)]
    pub ends_at: Option<DateTime<Utc>>,
    #[serde(default)]
    pub place: Option<String>,
    #[serde(default)]
    pub link: Option<String>,
    #[serde(default)]
    pub opened_at: Option<DateTime<Utc>>,
    #[serde(default)]
    pub chair: Option<String>,
    #[serde(default)]
    pub closed_at: Option<DateTime<Utc>>,
    #[serde(default)]
    pub cancelled_at: Option<DateTime<Utc>>,
    pub seats: Vec<Seat>,
    #[serde(default)]
    pub attendance: Vec<Presence>,
    #[serde(default)]
    pub agenda: Vec<AgendaItem>,
    #[serde(default)]
    pub contributions: Vec<Contribution>,
    #[serde(default)]
    pub decisions: Vec<Decision>,
    /// What was told aloud on consents.
    #[serde(default)]
    pub told: Vec<Telling>,
    /// The file's acts that were made aloud here.
    #[serde(default)]
    pub disclosures: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Seat {
    pub agency: String,
    pub person: String,
    #[serde(default)]
    pub substitute: Option<String>,
    pub capacity: Capacity,
    #[serde(default)]
    pub reply: Option<Reply>,
    #[serde(default)]
    pub answer: Option<AgencyAnswer>,
    #[serde(default)]
    pub answer_reason: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Presence {
    pub agency: String,
    pub person: String,
    pub capacity: Capacity,
    pub arrived_at: DateTime<Utc>,
    #[serde(default)]
    pub departed_at: Option<DateTime<Utc>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum AgendaItem {
    Coded(CodedItem),
    Titled(TitledItem),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CodedItem {
    pub code: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TitledItem {
    pub person: String,
    pub category: Category,
    pub text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Contribution {
    pub key: String,
    pub by: String,
    pub at: DateTime<Utc>,
    pub person: String,
    pub category: Category,
    pub text: String,
    pub certainty: Certainty,
    #[serde(default)]
    pub known_on: Option<NaiveDate>,
    #[serde(default)]
    pub facts: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Decision {
    pub by: String,
    pub at: DateTime<Utc>,
    pub person: String,
    pub category: Category,
    pub text: String,
    pub kind: DecisionKind,
    #[serde(default)]
    pub level: Option<String>,
    #[serde(default)]
    pub dissent: Vec<String>,
}

/// Own facts and contributions told aloud, on one consent.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Telling {
    pub by: String,
    pub at: DateTime<Utc>,
    pub recipients: Vec<Recipient>,
    pub items: Vec<Told>,
    pub consent: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Told {
    Fact(FactItem),
    Contribution(ContributionItem),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ContributionItem {
    pub contribution: String,
}

/// An action of the safety net, from the moment it was agreed on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Action {
    pub key: String,
    pub kind: String,
    pub by: String,
    pub at: DateTime<Utc>,
    pub owner_agency: String,
    pub owner: String,
    pub protects: Vec<String>,
    pub due_at: DateTime<Utc>,
    #[serde(default)]
    pub text: Option<String>,
    #[serde(default)]
    pub if_it_fails: Vec<String>,
    #[serde(default)]
    pub must_not: Vec<String>,
    #[serde(default)]
    pub must_not_text: Option<String>,
    #[serde(default)]
    pub meeting: Option<String>,
    /// What followed.
    #[serde(default)]
    pub steps: Vec<ActionStep>,
    #[serde(default)]
    pub told: Vec<ActionTold>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ActionStep {
    #[serde(rename = "move")]
    pub by: Turn,
    pub user: String,
    pub at: DateTime<Utc>,
    #[serde(default)]
    pub reasons: Vec<String>,
    /// Who answers for it from then on.
    #[serde(default)]
    pub owner: Option<Owner>,
    /// When it is due from then on.
    #[serde(default)]
    pub due_at: Option<DateTime<Utc>>,
    /// What shows that it was done.
    #[serde(default)]
    pub evidence: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Owner {
    pub agency: String,
    pub person: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ActionTold {
    pub person: String,
    pub by: String,
    pub at: DateTime<Utc>,
    pub channel: String,
}

impl Meeting {
    /// The name of a part of it that has no key, by list and place.
    pub fn part(&self, list: &str, place: usize) -> String {
        format!("{}.{list}[{place:04}]", self.key)
    }

    /// Every part of it that needs an identifier.
    pub fn parts(&self) -> Vec<String> {
        let told = self.told.iter().map(|telling| telling.recipients.len()).sum();
        let titles = self.agenda.len();
        [
            ("agenda", titles),
            ("title", titles),
            ("attendance", self.attendance.len()),
            ("contributions", self.contributions.len()),
            ("decisions", self.decisions.len()),
            ("told", told),
        ]
        .into_iter()
        .flat_map(|(list, many)| (0..many).map(move |place| self.part(list, place)))
        .collect()
    }
}

impl Action {
    /// The name of one of its documents.
    pub fn part(&self, document: &str) -> String {
        format!("{}.{document}", self.key)
    }

    /// Its documents.
    pub fn parts(&self) -> Vec<String> {
        ["words", "evidence"].map(|document| self.part(document)).into()
    }
}

impl<'t> Reader<'t> {
    pub fn mobilisations(&self, raws: &[&'t RawValue]) -> Result<Vec<Placed<Mobilisation>>, ScenarioError> {
        let each = raws.iter().enumerate();
        each.map(|(n, raw)| self.mobilisation(raw, &format!("mobilisations[{n}]"))).collect()
    }

    fn mobilisation(&self, raw: &'t RawValue, path: &str) -> Result<Placed<Mobilisation>, ScenarioError> {
        let Placed { line, path, it: d } = self.one::<MobilisationDocument<'_>>(raw, path.to_owned())?;
        let it = Mobilisation {
            meetings: self.all(&d.meetings, &format!("{path}.meetings"))?,
            actions: self.all(&d.actions, &format!("{path}.actions"))?,
            key: d.key,
            cell: d.cell,
            brought_by: d.brought_by,
            own_reference: d.own_reference,
            file: d.file,
            consultation: d.consultation,
            urgent: d.urgent,
            transferred_to: d.transferred_to,
            review_at: d.review_at,
            due_at: d.due_at,
            residual_level: d.residual_level,
            steps: d.steps,
            opinions: d.opinions,
        };
        Ok(Placed { line, path, it })
    }
}
