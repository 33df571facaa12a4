//! Merging (*réunion de dossiers*): one file is about the same situation as another. Nothing is moved, labelled
//! anew or shown to anybody who did not see it.

use authz::{
    acts::{MergeFile, ReceiveMerger},
    desk::{Acting, Answer, Permit, Sealed, Session, Spent},
    fault::Stop,
    id::FileId,
};
use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl, insert_into};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    find::find,
    lookup::{cell_of, circle_now, tell_agencies},
    merged::{lock_together, not_merged, together},
    view::RiskFile,
};
use crate::{
    inbox::MessageKind,
    mobilisation::State,
    refusal::Refusal,
    schema::{file_merger, mobilisation, recusal, risk_file},
    validation::Rule,
};

/// The file one merges into.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMerger {
    /// The file in which the situation goes on.
    #[schema(value_type = Uuid)]
    pub into: FileId,
}

/// A file that was merged.
#[derive(Serialize, ToSchema)]
pub struct Merged {
    /// The file that takes no new writes.
    #[schema(value_type = Uuid)]
    pub id: FileId,
    /// The file in which the situation goes on.
    #[schema(value_type = Uuid)]
    pub into: FileId,
    /// When.
    pub at: DateTime<Utc>,
}

impl Answer for Merged {
    const STATUS: u16 = 201;
}

/// Both files, with whatever belongs to either and the mobilisations that will move held until the unit ends.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find_to_merge<'tx>(
    session: &mut Session<'tx, Acting>,
    id: FileId,
    into: FileId,
) -> Result<(Sealed<'tx, RiskFile>, Sealed<'tx, RiskFile>), Stop> {
    session.identify().await?;
    crate::mobilisation::lock_of_file(session, id).await?;
    lock_together(session, vec![id.uuid(), into.uuid()]).await?;
    Ok((find(session, id).await?, find(session, into).await?))
}

/// Merges one file into another.
///
/// # Errors
/// When it would let an agency lose sight of the situation, either is merged already, or the other is closed.
pub async fn merge<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, MergeFile, RiskFile>,
    receive: Permit<'tx, ReceiveMerger, RiskFile>,
) -> Result<(Spent<'tx, MergeFile>, Merged), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let (into, _) = receive.spend(Key::take());
    let (now, user) = (session.now(), session.standing()?.user());
    let cell = cell_of(session, id).await?;
    if id == into || cell != cell_of(session, into).await? {
        return Err(Refusal::invalid("/into", Rule::UnknownReference));
    }
    not_merged(session, id).await?;
    not_merged(session, into).await?;
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let status: i16 = risk_file::table
        .filter(risk_file::id.eq(into.uuid()))
        .select(risk_file::status)
        .first(&mut conn)
        .await?;
    if status != 0 {
        return Err(Refusal::Conflict("file.closed"));
    }
    let (around, around_other) = (circle_now(session, id).await?, circle_now(session, into).await?);
    let missing = around.iter().filter(|agency| !around_other.contains(agency)).count();
    if missing > 0 {
        return Err(Refusal::BlockedTimes(Rule::CircleDiffers, missing));
    }
    insert_into(file_merger::table)
        .values((
            file_merger::file_id.eq(id.uuid()),
            file_merger::into_id.eq(into.uuid()),
            file_merger::cell_id.eq(cell),
            file_merger::merged_by.eq(user.uuid()),
            file_merger::merged_at.eq(now),
        ))
        .execute(&mut conn)
        .await?;
    unite_recusals(session, id).await?;
    let open: Vec<i16> =
        State::ALL.iter().filter(|state| state.is_open()).map(|state| state.number()).collect();
    diesel::update(
        mobilisation::table
            .filter(mobilisation::file_id.eq(id.uuid()))
            .filter(mobilisation::state.eq_any(open)),
    )
    .set(mobilisation::file_id.eq(into.uuid()))
    .execute(&mut conn)
    .await?;
    tell_agencies(session, &around, MessageKind::FileMerged, id.uuid()).await?;
    Ok((spent, Merged { id, into, at: now }))
}

/// Whoever is recused on one of the files that belong together is recused on each.
async fn unite_recusals(session: &Session<'_, Acting>, file: FileId) -> Result<(), Refusal> {
    let files = together(session, file).await?;
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let humans: Vec<(Uuid, Uuid, DateTime<Utc>)> = recusal::table
        .filter(recusal::file_id.eq_any(&files))
        .order((recusal::recused_at, recusal::human_id))
        .select((recusal::human_id, recusal::recused_by, recusal::recused_at))
        .load(&mut conn)
        .await?;
    for (human, by, at) in humans {
        for other in &files {
            insert_into(recusal::table)
                .values((
                    recusal::file_id.eq(other),
                    recusal::human_id.eq(human),
                    recusal::recused_by.eq(by),
                    recusal::recused_at.eq(at),
                ))
                .on_conflict_do_nothing()
                .execute(&mut conn)
                .await?;
        }
    }
    Ok(())
}
