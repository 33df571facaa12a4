//! The minutes (*compte rendu*), for each reader her own: one record, shown field by field through the gate, never a
//! document that could be sent. What does not show is not counted either.

use std::cell::RefCell;

use authz::{
    desk::{Disclose, Door, Grant, Resource, Sealed, Session, Shown},
    fault::{Fault, Stop},
    id::{AgencyId, AgendaItemId, DocumentId, FactId, MeetingId, MobilisationId, PersonId, UserId},
    vocabulary::{Category, SubjectRole},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    Certainty, DecisionKind, MeetingKind, Mode,
    contribute::{ContributionBody, DecisionBody},
    find::find_as,
    rows::Held,
    view::{AgendaView, AttendanceView, agenda_view, attendance_view},
};
use crate::{
    action::{ActionView, Whole, action_view, decided_at},
    document::{Bodies, DocumentKind, body_place, current_of},
    file::{rows::DocumentRow, view::BasisView},
};

/// A meeting to be read as its minutes, with the actions decided at it.
pub struct Minutes {
    held: Held,
    actions: Vec<Whole>,
    papers: Bodies,
    now: DateTime<Utc>,
}

/// A meeting to be read for what was brought to it.
pub struct Contributions(Held);

/// The minutes of a meeting, as one agency that took part may read them.
#[derive(Serialize, ToSchema)]
pub struct MinutesView {
    /// The meeting.
    #[schema(value_type = Uuid)]
    pub meeting: MeetingId,
    /// The mobilisation.
    #[schema(value_type = Uuid)]
    pub mobilisation: MobilisationId,
    /// The cell.
    pub cell: String,
    /// Its territory; a code of `region`.
    pub territory: String,
    /// Why it was held.
    pub kind: MeetingKind,
    /// How people met.
    pub mode: Mode,
    /// When it began.
    pub opened_at: DateTime<Utc>,
    /// When it ended.
    pub closed_at: Option<DateTime<Utc>>,
    /// Who chaired it.
    #[schema(value_type = Option<Uuid>)]
    pub chair: Option<UserId>,
    /// Was it an emergency with fewer organisations than the quorum?
    pub short_of_quorum: bool,
    /// Who was in the room, from when until when, in which capacity and under which undertaking.
    pub attendance: Vec<AttendanceView>,
    /// What it spoke of.
    pub agenda: Vec<AgendaView>,
    /// What was brought.
    pub contributions: Vec<ContributionView>,
    /// What was agreed.
    pub decisions: Vec<DecisionView>,
    /// What must not be done.
    pub must_not: Vec<DecisionView>,
    /// What the person is told, by whom and how.
    pub informing: Vec<DecisionView>,
    /// The actions decided at it that the reader may know of, as they stand now.
    pub actions: Vec<ActionView>,
    /// When the situation is looked at again.
    pub next_review: Option<DateTime<Utc>>,
    /// The agencies that may read minutes of this meeting, each its own.
    #[schema(value_type = Vec<Uuid>)]
    pub circulation: Vec<AgencyId>,
}

/// Where a document of a meeting comes from and whom it is about.
#[derive(Serialize, ToSchema)]
pub struct LabelView {
    /// Its handle.
    #[schema(value_type = Uuid)]
    pub document: DocumentId,
    /// The person it is about.
    #[schema(value_type = Uuid)]
    pub person: PersonId,
    /// What that person is in the file.
    #[schema(value_type = String)]
    pub role: SubjectRole,
    /// Its category.
    #[schema(value_type = String)]
    pub category: Category,
    /// The agency that says so.
    #[schema(value_type = Uuid)]
    pub source: AgencyId,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// On what it shows.
    pub basis: BasisView,
}

/// What was brought.
#[derive(Serialize, ToSchema)]
pub struct ContributionView {
    /// Where it comes from.
    #[serde(flatten)]
    pub label: LabelView,
    /// What is said.
    #[serde(flatten)]
    #[schema(value_type = Said)]
    pub said: Shown<Said>,
    /// Facts it rests on, as far as they show.
    #[schema(value_type = Vec<Uuid>)]
    pub facts: Vec<FactId>,
}

/// What is said.
#[derive(Serialize, ToSchema)]
pub struct Said {
    /// Its words.
    pub text: String,
    /// How sure it is.
    pub certainty: Certainty,
    /// Since when it is known.
    pub known_on: Option<NaiveDate>,
}

