//! What an agency brings to a meeting (*apport*): a labelled document of its own, whoever of its people writes it,
//! before the table or at it. Nobody writes for another agency.

use authz::{
    acts::{Contribute, RecordDecision},
    desk::{Acting, Answer, Permit, Session, Spent},
    id::{AgencyId, DocumentId, FactId, FileId, MeetingId, PersonId},
    vocabulary::Category,
};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::{ExpressionMethods, QueryDsl, dsl::exists, insert_into, select};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Certainty, DecisionKind, Meeting,
    find::{attendance, row},
    rows::MeetingRow,
};
use crate::{
    document::{DocumentKind, NewDocument, store},
    mobilisation::coded,
    refusal::Refusal,
    schema::{fact, meeting_document},
    validation::{Invalid, Rule},
    value::text::{LONGEST, several_lines},
};

/// Something to bring.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewContribution {
    /// The person it is about.
    #[schema(value_type = Uuid)]
    pub person: PersonId,
    /// Its category.
    #[schema(value_type = String)]
    pub category: Category,
    /// Its words.
    pub text: String,
    /// How sure it is.
    pub certainty: Certainty,
    /// Since when it is known.
    #[serde(default)]
    pub known_on: Option<NaiveDate>,
    /// Facts of one's own agency that it rests on.
    #[serde(default)]
    #[schema(value_type = Vec<Uuid>)]
    pub facts: Vec<FactId>,
    /// The contribution that it corrects.
    #[serde(default)]
    #[schema(value_type = Option<Uuid>)]
    pub supersedes: Option<DocumentId>,
}

/// Something the meeting decided.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMeetingDecision {
    /// The person it is about.
    #[schema(value_type = Uuid)]
    pub person: PersonId,
    /// Its category.
    #[schema(value_type = String)]
    pub category: Category,
    /// Its words.
    pub text: String,
    /// What it is about.
    #[serde(default)]
    #[schema(value_type = Option<DecisionKind>)]
    pub kind: Option<DecisionKind>,
    /// The level agreed on, set by a person; a code of `risk_level`.
    #[serde(default)]
    pub level: Option<String>,
    /// Agencies at the table that did not agree.
    #[serde(default)]
    #[schema(value_type = Vec<Uuid>)]
    pub dissent: Vec<AgencyId>,
}

/// What a contribution holds, under seal.
#[derive(Serialize, Deserialize)]
pub(crate) struct ContributionBody {
    pub text: String,
    pub certainty: Certainty,
    pub known_on: Option<NaiveDate>,
    pub facts: Vec<FactId>,
}

/// What a decision holds, under seal.
#[derive(Serialize, Deserialize)]
pub(crate) struct DecisionBody {
    pub text: String,
    pub kind: DecisionKind,
    pub level: Option<String>,
    pub dissent: Vec<AgencyId>,
}

/// A document that was kept for a meeting.
#[derive(Serialize, ToSchema)]
pub struct Kept {
    /// Its handle.
    #[schema(value_type = Uuid)]
    pub document: DocumentId,
    /// The meeting.
    #[schema(value_type = Uuid)]
    pub meeting: MeetingId,
    /// When.
    pub at: DateTime<Utc>,
}

impl Answer for Kept {
    const STATUS: u16 = 201;
}

/// Brings something. Its source is the writer's agency: no member says so.
///
/// # Errors
/// When the meeting is over, or something stands against it, by place.
pub async fn contribute<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, Contribute, Meeting>,
    new: NewContribution,
) -> Result<(Spent<'tx, Contribute>, Kept), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let now = session.now();
    let found = row(session, id).await?;
    found.must_live()?;
    let text = words(&new.text, new.category)?;
    let today = now.with_timezone(&chrono_tz::America::Toronto).date_naive();
    if new.known_on.is_some_and(|day| day > today) {
        return Err(Refusal::invalid("/known_on", Rule::InTheFuture));
    }
    own_facts(session, FileId::from_uuid(found.file_id), &new.facts).await?;
    let body = ContributionBody { text, certainty: new.certainty, known_on: new.known_on, facts: new.facts };
    let label = NewDocument {
        person: new.person,
        kind: DocumentKind::Contribution,
        category: new.category,
        vault: None,
        supersedes: new.supersedes,
    };
    let document = keep(session, &found, label, &body).await?;
    Ok((spent, Kept { document, meeting: id, at: now }))
}

