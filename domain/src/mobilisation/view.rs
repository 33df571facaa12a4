//! A mobilisation as one viewer may see it: its frame for who works on it, its words through the gate of its file.

use authz::{
    desk::{Disclose, Door, Grant, Resource, Shown},
    fault::Fault,
    id::{AgencyId, CellId, FileId, MobilisationId, UserId},
    vocabulary::Role,
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    Opinion, State,
    rows::{Held, MobilisationRow, StepRow},
};
use crate::document::{DocumentKind, body_place, current};

/// A mobilisation as found, before anybody was judged.
pub struct Mobilisation {
    pub(crate) held: Held,
    pub(crate) now: DateTime<Utc>,
}

impl Resource for Mobilisation {
    const KIND: &'static str = "mobilisation";
    const READ: &'static str = "mobilisation.read";
    const DOOR: Door = Door::Content;
    type Id = MobilisationId;
}

/// A mobilisation.
#[derive(Serialize, ToSchema)]
pub struct MobilisationView {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: MobilisationId,
    /// What people call it.
    pub reference: String,
    /// Its cell.
    #[schema(value_type = Uuid)]
    pub cell: CellId,
    /// Where it stands.
    pub state: State,
    /// The agency that brought it.
    #[schema(value_type = Uuid)]
    pub brought_by: AgencyId,
    /// For that agency alone: its own word for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own_reference: Option<String>,
    /// The file, for who may know of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Uuid>)]
    pub file: Option<FileId>,
    /// What was brought without identity.
    pub consultation: Option<ConsultationView>,
    /// Triggered before the committee met?
    pub urgent: bool,
    /// The mobilisation that it follows within the cell's repeat window.
    #[schema(value_type = Option<Uuid>)]
    pub repeat_of: Option<MobilisationId>,
    /// Version of the rule by which it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repeat_rule: Option<i16>,
    /// The mobilisation of another cell that it continues.
    #[schema(value_type = Option<Uuid>)]
    pub transferred_from: Option<MobilisationId>,
    /// The cell it was handed to.
    #[schema(value_type = Option<Uuid>)]
    pub transferred_to: Option<CellId>,
    /// When it began.
    pub opened_at: DateTime<Utc>,
    /// When it was brought to the cell.
    pub consulted_at: Option<DateTime<Utc>>,
    /// When it was decided.
    pub decided_at: Option<DateTime<Utc>>,
    /// When the cell was triggered.
    pub triggered_at: Option<DateTime<Utc>>,
    /// When identity was opened.
    pub identity_at: Option<DateTime<Utc>>,
    /// When the cell first met.
    pub met_at: Option<DateTime<Utc>>,
    /// When the safety net was agreed.
    pub planned_at: Option<DateTime<Utc>>,
    /// When it is looked at again.
    pub review_at: Option<DateTime<Utc>>,
    /// Since when something new asks for a new appraisal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reappraisal_due_at: Option<DateTime<Utc>>,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// The level that remained at closure.
    pub residual_level: Option<String>,
    /// The agencies that keep following after closure, for the circle.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<Uuid>)]
    pub following: Vec<AgencyId>,
    /// When the next step is due.
    pub due_at: Option<DateTime<Utc>>,
    /// Is it due already?
    pub overdue: bool,
    /// For the committee and the coordination: what each organisation thinks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opinions: Option<Vec<OpinionView>>,
    /// How it came here.
    pub steps: Vec<StepView>,
}

/// What is brought without identity: codes only.
#[derive(Serialize, ToSchema)]
pub struct ConsultationView {
    /// A code of `age_band`.
    pub age_band: Option<String>,
    /// A code of `region`.
    pub region: Option<String>,
    /// Codes of `consultation_factor`.
    pub factors: Vec<String>,
    /// Codes of `service`.
    pub services: Vec<String>,
    /// A code of `risk_level`, set by a person.
    pub level: Option<String>,
}

/// What an organisation thinks.
#[derive(Serialize, ToSchema)]
pub struct OpinionView {
    /// Which.
    #[schema(value_type = Uuid)]
    pub agency: AgencyId,
    /// What.
    pub opinion: Opinion,
    /// Why.
    pub reasons: Vec<String>,
    /// When.
    pub at: DateTime<Utc>,
}

