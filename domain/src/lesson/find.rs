//! What a cell learned, suppressed where it could point at anybody.

use std::collections::BTreeMap;

use authz::{
    desk::{Disclose, Door, Grant, Resource, Room, Scope, Sealed, Session, seal},
    fault::{Fault, Stop},
    id::CellId,
};
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;

use super::Aspect;
use crate::schema::{cell, lesson};

/// From how many lessons on a code is shown, and in which steps it is counted: who reads before and after one more
/// lesson must not learn from the difference what it said.
const STEP: i64 = 5;

/// The lessons of a cell, as found.
pub struct Lessons(Vec<(i16, String, i32)>);

/// What a cell learned.
#[derive(Serialize, ToSchema)]
pub struct LessonsView {
    /// By aspect, then by code. What fewer than five lessons say is not there.
    pub items: Vec<LessonView>,
    /// There is never more than one page.
    pub next: Option<String>,
}

/// A code that enough lessons say.
#[derive(Serialize, ToSchema)]
pub struct LessonView {
    /// What it is about.
    pub aspect: Aspect,
    /// A code of the list of that aspect.
    pub code: String,
    /// In at least so many lessons, in steps of five.
    pub at_least: i64,
}

impl Resource for Lessons {
    const KIND: &'static str = "lessons";
    const READ: &'static str = "lesson.list";
    const DOOR: Door = Door::Room;
    type Id = CellId;
}

impl Disclose for Lessons {
    type View = LessonsView;

    fn disclose(self, _: &Grant<'_, Self>) -> Result<LessonsView, Fault> {
        let mut times: BTreeMap<(i16, String), i64> = BTreeMap::new();
        for (aspect, code, count) in self.0 {
            *times.entry((aspect, code)).or_default() += i64::from(count);
        }
        let items = times
            .into_iter()
            .filter(|(_, times)| *times >= STEP)
            .map(|((aspect, code), times)| {
                Ok(LessonView { aspect: Aspect::from_number(aspect)?, code, at_least: times - times % STEP })
            })
            .collect::<Result<_, Fault>>()?;
        Ok(LessonsView { items, next: None })
    }
}

/// What this cell learned, or the absence of a cell.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find<'tx, M>(session: &mut Session<'tx, M>, id: CellId) -> Result<Sealed<'tx, Lessons>, Stop> {
    session.identify().await?;
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let there: i64 = cell::table.filter(cell::id.eq(id.uuid())).count().get_result(&mut conn).await?;
    let rows: Vec<(i16, String, i32)> = lesson::table
        .filter(lesson::cell_id.eq(id.uuid()))
        .select((lesson::aspect, lesson::code, lesson::times))
        .load(&mut conn)
        .await?;
    let held = (there > 0).then_some((Lessons(rows), Scope::Room(Room::Cell(id))));
    Ok(seal(Key::take(), session.tx(Key::take()), id, held))
}
