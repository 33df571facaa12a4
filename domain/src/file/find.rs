//! Finds one risk file and hands it out sealed.

use authz::{
    desk::{Acting, Owner, Scope, Sealed, Session, seal},
    fault::Stop,
    id::FileId,
};
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use uuid::Uuid;

use super::{
    merged::lock_together,
    situation::{self, Rows},
    view::RiskFile,
};
use crate::schema::risk_file;

/// The file under this id, or the absence of one: the same statements either way.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find<'tx, M>(session: &mut Session<'tx, M>, id: FileId) -> Result<Sealed<'tx, RiskFile>, Stop> {
    let rows = situation::load(session, id).await?;
    let held = rows.map(|rows| found(session, rows)).transpose()?;
    Ok(seal(Key::take(), session.tx(Key::take()), id, held))
}

/// A file's rows with all that decides about them.
pub(super) fn found<M>(session: &Session<'_, M>, rows: Rows) -> Result<(RiskFile, Scope), Stop> {
    let scope = rows.scope(Owner::Shared)?;
    let purpose = session.purpose().ok();
    Ok((RiskFile { rows, purpose, now: session.now() }, Scope::File(Box::new(scope))))
}

/// The same, for a change: who writes to a file waits for who is writing to it.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_for_change<'tx>(
    session: &mut Session<'tx, Acting>,
    id: FileId,
) -> Result<Sealed<'tx, RiskFile>, Stop> {
    lock(session, id).await?;
    find(session, id).await
}

/// The same, for what changes the mobilisations of the file too: a fact asks the cell to appraise again, an appraisal
/// answers. They are held first.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_to_record<'tx>(
    session: &mut Session<'tx, Acting>,
    id: FileId,
) -> Result<Sealed<'tx, RiskFile>, Stop> {
    session.identify().await?;
    crate::mobilisation::lock_of_file(session, id).await?;
    find_for_change(session, id).await
}

/// The same, for a recusal, which counts in every file that belongs together with this one.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_to_recuse<'tx>(
    session: &mut Session<'tx, Acting>,
    id: FileId,
) -> Result<Sealed<'tx, RiskFile>, Stop> {
    lock_together(session, vec![id.uuid()]).await?;
    find(session, id).await
}

/// Takes the file's row lock: INVARIANT: every change to what is in a file holds it. In which order locks are taken
/// stands at `mobilisation::lock`.
pub(crate) async fn lock(session: &mut Session<'_, Acting>, id: FileId) -> Result<(), Stop> {
    session.identify().await?;
    let key = Key::take();
    let mut conn = session.tx(key).conn(key)?;
    let _: Vec<Uuid> = risk_file::table
        .filter(risk_file::id.eq(id.uuid()))
        .select(risk_file::id)
        .for_update()
        .load(&mut conn)
        .await?;
    Ok(())
}
