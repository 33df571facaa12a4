//! Revoking an act: its recipients stop reading at once.

use authz::{
    acts::RevokeDisclosure,
    desk::{Acting, Answer, Door, Owner, Permit, Resource, Scope, Sealed, Session, Spent, seal},
    fault::Stop,
    id::{AgencyId, DisclosureId, FileId},
};
use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    file::{find::lock, lookup::tell_agencies, situation},
    inbox::MessageKind,
    refusal::Refusal,
    schema::disclosure,
};

/// An act as found in its file.
pub struct DisclosureRecord;

impl Resource for DisclosureRecord {
    const KIND: &'static str = "disclosure";
    const READ: &'static str = "disclosure.read";
    const DOOR: Door = Door::Content;
    type Id = DisclosureId;
}

/// An act that was revoked.
#[derive(Serialize, ToSchema)]
pub struct Revoked {
    /// Handle.
    #[schema(value_type = Uuid)]
    pub id: DisclosureId,
    /// From when it no longer tells.
    pub revoked_at: DateTime<Utc>,
}

impl Answer for Revoked {
    const STATUS: u16 = 200;
}

/// The act under this id in this file, or the absence of one.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find<'tx>(
    session: &mut Session<'tx, Acting>,
    file: FileId,
    id: DisclosureId,
) -> Result<Sealed<'tx, DisclosureRecord>, Stop> {
    lock(session, file).await?;
    let held = match situation::load(session, file).await? {
        None => None,
        Some(rows) => {
            let source = rows.disclosures.iter().find(|row| row.id == id.uuid()).map(|row| row.source_id);
            let scope =
                source.map(|source| rows.scope(Owner::Secret(AgencyId::from_uuid(source)))).transpose()?;
            scope.map(|scope| (DisclosureRecord, Scope::File(Box::new(scope))))
        }
    };
    Ok(seal(Key::take(), session.tx(Key::take()), id, held))
}

/// Revokes an act.
///
/// # Errors
/// When it was revoked before, or the database fails.
pub async fn revoke<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, RevokeDisclosure, DisclosureRecord>,
    file: FileId,
) -> Result<(Spent<'tx, RevokeDisclosure>, Revoked), Refusal> {
    let (id, spent) = permit.spend(Key::take());
    let (now, user) = (session.now(), session.standing()?.user());
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let told: Vec<Vec<Uuid>> = diesel::update(
        disclosure::table.filter(disclosure::id.eq(id.uuid())).filter(disclosure::revoked_at.is_null()),
    )
    .set((disclosure::revoked_at.eq(now), disclosure::revoked_by.eq(user.uuid())))
    .returning(disclosure::recipient_agencies)
    .get_results(&mut conn)
    .await?;
    let told = told.into_iter().next().ok_or(Refusal::Conflict("disclosure.revoked"))?;
    tell_agencies(session, &told, MessageKind::DisclosureRevoked, file.uuid()).await?;
    Ok((spent, Revoked { id, revoked_at: now }))
}
