//! Any new event asks the cell to appraise again.

use authz::{
    desk::{Acting, Session},
    id::FileId,
};
use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl, QueryResult, SelectableHelper};
use diesel_async::RunQueryDsl;
use door::Key;

use super::{State, people::tell_around, rows::MobilisationRow};
use crate::{inbox::MessageKind, refusal::Refusal, schema::mobilisation};

fn open() -> Vec<i16> {
    State::ALL.iter().filter(|state| state.is_open()).map(|state| state.number()).collect()
}

/// Something new was recorded on a file: the mobilisations under way on it are to be appraised again, and the
/// people around are told so, never what it was.
pub(crate) async fn ask(session: &Session<'_, Acting>, file: FileId) -> Result<(), Refusal> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let asked: Vec<MobilisationRow> = diesel::update(
        mobilisation::table
            .filter(mobilisation::file_id.eq(file.uuid()))
            .filter(mobilisation::state.eq_any(open())),
    )
    .set(mobilisation::reappraisal_due_at.eq(session.now()))
    .returning(MobilisationRow::as_returning())
    .get_results(&mut conn)
    .await?;
    for head in &asked {
        tell_around(session, head, MessageKind::MobilisationReappraisal).await?;
    }
    Ok(())
}

/// Somebody appraised again.
pub(crate) async fn answer(session: &Session<'_, Acting>, file: FileId) -> QueryResult<()> {
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    diesel::update(
        mobilisation::table
            .filter(mobilisation::file_id.eq(file.uuid()))
            .filter(mobilisation::reappraisal_due_at.is_not_null()),
    )
    .set(mobilisation::reappraisal_due_at.eq(None::<DateTime<Utc>>))
    .execute(&mut conn)
    .await?;
    Ok(())
}
