//! Reminders: what somebody is to be told at an instant unless it is done by then, such as an action overdue, a
//! review, a deadline of a mobilisation. An instant is elapsed time: clocks that change move nothing.
//!
//! A reminder becomes a message of its kind, and like every message says nothing of the case.

use authz::{
    desk::{Acting, Session},
    id::{AgencyId, CellId, FileId, ReminderId, UserId},
};
use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl, insert_into};
use diesel_async::RunQueryDsl;
use door::Key;
use uuid::Uuid;

use crate::{inbox::MessageKind, refusal::Refusal, schema::reminder, validation::Rule};

/// What is due, oldest first, skipping what another process holds: at `$1`, at most `$2`.
pub const DUE: &str = "select id, cell_id, file_id, kind, subject, recipient_account, recipient_agency, \
    escalate_at is not null as escalates from reminder \
    where done_at is null and told_at is null and due_at <= $1 \
    order by due_at limit $2 for update skip locked";

/// What was told and followed by nothing until it had to be.
pub const UNHEEDED: &str = "select id, cell_id, file_id, kind, subject, recipient_account, recipient_agency, \
    escalate_at is not null as escalates from reminder \
    where done_at is null and told_at is not null and escalate_at <= $1 \
    order by escalate_at limit $2 for update skip locked";

/// Who is reminded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whom {
    /// One account, as long as it may know of the file.
    Account(UserId),
    /// The people of an agency, as long as it is in the file's circle.
    Agency(AgencyId),
    /// Those who coordinate the cell.
    Coordination,
}

/// A reminder to set.
#[derive(Debug, Clone, Copy)]
pub struct NewReminder {
    /// The cell it belongs to.
    pub cell: CellId,
    /// The file, if it is one's.
    pub file: Option<FileId>,
    /// The kind of message it becomes.
    pub kind: MessageKind,
    /// The action, appraisal or mobilisation it is about; [`cancel`] finds it by this.
    pub subject: Uuid,
    /// Who is reminded.
    pub whom: Whom,
    /// When.
    pub due_at: DateTime<Utc>,
    /// When the coordination is told, if it was not cancelled until then.
    pub escalate_at: Option<DateTime<Utc>>,
}

/// Sets a reminder, with the change that calls for it. One that is due already is told with the next round.
///
/// # Errors
/// When it would escalate before it is due, or the database fails.
pub async fn schedule(session: &Session<'_, Acting>, new: NewReminder) -> Result<ReminderId, Refusal> {
    if new.escalate_at.is_some_and(|at| at <= new.due_at) {
        return Err(Refusal::invalid("/escalate_at", Rule::WrongOrder));
    }
    let (account, agency) = match new.whom {
        Whom::Account(user) => (Some(user.uuid()), None),
        Whom::Agency(agency) => (None, Some(agency.uuid())),
        Whom::Coordination => (None, None),
    };
    let id: ReminderId = session.fresh()?.into();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    insert_into(reminder::table)
        .values((
            reminder::id.eq(id.uuid()),
            reminder::cell_id.eq(new.cell.uuid()),
            reminder::file_id.eq(new.file.map(FileId::uuid)),
            reminder::kind.eq(new.kind.wire()),
            reminder::subject.eq(new.subject),
            reminder::recipient_account.eq(account),
            reminder::recipient_agency.eq(agency),
            reminder::created_at.eq(session.now()),
            reminder::due_at.eq(new.due_at),
            reminder::escalate_at.eq(new.escalate_at),
        ))
        .execute(&mut conn)
        .await?;
    Ok(id)
}

/// Cancels every reminder of this kind about a thing, since it is done, moved or given up, and says how many there
/// were. To move one, cancel it and set another.
///
/// # Errors
/// When the database fails.
pub async fn cancel(
    session: &Session<'_, Acting>,
    kind: MessageKind,
    subject: Uuid,
) -> Result<usize, Refusal> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let open = reminder::table
        .filter(reminder::subject.eq(subject))
        .filter(reminder::kind.eq(kind.wire()))
        .filter(reminder::done_at.is_null());
    Ok(diesel::update(open).set(reminder::done_at.eq(session.now())).execute(&mut conn).await?)
}
