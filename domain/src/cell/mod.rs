//! Cells (*cellules d'intervention rapide*), where files are opened, each with its standards.

mod change;
mod make;
mod open_file;
mod people;

pub use change::{CellChanged, Change, change};
pub use make::{CellMade, make};
pub use open_file::{FileOpened, open_file};
pub use people::{ColleagueView, People, PeopleView, find_people};

use authz::{
    desk::{Acting, Disclose, Door, Grant, Resource, Room, Scope, Sealed, Session, seal},
    fault::{Fault, Stop},
    id::CellId,
};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, Queryable, Selectable, SelectableHelper};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    schema::cell,
    validation::{Invalid, Rule},
};

/// A cell as found.
pub struct Cell(CellRow);

#[derive(Queryable, Selectable)]
#[diesel(table_name = cell, check_for_backend(diesel::pg::Pg))]
struct CellRow {
    id: Uuid,
    key: String,
    name: String,
    region: String,
    meeting_within_hours: i32,
    quorum: i16,
    sunset_days: i32,
    analysis_within_hours: i32,
    review_within_days: i32,
}

/// What a cell agreed to hold itself to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standards {
    /// Hours within which a triggered cell meets.
    pub meeting_within_hours: i32,
    /// Organisations that must be there to decide.
    pub quorum: i16,
    /// Days after closure from which only own facts remain.
    pub sunset_days: i32,
    /// Hours within which a consultation is analysed.
    pub analysis_within_hours: i32,
    /// Days within which a safety net is looked at again.
    pub review_within_days: i32,
}

impl Standards {
    /// What is out of bounds.
    #[must_use]
    pub fn wrong(self) -> Vec<Invalid> {
        let checks = [
            ("/meeting_within_hours", (1..=720).contains(&self.meeting_within_hours)),
            ("/quorum", (1..=50).contains(&self.quorum)),
            ("/sunset_days", (0..=3_650).contains(&self.sunset_days)),
            ("/analysis_within_hours", (1..=720).contains(&self.analysis_within_hours)),
            ("/review_within_days", (1..=365).contains(&self.review_within_days)),
        ];
        let wrong = checks.into_iter().filter(|(_, sound)| !sound);
        wrong.map(|(pointer, _)| Invalid::at(pointer, Rule::OutOfRange)).collect()
    }
}

/// A cell and its standards.
#[derive(Serialize, ToSchema)]
pub struct CellSettings {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: CellId,
    /// Short name.
    pub key: String,
    /// Name.
    pub name: String,
    /// Its territory.
    pub region: String,
    /// Hours within which a triggered cell meets.
    pub meeting_within_hours: i32,
    /// Organisations that must be there to decide.
    pub quorum: i16,
    /// Days after closure from which only own facts remain.
    pub sunset_days: i32,
    /// Hours within which a consultation is analysed.
    pub analysis_within_hours: i32,
    /// Days within which a safety net is looked at again.
    pub review_within_days: i32,
}

impl Resource for Cell {
    const KIND: &'static str = "cell";
    const READ: &'static str = "cell.read";
    const DOOR: Door = Door::Room;
    type Id = CellId;
}

impl Disclose for Cell {
    type View = CellSettings;

    fn disclose(self, _: &Grant<'_, Self>) -> Result<CellSettings, Fault> {
        let Self(row) = self;
        Ok(CellSettings {
            id: CellId::from_uuid(row.id),
            key: row.key,
            name: row.name,
            region: row.region,
            meeting_within_hours: row.meeting_within_hours,
            quorum: row.quorum,
            sunset_days: row.sunset_days,
            analysis_within_hours: row.analysis_within_hours,
            review_within_days: row.review_within_days,
        })
    }
}

/// The cell under this id, or the absence of one.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find<'tx, M>(session: &mut Session<'tx, M>, id: CellId) -> Result<Sealed<'tx, Cell>, Stop> {
    session.identify().await?;
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let wanted = cell::table.filter(cell::id.eq(id.uuid())).select(CellRow::as_select());
    let row = wanted.first(&mut conn).await.optional()?;
    Ok(sealed(session, id, row))
}

/// The same, held until the unit ends: of two who change it the second sees what the first did.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_to_change<'tx>(
    session: &mut Session<'tx, Acting>,
    id: CellId,
) -> Result<Sealed<'tx, Cell>, Stop> {
    session.identify().await?;
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let wanted = cell::table.filter(cell::id.eq(id.uuid())).select(CellRow::as_select()).for_no_key_update();
    let row = wanted.first(&mut conn).await.optional()?;
    Ok(sealed(session, id, row))
}

fn sealed<'tx, M>(session: &Session<'tx, M>, id: CellId, row: Option<CellRow>) -> Sealed<'tx, Cell> {
    let held = row.map(|row| (Cell(row), Scope::Room(Room::Cell(id))));
    seal(Key::take(), session.tx(Key::take()), id, held)
}