/// A step.
#[derive(Serialize, ToSchema)]
pub struct StepView {
    /// What moved it.
    #[serde(rename = "move")]
    pub by: String,
    /// Where it led.
    pub state: State,
    /// Who moved it; nobody is named once the situation is not retained.
    #[schema(value_type = Option<Uuid>)]
    pub user: Option<UserId>,
    /// For which agency.
    #[schema(value_type = Option<Uuid>)]
    pub agency: Option<AgencyId>,
    /// When.
    pub at: DateTime<Utc>,
    /// Why, in codes.
    pub reasons: Vec<String>,
    /// Why, in words, if the gate shows them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub words: Option<Shown<String>>,
}

impl Disclose for Mobilisation {
    type View = MobilisationView;

    fn disclose(self, grant: &Grant<'_, Self>) -> Result<MobilisationView, Fault> {
        let Held { head, steps, opinions, file, bodies } = self.held;
        let documents = file.map(|rows| rows.documents).unwrap_or_default();
        let sits = grant.roles().acts_as(Role::Committee) || grant.roles().acts_as(Role::Coordinator);
        let opinions = opinions
            .into_iter()
            .map(|row| {
                Ok(OpinionView {
                    agency: AgencyId::from_uuid(row.agency_id),
                    opinion: Opinion::from_number(row.opinion)?,
                    reasons: row.reasons,
                    at: row.at,
                })
            })
            .collect::<Result<_, Fault>>()?;
        let mut views = Vec::with_capacity(steps.len());
        for row in steps {
            let words = row.document_id.and_then(|id| current(&documents, DocumentKind::Reasons, id, grant));
            let words = match words {
                None => None,
                Some(document) => {
                    let sealed = bodies.get(&document.id).ok_or(Fault::Stored)?;
                    let read = |plain: &[u8]| serde_json::from_slice(plain).ok();
                    let place = body_place(document.id);
                    grant.unseal(&document.label()?, DocumentKind::Reasons.wire(), &place, sealed, read)?
                }
            };
            views.push(step(row, words)?);
        }
        frame(head, self.now, grant, sits.then_some(opinions), views)
    }
}

fn step(row: StepRow, words: Option<Shown<String>>) -> Result<StepView, Fault> {
    let StepRow { by, state, by_account, by_agency, at, reasons, document_id: _ } = row;
    Ok(StepView {
        by,
        state: State::from_number(state)?,
        user: by_account.map(UserId::from_uuid),
        agency: by_agency.map(AgencyId::from_uuid),
        at,
        reasons,
        words,
    })
}

fn frame(
    head: MobilisationRow,
    now: DateTime<Utc>,
    grant: &Grant<'_, Mobilisation>,
    opinions: Option<Vec<OpinionView>>,
    steps: Vec<StepView>,
) -> Result<MobilisationView, Fault> {
    let consultation = head.region.is_some().then(|| ConsultationView {
        age_band: head.age_band.clone(),
        region: head.region.clone(),
        factors: head.factors.clone().unwrap_or_default(),
        services: head.services.clone().unwrap_or_default(),
        level: head.level.clone(),
    });
    Ok(MobilisationView {
        id: head.id(),
        cell: head.cell(),
        state: head.state()?,
        brought_by: head.brought_by(),
        file: head.file().filter(|_| grant.sees_circle()),
        own_reference: head.own_reference.clone().filter(|_| head.brought_by() == grant.agency()),
        consultation,
        urgent: head.urgent,
        repeat_of: head.repeat_of.map(MobilisationId::from_uuid),
        repeat_rule: head.repeat_rule,
        transferred_from: head.transferred_from.map(MobilisationId::from_uuid),
        transferred_to: head.transferred_to.map(CellId::from_uuid),
        opened_at: head.opened_at,
        consulted_at: head.consulted_at,
        decided_at: head.decided_at,
        triggered_at: head.triggered_at,
        identity_at: head.identity_at,
        met_at: head.met_at,
        planned_at: head.planned_at,
        review_at: head.review_at,
        reappraisal_due_at: head.reappraisal_due_at,
        closed_at: head.closed_at,
        following: if grant.sees_circle() || head.file_id.is_none() {
            head.following.iter().copied().map(AgencyId::from_uuid).collect()
        } else {
            Vec::new()
        },
        residual_level: head.residual_level,
        overdue: head.due_at.is_some_and(|due| due <= now),
        due_at: head.due_at,
        reference: head.reference,
        opinions,
        steps,
    })
}
