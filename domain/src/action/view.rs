//! An action as one viewer may see it: its frame for who may know of it, its words through the gate.

use std::{collections::HashMap, rc::Rc};

use authz::{
    desk::{Disclose, Door, Grant, Resource, Shown},
    fault::Fault,
    id::{ActionId, AgencyId, MeetingId, MobilisationId, PersonId, UserId},
    vocabulary::SubjectRole,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Status,
    rows::{ActionRow, StepRow, ToldRow},
};
use crate::{
    document::{Bodies, DocumentKind, body_place, current},
    file::rows::DocumentRow,
};

/// The documents of a file, with the bodies of those that speak of actions, and what each person is in it.
pub(super) struct Papers {
    pub documents: Vec<DocumentRow>,
    pub roles: HashMap<Uuid, i16>,
    pub bodies: Bodies,
}

/// An action with what hangs on it.
pub(crate) struct Whole {
    pub row: ActionRow,
    pub steps: Vec<StepRow>,
    pub told: Vec<ToldRow>,
}

/// An action as found, before anybody was judged.
pub struct SafetyAction {
    pub(super) whole: Whole,
    pub(super) papers: Rc<Papers>,
    pub(super) now: DateTime<Utc>,
}

impl Resource for SafetyAction {
    const KIND: &'static str = "action";
    const READ: &'static str = "action.read";
    const DOOR: Door = Door::Content;
    type Id = ActionId;
}

/// An action.
#[derive(Serialize, ToSchema)]
pub struct ActionView {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: ActionId,
    /// The mobilisation it belongs to.
    #[schema(value_type = Uuid)]
    pub mobilisation: MobilisationId,
    /// A code of `action_kind`; not said to who may know of none of the persons it protects.
    pub kind: Option<String>,
    /// The agency that answers for it.
    #[schema(value_type = Uuid)]
    pub owner_agency: AgencyId,
    /// The person of that agency who does.
    #[schema(value_type = Uuid)]
    pub owner: UserId,
    /// Those of the persons it protects whom the viewer may know of.
    #[schema(value_type = Vec<Uuid>)]
    pub protects: Vec<PersonId>,
    /// What each of these is in the file, in the same order.
    #[schema(value_type = Vec<String>)]
    pub protects_as: Vec<SubjectRole>,
    /// Where it stands.
    pub status: Status,
    /// When it is due.
    pub due_at: DateTime<Utc>,
    /// Is it still to be done past that?
    pub overdue: bool,
    /// The agency that wrote it down.
    #[schema(value_type = Uuid)]
    pub written_by: AgencyId,
    /// When it was agreed on.
    pub written_at: DateTime<Utc>,
    /// The meeting at which it was decided, if at one.
    #[schema(value_type = Option<Uuid>)]
    pub meeting: Option<MeetingId>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// Its words, if the gate shows them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Words>)]
    pub words: Option<Shown<Words>>,
    /// What came of it, in words, if the gate shows them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub evidence: Option<Shown<String>>,
    /// For the agency that answers for it, the one that wrote it, and whom the gate would show it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<ActionDetails>,
}

/// The words of an action.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct Words {
    /// What is to be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What must not be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub must_not: Option<String>,
}

/// What is said of an action in codes, beyond its frame.
#[derive(Serialize, ToSchema)]
pub struct ActionDetails {
    /// What is done if it fails; codes of `action_fallback`.
    pub if_it_fails: Vec<String>,
    /// What nobody may do; codes of `action_must_not`.
    pub must_not: Vec<String>,
    /// Who of those it protects was told of it.
    pub told: Vec<ToldView>,
    /// How it came here.
    pub steps: Vec<ActionStepView>,
}

/// Somebody who was told of an action.
#[derive(Serialize, ToSchema)]
pub struct ToldView {
    /// Who was told.
    #[schema(value_type = Uuid)]
    pub person: PersonId,
    /// By whom.
    #[schema(value_type = Uuid)]
    pub user: UserId,
    /// Of which agency.
    #[schema(value_type = Uuid)]
    pub agency: AgencyId,
    /// When.
    pub at: DateTime<Utc>,
    /// A code of `safe_channel`.
    pub channel: String,
}

/// A step of an action.
#[derive(Serialize, ToSchema)]
pub struct ActionStepView {
    /// What moved it.
    #[serde(rename = "move")]
    pub by: String,
    /// Who.
    #[schema(value_type = Uuid)]
    pub user: UserId,
    /// For which agency.
    #[schema(value_type = Uuid)]
    pub agency: AgencyId,
    /// When.
    pub at: DateTime<Utc>,
    /// Why; codes of `action_reason`.
    pub reasons: Vec<String>,
    /// Who answered for it from then on.
    #[schema(value_type = Uuid)]
    pub owner: UserId,
    /// When it was due from then on.
    pub due_at: DateTime<Utc>,
}

