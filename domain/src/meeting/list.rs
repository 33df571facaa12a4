//! The meetings of a mobilisation, and those that somebody is called to.

use authz::{
    desk::{Disclose, Door, Grant, Resource, Room, Scope, Sealed, Session, seal},
    fault::{Fault, Stop},
    id::{CellId, MeetingId, MobilisationId, UserId},
    vocabulary::Role,
};
use chrono::{DateTime, Utc};
use diesel::{
    BoolExpressionMethods, ExpressionMethods, NullableExpressionMethods, OptionalExtension, QueryDsl,
    SelectableHelper,
};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    MeetingKind, Mode, Stage,
    rows::{MeetingRow, process_scope},
};
use crate::{
    file::situation,
    mobilisation::MobilisationRow,
    schema::{meeting, meeting_seat, mobilisation, recusal},
};

/// The meetings of a mobilisation, as found.
pub struct Meetings(Vec<MeetingRow>);

struct Called(Vec<MeetingRow>);

/// A meeting of a list.
#[derive(Serialize, ToSchema)]
pub struct MeetingHeadView {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: MeetingId,
    /// The mobilisation it belongs to.
    #[schema(value_type = Uuid)]
    pub mobilisation: MobilisationId,
    /// Why it is held.
    pub kind: MeetingKind,
    /// How people meet.
    pub mode: Mode,
    /// Where it stands.
    pub stage: Stage,
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: Option<DateTime<Utc>>,
}

impl Resource for Meetings {
    const KIND: &'static str = "meetings";
    const READ: &'static str = "meeting.list";
    const DOOR: Door = Door::Content;
    type Id = MobilisationId;
}

impl Disclose for Meetings {
    type View = Vec<MeetingHeadView>;

    fn disclose(self, _: &Grant<'_, Self>) -> Result<Vec<MeetingHeadView>, Fault> {
        self.0.iter().map(head).collect()
    }
}

impl Resource for Called {
    const KIND: &'static str = "meetings";
    const READ: &'static str = "meeting.called";
    const DOOR: Door = Door::Room;
    type Id = UserId;
}

impl Disclose for Called {
    type View = Vec<MeetingHeadView>;

    fn disclose(self, _: &Grant<'_, Self>) -> Result<Vec<MeetingHeadView>, Fault> {
        self.0.iter().map(head).collect()
    }
}

fn head(row: &MeetingRow) -> Result<MeetingHeadView, Fault> {
    Ok(MeetingHeadView {
        id: row.id(),
        mobilisation: MobilisationId::from_uuid(row.mobilisation_id),
        kind: row.kind()?,
        mode: Mode::from_number(row.mode)?,
        stage: row.stage(),
        starts_at: row.starts_at,
        ends_at: row.ends_at,
    })
}

/// The meetings of this mobilisation, oldest first.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_all<'tx, M>(
    session: &mut Session<'tx, M>,
    id: MobilisationId,
) -> Result<Sealed<'tx, Meetings>, Stop> {
    session.identify().await?;
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let head: Option<MobilisationRow> = mobilisation::table
        .filter(mobilisation::id.eq(id.uuid()))
        .select(MobilisationRow::as_select())
        .first(&mut conn)
        .await
        .optional()?;
    let rows: Vec<MeetingRow> = meeting::table
        .filter(meeting::mobilisation_id.eq(id.uuid()))
        .order((meeting::starts_at, meeting::id))
        .select(MeetingRow::as_select())
        .load(&mut conn)
        .await?;
    let held = match head {
        None => None,
        Some(head) => {
            let file = match head.file() {
                None => None,
                Some(file) => situation::load(session, file).await?,
            };
            let scope = process_scope(&head, file.as_ref())?;
            Some((Meetings(rows), Scope::Process(Box::new(scope))))
        }
    };
    Ok(seal(Key::take(), session.tx(Key::take()), id, held))
}

/// Most meetings one is called to at once.
const MOST: i64 = 100;

/// The meetings that the caller is called to by name and that are not over, the next first.
///
/// INVARIANT: none about a file that does not exist for the caller.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_called<'tx, M>(
    session: &mut Session<'tx, M>,
) -> Result<Sealed<'tx, impl Disclose<View = Vec<MeetingHeadView>> + use<M>>, Stop> {
    let who = session.identify().await?.clone();
    let (user, now) = (who.user(), session.now());
    let cells: Vec<Uuid> = who.cells_as(&[Role::Worker]).into_iter().map(CellId::uuid).collect();
    let absent = recusal::table.filter(recusal::human_id.eq(who.human().uuid())).select(recusal::file_id);
    let called = meeting_seat::table
        .filter(
            meeting_seat::account_id
                .eq(user.uuid())
                .or(meeting_seat::substitute_id.eq(user.uuid()).assume_not_null()),
        )
        .select(meeting_seat::meeting_id);
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let rows: Vec<MeetingRow> = meeting::table
        .filter(meeting::id.eq_any(called))
        .filter(meeting::cell_id.eq_any(cells))
        .filter(meeting::file_id.ne_all(absent))
        .filter(meeting::closed_at.is_null())
        .filter(meeting::cancelled_at.is_null().or(meeting::starts_at.ge(now)))
        .order((meeting::starts_at, meeting::id))
        .limit(MOST)
        .select(MeetingRow::as_select())
        .load(&mut conn)
        .await?;
    let held = Some((Called(rows), Scope::Room(Room::Holder(user))));
    Ok(seal(Key::take(), session.tx(Key::take()), user, held))
}
