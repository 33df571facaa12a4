//! Cells, where files are opened.

mod open_file;

pub use open_file::{FileOpened, open_file};

use authz::{
    desk::{Door, Resource, Room, Scope, Sealed, Session, seal},
    fault::Stop,
    id::CellId,
};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;

use crate::schema::cell;

/// A cell as found.
pub struct Cell;

impl Resource for Cell {
    const KIND: &'static str = "cell";
    const READ: &'static str = "cell.read";
    const DOOR: Door = Door::Room;
    type Id = CellId;
}

/// The cell under this id, or the absence of one.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find<'tx, M>(session: &mut Session<'tx, M>, id: CellId) -> Result<Sealed<'tx, Cell>, Stop> {
    session.identify().await?;
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let there: Option<uuid::Uuid> =
        cell::table.filter(cell::id.eq(id.uuid())).select(cell::id).first(&mut conn).await.optional()?;
    let held = there.map(|_| (Cell, Scope::Room(Room::Cell(id))));
    Ok(seal(Key::take(), session.tx(Key::take()), id, held))
}
