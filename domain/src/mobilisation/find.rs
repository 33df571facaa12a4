//! Finds one mobilisation and hands it out sealed, with its file once identity is open.

use authz::{
    desk::{Acting, Scope, Sealed, Session, seal},
    fault::Stop,
    id::{FileId, MobilisationId},
};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, SelectableHelper};
use diesel_async::RunQueryDsl;
use door::Key;

use super::{
    advance::lock,
    rows::{Held, MobilisationRow, OpinionRow, StepRow},
    view::Mobilisation,
};
use crate::{
    document::{DocumentKind, bodies},
    file::{
        find::{find as find_file, lock as lock_file},
        merged::lock_together,
        situation,
        view::RiskFile,
    },
    schema::{mobilisation, mobilisation_opinion, mobilisation_step},
};

/// The mobilisation under this id, or the absence of one.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find<'tx, M>(
    session: &mut Session<'tx, M>,
    id: MobilisationId,
) -> Result<Sealed<'tx, Mobilisation>, Stop> {
    session.identify().await?;
    let key = Key::take();
    let mut conn = session.tx(key).conn(key)?;
    let head: Option<MobilisationRow> = mobilisation::table
        .filter(mobilisation::id.eq(id.uuid()))
        .select(MobilisationRow::as_select())
        .first(&mut conn)
        .await
        .optional()?;
    let steps: Vec<StepRow> = mobilisation_step::table
        .filter(mobilisation_step::mobilisation_id.eq(id.uuid()))
        .order(mobilisation_step::position)
        .select(StepRow::as_select())
        .load(&mut conn)
        .await?;
    let opinions: Vec<OpinionRow> = mobilisation_opinion::table
        .filter(mobilisation_opinion::mobilisation_id.eq(id.uuid()))
        .order(mobilisation_opinion::at)
        .select(OpinionRow::as_select())
        .load(&mut conn)
        .await?;
    let held = match head {
        None => None,
        Some(head) => {
            let (file, bodies) = match head.file() {
                None => (None, std::collections::HashMap::new()),
                Some(file) => (
                    situation::load(session, file).await?,
                    bodies(session, file, &[DocumentKind::Reasons]).await?,
                ),
            };
            let held = Held { head, steps, opinions, file, bodies };
            let scope = held.scope()?;
            let now = session.now();
            Some((Mobilisation { held, now }, Scope::Process(Box::new(scope))))
        }
    };
    Ok(seal(key, session.tx(key), id, held))
}

/// The same, for a change: who moves it on waits for who is moving it, and for who writes to its file.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_for_change<'tx>(
    session: &mut Session<'tx, Acting>,
    id: MobilisationId,
) -> Result<Sealed<'tx, Mobilisation>, Stop> {
    session.identify().await?;
    if let Some(file) = lock(session, id).await?.and_then(|head| head.file()) {
        lock_file(session, file).await?;
    }
    find(session, id).await
}

/// The same, where the situation may go on in a file that belongs together with its own: all of them are held.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_to_repeat<'tx>(
    session: &mut Session<'tx, Acting>,
    id: MobilisationId,
) -> Result<Sealed<'tx, Mobilisation>, Stop> {
    session.identify().await?;
    if let Some(file) = lock(session, id).await?.and_then(|head| head.file()) {
        lock_together(session, vec![file.uuid()]).await?;
    }
    find(session, id).await
}

/// The mobilisation and the file that is brought to it, held with whatever file it has already.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_to_open_identity<'tx>(
    session: &mut Session<'tx, Acting>,
    id: MobilisationId,
    bring: FileId,
) -> Result<(Sealed<'tx, Mobilisation>, Sealed<'tx, RiskFile>), Stop> {
    session.identify().await?;
    let mut files = vec![bring.uuid()];
    files.extend(lock(session, id).await?.and_then(|head| head.file_id));
    lock_together(session, files).await?;
    Ok((find(session, id).await?, find_file(session, bring).await?))
}