/// What was decided.
#[derive(Serialize, ToSchema)]
pub struct DecisionView {
    /// Where it comes from.
    #[serde(flatten)]
    pub label: LabelView,
    /// What it is.
    #[serde(flatten)]
    #[schema(value_type = Decided)]
    pub decided: Shown<Decided>,
}

/// What a decision is.
#[derive(Serialize, ToSchema)]
pub struct Decided {
    /// Its words.
    pub text: String,
    /// The level agreed on, set by a person; a code of `risk_level`.
    pub level: Option<String>,
    /// Agencies at the table that did not agree.
    #[schema(value_type = Vec<Uuid>)]
    pub dissent: Vec<AgencyId>,
}

/// What was brought to a meeting, as far as it shows.
#[derive(Serialize, ToSchema)]
pub struct ContributionsView {
    /// In the order they were recorded.
    pub items: Vec<ContributionView>,
    /// There is never more than one page.
    pub next: Option<String>,
}

impl Resource for Minutes {
    const KIND: &'static str = "meeting";
    const READ: &'static str = "meeting.minutes";
    const DOOR: Door = Door::Content;
    type Id = MeetingId;
}

impl Disclose for Minutes {
    type View = Option<MinutesView>;

    fn disclose(self, grant: &Grant<'_, Self>) -> Result<Option<MinutesView>, Fault> {
        let Self { held, actions, papers, now } = self;
        let meeting = &held.meeting;
        let Some(opened_at) = meeting.opened_at else { return Ok(None) };
        if !grant.sees_circle() || !held.took_part(grant.agency().uuid()) {
            return Ok(None);
        }
        let mut circulation: Vec<AgencyId> =
            held.attendance.iter().map(|row| AgencyId::from_uuid(row.agency_id)).collect();
        circulation.sort_unstable();
        circulation.dedup();
        let (mut decisions, mut must_not, mut informing) = (Vec::new(), Vec::new(), Vec::new());
        for (kind, view) in decisions_of(&held, grant)? {
            match kind {
                DecisionKind::Agreed => decisions.push(view),
                DecisionKind::MustNot => must_not.push(view),
                DecisionKind::Informing => informing.push(view),
            }
        }
        let agenda = agenda_view(&held, grant)?;
        let shown: Vec<AgendaItemId> = agenda.iter().map(|item| item.id).collect();
        Ok(Some(MinutesView {
            meeting: meeting.id(),
            mobilisation: MobilisationId::from_uuid(meeting.mobilisation_id),
            cell: held.territory.0.clone(),
            territory: held.territory.1.clone(),
            kind: meeting.kind()?,
            mode: Mode::from_number(meeting.mode)?,
            opened_at,
            closed_at: meeting.closed_at,
            chair: meeting.chair.map(UserId::from_uuid),
            short_of_quorum: meeting.short_of_quorum,
            attendance: attendance_view(&held, &shown)?,
            agenda,
            contributions: contributions_of(&held, grant)?,
            decisions,
            must_not,
            informing,
            actions: actions_of(&held, actions, &papers, now, grant)?,
            next_review: held.head.review_at,
            circulation,
        }))
    }
}

impl Resource for Contributions {
    const KIND: &'static str = "meeting";
    const READ: &'static str = "meeting.contributions";
    const DOOR: Door = Door::Content;
    type Id = MeetingId;
}

impl Disclose for Contributions {
    type View = ContributionsView;

    fn disclose(self, grant: &Grant<'_, Self>) -> Result<ContributionsView, Fault> {
        Ok(ContributionsView { items: contributions_of(&self.0, grant)?, next: None })
    }
}

fn contributions_of<R: Resource>(held: &Held, grant: &Grant<'_, R>) -> Result<Vec<ContributionView>, Fault> {
    let mut views = Vec::new();
    for row in shown_of(held, DocumentKind::Contribution, grant)? {
        let rests_on = RefCell::new(Vec::new());
        let read = |plain: &[u8]| {
            let body: ContributionBody = serde_json::from_slice(plain).ok()?;
            let ContributionBody { text, certainty, known_on, facts } = body;
            rests_on.replace(facts);
            Some(Said { text, certainty, known_on })
        };
        if let Some(said) = open(held, row, DocumentKind::Contribution, grant, read)? {
            let facts = visible_facts(held, grant, rests_on.into_inner())?;
            views.push(ContributionView { label: label(held, row, &said)?, said, facts });
        }
    }
    Ok(views)
}

