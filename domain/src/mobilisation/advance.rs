//! Moving a mobilisation on: the lock, the step that is left behind, and the checks every move shares.

use authz::{
    desk::{Acting, Session},
    id::{DocumentId, FileId, MobilisationId},
};
use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl, QueryResult, SelectableHelper, dsl::max, insert_into};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Move, State, rows::MobilisationRow};
use crate::{
    catalogue::CodeList,
    refusal::Refusal,
    schema::{mobilisation, mobilisation_step},
    validation::{Invalid, Rule},
};

/// A mobilisation that moved on.
#[derive(Serialize, ToSchema)]
pub struct Moved {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: MobilisationId,
    /// Where it stands now.
    pub state: State,
    /// When it moved.
    pub at: DateTime<Utc>,
    /// When its next step is due.
    pub due_at: Option<DateTime<Utc>>,
}

impl authz::desk::Answer for Moved {
    const STATUS: u16 = 200;
}

/// The row as it stands, held until the unit ends.
///
/// INVARIANT: whoever holds several rows takes them in one order, so that no two acts ever wait for each other: first
/// mobilisations, then files, of either kind the smaller id first, and only then what hangs on them. A change to a
/// mobilisation holds this lock, and its file's if it has one; a change to a file that also changes its mobilisations
/// begins with [`lock_of_file`], through `file::find::find_to_record`.
pub(crate) async fn lock(
    session: &Session<'_, Acting>,
    id: MobilisationId,
) -> QueryResult<Option<MobilisationRow>> {
    use diesel::OptionalExtension;
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    mobilisation::table
        .filter(mobilisation::id.eq(id.uuid()))
        .select(MobilisationRow::as_select())
        .for_update()
        .first(&mut conn)
        .await
        .optional()
}

/// A step to leave behind.
pub(crate) struct Step<'s> {
    pub by: Move,
    pub reasons: &'s [String],
    pub document: Option<DocumentId>,
}

/// Checks that the move leads somewhere from here and leaves its step. The caller changes the row.
pub(crate) async fn advance(
    session: &Session<'_, Acting>,
    head: &MobilisationRow,
    step: Step<'_>,
) -> Result<State, Refusal> {
    let to = head.state()?.after(step.by).map_err(|_| Refusal::Blocked(Rule::StepNotPossible))?;
    leave_step(session, head.id, head.cell_id, head.file_id, to, step).await?;
    Ok(to)
}

/// Leaves a step behind, whatever led there.
pub(super) async fn leave_step(
    session: &Session<'_, Acting>,
    id: Uuid,
    cell: Uuid,
    file: Option<Uuid>,
    to: State,
    step: Step<'_>,
) -> Result<(), Refusal> {
    let who = session.standing()?.clone();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let last: Option<i16> = mobilisation_step::table
        .filter(mobilisation_step::mobilisation_id.eq(id))
        .select(max(mobilisation_step::position))
        .first(&mut conn)
        .await?;
    insert_into(mobilisation_step::table)
        .values((
            mobilisation_step::mobilisation_id.eq(id),
            mobilisation_step::position.eq(last.unwrap_or(0) + 1),
            mobilisation_step::cell_id.eq(cell),
            mobilisation_step::file_id.eq(file),
            mobilisation_step::by.eq(step.by.wire()),
            mobilisation_step::state.eq(to.number()),
            mobilisation_step::by_account.eq(who.user().uuid()),
            mobilisation_step::by_agency.eq(who.agency().uuid()),
            mobilisation_step::at.eq(session.now()),
            mobilisation_step::reasons.eq(step.reasons),
            mobilisation_step::document_id.eq(step.document.map(DocumentId::uuid)),
        ))
        .execute(&mut conn)
        .await?;
    Ok(())
}

/// The file behind a mobilisation, once identity is open.
pub(crate) fn file_of(head: &MobilisationRow) -> Result<FileId, Refusal> {
    head.file().ok_or(Refusal::Blocked(Rule::IdentityNotOpen))
}

/// Codes of a published list, each once; at least one where `required`.
pub(crate) fn coded(list: &str, given: &[String], at: &str, required: bool) -> Result<(), Refusal> {
    let known = CodeList::named(list).ok_or(authz::fault::Fault::Stored)?;
    let mut wrong = Vec::new();
    if required && given.is_empty() {
        wrong.push(Invalid::at(at, Rule::EmptyList));
    }
    for (n, code) in given.iter().enumerate() {
        if known.find(code).is_none() {
            wrong.push(Invalid::at(format!("{at}/{n}"), Rule::UnknownCode));
        } else if given.iter().take(n).any(|other| other == code) {
            wrong.push(Invalid::at(format!("{at}/{n}"), Rule::Duplicate));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Refusal::Invalid(wrong)) }
}

/// One code of a published list, pointed at by its member.
pub(crate) fn coded_one(list: &str, code: &str, at: &str) -> Result<(), Refusal> {
    let known = CodeList::named(list).ok_or(authz::fault::Fault::Stored)?;
    if known.find(code).is_some() { Ok(()) } else { Err(Refusal::invalid(at, Rule::UnknownCode)) }
}

/// Holds the mobilisations of a file, in one order for everybody, before the file itself is held.
pub(crate) async fn lock_of_file(session: &Session<'_, Acting>, file: FileId) -> QueryResult<()> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let _: Vec<Uuid> = mobilisation::table
        .filter(mobilisation::file_id.eq(file.uuid()))
        .order(mobilisation::id)
        .select(mobilisation::id)
        .for_update()
        .load(&mut conn)
        .await?;
    Ok(())
}

/// The hours or days that the cell holds itself to.
pub(super) async fn standards(session: &Session<'_, Acting>, of: Uuid) -> QueryResult<(i32, i32, i32)> {
    use crate::schema::cell;
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    cell::table
        .filter(cell::id.eq(of))
        .select((cell::analysis_within_hours, cell::meeting_within_hours, cell::review_within_days))
        .first(&mut conn)
        .await
}