/// Records what the meeting decided, as the coordination's own document.
///
/// # Errors
/// When the meeting is not open, or something stands against it, by place.
pub async fn decide<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, RecordDecision, Meeting>,
    new: NewMeetingDecision,
) -> Result<(Spent<'tx, RecordDecision>, Kept), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let found = row(session, id).await?;
    found.must_be_open()?;
    let text = words(&new.text, new.category)?;
    if let Some(level) = &new.level {
        coded("risk_level", std::slice::from_ref(level), "/level", true)
            .map_err(|_| Refusal::invalid("/level", Rule::UnknownCode))?;
    }
    let came = attendance(session, id).await?;
    let mut wrong = Vec::new();
    for (n, agency) in new.dissent.iter().enumerate() {
        if !came.iter().any(|row| row.agency_id == agency.uuid()) {
            wrong.push(Invalid::at(format!("/dissent/{n}"), Rule::UnknownReference));
        } else if new.dissent.iter().take(n).any(|other| other == agency) {
            wrong.push(Invalid::at(format!("/dissent/{n}"), Rule::Duplicate));
        }
    }
    if !wrong.is_empty() {
        return Err(Refusal::Invalid(wrong));
    }
    let kind = new.kind.unwrap_or(DecisionKind::Agreed);
    let body = DecisionBody { text, kind, level: new.level, dissent: new.dissent };
    let label = NewDocument {
        person: new.person,
        kind: DocumentKind::Decision,
        category: new.category,
        vault: None,
        supersedes: None,
    };
    let document = keep(session, &found, label, &body).await?;
    Ok((spent, Kept { document, meeting: id, at: session.now() }))
}

/// Words of a document. Professional notes are never brought to a table.
pub(super) fn words(given: &str, category: Category) -> Result<String, Refusal> {
    if category == Category::Notes {
        return Err(Refusal::invalid("/category", Rule::NotesNeverDisclosed));
    }
    several_lines(given, LONGEST).map_err(|rule| Refusal::invalid("/text", rule))
}

/// Writes a document and ties it to the meeting.
async fn keep(
    session: &Session<'_, Acting>,
    found: &MeetingRow,
    label: NewDocument<'_>,
    body: &impl Serialize,
) -> Result<DocumentId, Refusal> {
    let document = store(session, FileId::from_uuid(found.file_id), label, body).await?;
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    insert_into(meeting_document::table)
        .values((
            meeting_document::document_id.eq(document.uuid()),
            meeting_document::meeting_id.eq(found.id),
            meeting_document::cell_id.eq(found.cell_id),
            meeting_document::file_id.eq(found.file_id),
            meeting_document::added_at.eq(session.now()),
        ))
        .execute(&mut conn)
        .await?;
    Ok(document)
}

/// Facts of one's own agency that still stand.
async fn own_facts(session: &Session<'_, Acting>, file: FileId, facts: &[FactId]) -> Result<(), Refusal> {
    let own: Uuid = session.standing()?.agency().uuid();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let mut wrong = Vec::new();
    for (n, id) in facts.iter().enumerate() {
        let there: bool = select(exists(
            fact::table
                .filter(fact::id.eq(id.uuid()))
                .filter(fact::file_id.eq(file.uuid()))
                .filter(fact::source_id.eq(own))
                .filter(fact::retracted_at.is_null()),
        ))
        .get_result(&mut conn)
        .await?;
        if !there {
            wrong.push(Invalid::at(format!("/facts/{n}"), Rule::UnknownReference));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Refusal::Invalid(wrong)) }
}