fn decisions_of<R: Resource>(
    held: &Held,
    grant: &Grant<'_, R>,
) -> Result<Vec<(DecisionKind, DecisionView)>, Fault> {
    let mut views = Vec::new();
    for row in shown_of(held, DocumentKind::Decision, grant)? {
        let about = RefCell::new(DecisionKind::Agreed);
        let read = |plain: &[u8]| {
            let body: DecisionBody = serde_json::from_slice(plain).ok()?;
            about.replace(body.kind);
            Some(Decided { text: body.text, level: body.level, dissent: body.dissent })
        };
        if let Some(decided) = open(held, row, DocumentKind::Decision, grant, read)? {
            views.push((about.into_inner(), DecisionView { label: label(held, row, &decided)?, decided }));
        }
    }
    Ok(views)
}

/// Whoever may not know of an action does not find it here either.
fn actions_of<R: Resource>(
    held: &Held,
    actions: Vec<Whole>,
    papers: &Bodies,
    now: DateTime<Utc>,
    grant: &Grant<'_, R>,
) -> Result<Vec<ActionView>, Fault> {
    let Some(file) = &held.file else { return Ok(Vec::new()) };
    let roles = file.persons.iter().map(|person| (person.id, person.role)).collect();
    let of_file = actions.into_iter().filter(|action| action.row.file_id == held.meeting.file_id);
    of_file
        .filter(|action| grant.knows_frame(&action.row.frame()))
        .map(|action| action_view(action, (&file.documents, &roles), papers, now, grant))
        .collect()
}

/// The documents of this kind that belong to the meeting and would show.
pub(super) fn shown_of<'h, R: Resource>(
    held: &'h Held,
    kind: DocumentKind,
    grant: &Grant<'_, R>,
) -> Result<Vec<&'h DocumentRow>, Fault> {
    let Some(file) = &held.file else { return Ok(Vec::new()) };
    let mut rows = current_of(&file.documents, kind, grant)?;
    rows.retain(|row| held.documents.contains(&row.id));
    Ok(rows)
}

fn open<R: Resource, T>(
    held: &Held,
    row: &DocumentRow,
    kind: DocumentKind,
    grant: &Grant<'_, R>,
    read: impl FnOnce(&[u8]) -> Option<T>,
) -> Result<Option<Shown<T>>, Fault> {
    let sealed = held.bodies.get(&row.id).ok_or(Fault::Stored)?;
    grant.unseal(&row.label()?, kind.wire(), &body_place(row.id), sealed, read)
}

fn label<T>(held: &Held, row: &DocumentRow, shown: &Shown<T>) -> Result<LabelView, Fault> {
    let persons = held.file.iter().flat_map(|file| &file.persons);
    let role = persons.into_iter().find(|person| person.id == row.person_id).ok_or(Fault::Stored)?.role;
    Ok(LabelView {
        document: DocumentId::from_uuid(row.id),
        person: PersonId::from_uuid(row.person_id),
        role: SubjectRole::from_number(role).map_err(|_| Fault::Stored)?,
        category: row.category()?,
        source: row.source(),
        recorded_at: row.recorded_at,
        basis: BasisView::from(shown.basis()),
    })
}

/// A fact that does not show is not named: its identifier would tell that it is there.
fn visible_facts<R: Resource>(
    held: &Held,
    grant: &Grant<'_, R>,
    facts: Vec<FactId>,
) -> Result<Vec<FactId>, Fault> {
    let Some(file) = &held.file else { return Ok(Vec::new()) };
    let mut visible = Vec::new();
    for id in facts {
        let row = file.facts.iter().find(|row| row.id == id.uuid() && row.retracted_at.is_none());
        if let Some(row) = row
            && grant.knows_person(row.person_id)
            && grant.would_show(&row.label()?)
        {
            visible.push(id);
        }
    }
    Ok(visible)
}

/// The meeting under this id, to be read as its minutes.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_minutes<'tx, M>(
    session: &mut Session<'tx, M>,
    process: MobilisationId,
    id: MeetingId,
) -> Result<Sealed<'tx, Minutes>, Stop> {
    session.identify().await?;
    let (actions, papers) = decided_at(session, id).await?;
    let now = session.now();
    find_as(session, process, id, |held| Minutes { held, actions, papers, now }).await
}

/// The meeting under this id, to be read for what was brought to it.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_contributions<'tx, M>(
    session: &mut Session<'tx, M>,
    process: MobilisationId,
    id: MeetingId,
) -> Result<Sealed<'tx, Contributions>, Stop> {
    find_as(session, process, id, Contributions).await
}