impl Disclose for SafetyAction {
    type View = Option<ActionView>;

    fn disclose(self, grant: &Grant<'_, Self>) -> Result<Option<ActionView>, Fault> {
        let Papers { documents, roles, bodies } = self.papers.as_ref();
        action_view(self.whole, (documents, roles), bodies, self.now, grant).map(Some)
    }
}

/// The action for who may know of its frame: what else shows is the gate's to say.
pub(crate) fn action_view<R: Resource>(
    whole: Whole,
    (documents, roles): (&[DocumentRow], &HashMap<Uuid, i16>),
    bodies: &Bodies,
    now: DateTime<Utc>,
    grant: &Grant<'_, R>,
) -> Result<ActionView, Fault> {
    let Whole { row, steps, told } = whole;
    let known = |person: &Uuid| grant.knows_person(*person);
    let protects: Vec<PersonId> =
        row.protects.iter().filter(|one| known(one)).copied().map(PersonId::from_uuid).collect();
    let role = |one: &PersonId| roles.get(&one.uuid()).copied().ok_or(Fault::Stored);
    let role = |one| SubjectRole::from_number(role(one)?).map_err(|_| Fault::Stored);
    let protects_as: Vec<SubjectRole> = protects.iter().map(role).collect::<Result<_, _>>()?;
    let agency = grant.agency().uuid();
    let shows = row.owner_agency == agency
        || row.written_agency == agency
        || row
            .frame()
            .labels
            .iter()
            .any(|label| known(&label.subject) && grant.show(label, "action", ()).is_some());
    let paper = |kind, id: Option<Uuid>| id.and_then(|id| current(documents, kind, id, grant));
    let words = read(paper(DocumentKind::Action, row.document_id), DocumentKind::Action, bodies, grant)?;
    let evidence =
        read(paper(DocumentKind::Evidence, row.evidence_id), DocumentKind::Evidence, bodies, grant)?;
    let details = shows.then(|| ActionDetails {
        if_it_fails: row.if_it_fails.clone(),
        must_not: row.must_not.clone(),
        told: told.into_iter().filter(|one| known(&one.person_id)).map(told_view).collect(),
        steps: steps.into_iter().map(step_view).collect(),
    });
    let status = row.status()?;
    Ok(ActionView {
        id: row.id(),
        mobilisation: row.mobilisation(),
        owner_agency: row.owner_agency(),
        owner: UserId::from_uuid(row.owner_account),
        status,
        due_at: row.due_at,
        overdue: status.is_open() && row.due_at <= now,
        written_by: AgencyId::from_uuid(row.written_agency),
        written_at: row.written_at,
        meeting: row.meeting_id.map(MeetingId::from_uuid),
        ended_at: row.ended_at,
        // The kind alone may tell of somebody who is vaulted away: « contact the new partner ».
        kind: Some(row.kind).filter(|_| shows || !protects.is_empty()),
        protects,
        protects_as,
        words,
        evidence,
        details,
    })
}

fn read<T: DeserializeOwned, R: Resource>(
    document: Option<&DocumentRow>,
    kind: DocumentKind,
    bodies: &Bodies,
    grant: &Grant<'_, R>,
) -> Result<Option<Shown<T>>, Fault> {
    let Some(document) = document else { return Ok(None) };
    let sealed = bodies.get(&document.id).ok_or(Fault::Stored)?;
    let read = |plain: &[u8]| serde_json::from_slice(plain).ok();
    grant.unseal(&document.label()?, kind.wire(), &body_place(document.id), sealed, read)
}

fn told_view(row: ToldRow) -> ToldView {
    ToldView {
        person: PersonId::from_uuid(row.person_id),
        user: UserId::from_uuid(row.by_account),
        agency: AgencyId::from_uuid(row.by_agency),
        at: row.told_at,
        channel: row.channel,
    }
}

fn step_view(row: StepRow) -> ActionStepView {
    ActionStepView {
        by: row.by,
        user: UserId::from_uuid(row.by_account),
        agency: AgencyId::from_uuid(row.by_agency),
        at: row.at,
        reasons: row.reasons,
        owner: UserId::from_uuid(row.owner_account),
        due_at: row.due_at,
    }
}
