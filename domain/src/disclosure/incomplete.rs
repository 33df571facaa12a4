//! The own agency's acts whose seven-point record is still to be written, for its privacy officer and respondents.

use authz::{
    desk::{Disclose, Door, Grant, Resource, Room, Scope, Sealed, Session, seal},
    fault::{Fault, Stop},
    id::{AgencyId, DisclosureId, FileId},
};
use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, JoinOnDsl, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::record::DUE;
use crate::schema::{disclosure, recusal, risk_file};

/// Most acts shown at once.
const MOST: i64 = 100;

type Row = (Uuid, Uuid, String, DateTime<Utc>);

struct Incomplete(Vec<Row>, DateTime<Utc>);

/// An act whose record is still to be written.
#[derive(Serialize, ToSchema)]
pub struct IncompleteView {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: DisclosureId,
    /// The file.
    #[schema(value_type = Uuid)]
    pub file: FileId,
    /// What people call it.
    pub reference: String,
    /// When it was made.
    pub at: DateTime<Utc>,
    /// Until when its record is in time.
    pub due_at: DateTime<Utc>,
    /// Is it past that?
    pub late: bool,
}

impl Resource for Incomplete {
    const KIND: &'static str = "register";
    const READ: &'static str = "register.incomplete";
    const DOOR: Door = Door::Room;
    type Id = AgencyId;
}

impl Disclose for Incomplete {
    type View = Vec<IncompleteView>;

    fn disclose(self, _: &Grant<'_, Self>) -> Result<Vec<IncompleteView>, Fault> {
        let now = self.1;
        let view = |(id, file, reference, at): Row| IncompleteView {
            id: DisclosureId::from_uuid(id),
            file: FileId::from_uuid(file),
            reference,
            at,
            due_at: at + DUE,
            late: now > at + DUE,
        };
        Ok(self.0.into_iter().map(view).collect())
    }
}

/// The caller's own agency's acts whose record is still to be written, oldest first.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_incomplete<'tx, M>(
    session: &mut Session<'tx, M>,
) -> Result<Sealed<'tx, impl Disclose<View = Vec<IncompleteView>> + use<M>>, Stop> {
    let who = session.identify().await?.clone();
    // Whoever is recused on a file does not meet it here either.
    let absent = recusal::table.filter(recusal::human_id.eq(who.human().uuid())).select(recusal::file_id);
    let rows: Vec<Row> = {
        let mut conn = session.tx(Key::take()).conn(Key::take())?;
        disclosure::table
            .inner_join(risk_file::table.on(risk_file::id.eq(disclosure::file_id)))
            .filter(disclosure::source_id.eq(who.agency().uuid()))
            .filter(disclosure::record_completed_at.is_null())
            .filter(disclosure::file_id.ne_all(absent))
            .order((disclosure::made_at, disclosure::id))
            .limit(MOST)
            .select((disclosure::id, disclosure::file_id, risk_file::reference, disclosure::made_at))
            .load(&mut conn)
            .await?
    };
    let scope = Scope::Room(Room::Register(who.agency()));
    let held = Some((Incomplete(rows, session.now()), scope));
    Ok(seal(Key::take(), session.tx(Key::take()), who.agency(), held))
}
