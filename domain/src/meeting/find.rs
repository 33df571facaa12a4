//! Finds one meeting of a mobilisation and hands it out sealed.

use std::collections::HashSet;

use authz::{
    desk::{Acting, Resource, Scope, Sealed, Session, seal},
    fault::Stop,
    id::{FileId, MeetingId, MobilisationId},
};
use diesel::{
    ExpressionMethods, OptionalExtension, PgSortExpressionMethods, QueryDsl, QueryResult, SelectableHelper,
};
use diesel_async::RunQueryDsl;
use door::Key;
use uuid::Uuid;

use super::{
    rows::{AgendaRow, AttendanceRow, Held, MeetingRow, SeatRow},
    view::Meeting,
};
use crate::{
    document::{DocumentKind, bodies},
    file::{find::lock as lock_file, situation},
    mobilisation::{MobilisationRow, lock as lock_mobilisation},
    schema::{
        cell, meeting, meeting_agenda, meeting_attendance, meeting_document, meeting_seat, mobilisation,
    },
};

/// The meeting under this id in this mobilisation, or the absence of one.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find<'tx, M>(
    session: &mut Session<'tx, M>,
    process: MobilisationId,
    id: MeetingId,
) -> Result<Sealed<'tx, Meeting>, Stop> {
    find_as(session, process, id, Meeting).await
}

/// The same, for a change: mobilisation first, then file.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_for_change<'tx>(
    session: &mut Session<'tx, Acting>,
    process: MobilisationId,
    id: MeetingId,
) -> Result<Sealed<'tx, Meeting>, Stop> {
    session.identify().await?;
    if let Some(file) = lock_mobilisation(session, process).await?.and_then(|head| head.file()) {
        lock_file(session, file).await?;
    }
    find(session, process, id).await
}

/// The meeting as one of the things that can be shown of it.
pub(super) async fn find_as<'tx, M, R>(
    session: &mut Session<'tx, M>,
    process: MobilisationId,
    id: MeetingId,
    make: impl FnOnce(Held) -> R,
) -> Result<Sealed<'tx, R>, Stop>
where
    R: Resource<Id = MeetingId>,
{
    session.identify().await?;
    let held = match load(session, process, id).await? {
        None => None,
        Some(held) => {
            let scope = held.scope()?;
            Some((make(held), Scope::Table(Box::new(scope))))
        }
    };
    Ok(seal(Key::take(), session.tx(Key::take()), id, held))
}

async fn load<M>(
    session: &mut Session<'_, M>,
    process: MobilisationId,
    id: MeetingId,
) -> Result<Option<Held>, Stop> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let head: Option<MobilisationRow> = mobilisation::table
        .filter(mobilisation::id.eq(process.uuid()))
        .select(MobilisationRow::as_select())
        .first(&mut conn)
        .await
        .optional()?;
    let found: Option<MeetingRow> = meeting::table
        .filter(meeting::id.eq(id.uuid()))
        .filter(meeting::mobilisation_id.eq(process.uuid()))
        .select(MeetingRow::as_select())
        .first(&mut conn)
        .await
        .optional()?;
    let seats = seats(session, id).await?;
    let attendance = attendance(session, id).await?;
    let agenda: Vec<AgendaRow> = meeting_agenda::table
        .filter(meeting_agenda::meeting_id.eq(id.uuid()))
        .order(meeting_agenda::position)
        .select(AgendaRow::as_select())
        .load(&mut conn)
        .await?;
    let documents: Vec<Uuid> = meeting_document::table
        .filter(meeting_document::meeting_id.eq(id.uuid()))
        .select(meeting_document::document_id)
        .load(&mut conn)
        .await?;
    let (Some(head), Some(meeting)) = (head, found) else { return Ok(None) };
    let territory: (String, String) = cell::table
        .filter(cell::id.eq(head.cell_id))
        .select((cell::name, cell::region))
        .first(&mut conn)
        .await?;
    let file = FileId::from_uuid(meeting.file_id);
    let kinds = [DocumentKind::Contribution, DocumentKind::Decision, DocumentKind::AgendaItem];
    let bodies = bodies(session, file, &kinds).await?;
    let file = situation::load(session, file).await?;
    let documents: HashSet<Uuid> = documents.into_iter().collect();
    Ok(Some(Held { head, meeting, territory, seats, attendance, agenda, documents, file, bodies }))
}

/// The seats at a meeting, in the order they were given.
pub(super) async fn seats<M>(session: &Session<'_, M>, id: MeetingId) -> QueryResult<Vec<SeatRow>> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    meeting_seat::table
        .filter(meeting_seat::meeting_id.eq(id.uuid()))
        .order((meeting_seat::admitted_at.asc().nulls_first(), meeting_seat::agency_id))
        .select(SeatRow::as_select())
        .load(&mut conn)
        .await
}

/// Who came, in order of arrival.
pub(super) async fn attendance<M>(
    session: &Session<'_, M>,
    id: MeetingId,
) -> QueryResult<Vec<AttendanceRow>> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    meeting_attendance::table
        .filter(meeting_attendance::meeting_id.eq(id.uuid()))
        .order(meeting_attendance::position)
        .select(AttendanceRow::as_select())
        .load(&mut conn)
        .await
}

/// The row of a meeting in an act that was permitted. The mobilisation's lock is held.
pub(super) async fn row(session: &Session<'_, Acting>, id: MeetingId) -> QueryResult<MeetingRow> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    meeting::table.filter(meeting::id.eq(id.uuid())).select(MeetingRow::as_select()).first(&mut conn).await
}
