//! An agency leaves the circle.

use authz::{
    acts::EndAgency,
    desk::{Acting, Answer, Door, Owner, Permit, Resource, Scope, Sealed, Session, Spent, seal},
    fault::Stop,
    id::{AgencyId, FileId},
};
use chrono::{DateTime, Utc};
use diesel::{BoolExpressionMethods, ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    file::{find::lock, situation},
    refusal::Refusal,
    schema::circle,
};

/// An agency's place in a circle, as found.
pub struct MemberRecord;

impl Resource for MemberRecord {
    const KIND: &'static str = "circle";
    const READ: &'static str = "circle.read";
    const DOOR: Door = Door::Content;
    type Id = AgencyId;
}

/// An agency that left.
#[derive(Serialize, ToSchema)]
pub struct MemberEnded {
    /// Which.
    #[schema(value_type = Uuid)]
    pub agency: AgencyId,
    /// From when it is outside.
    pub until: DateTime<Utc>,
}

impl Answer for MemberEnded {
    const STATUS: u16 = 200;
}

/// The place of this agency in this file's circle now, or the absence of one.
///
/// # Errors
/// When the caller is not signed in any more, or the database fails.
pub async fn find<'tx>(
    session: &mut Session<'tx, Acting>,
    file: FileId,
    agency: AgencyId,
) -> Result<Sealed<'tx, MemberRecord>, Stop> {
    lock(session, file).await?;
    let now = session.now();
    let held = match situation::load(session, file).await? {
        Some(rows)
            if rows.circle.iter().any(|row| {
                row.agency_id == agency.uuid()
                    && row.from_at <= now
                    && row.until_at.is_none_or(|until| now < until)
            }) =>
        {
            Some((MemberRecord, Scope::File(Box::new(rows.scope(Owner::Known(agency))?))))
        }
        _ => None,
    };
    Ok(seal(Key::take(), session.tx(Key::take()), agency, held))
}

/// Ends the agency's place now.
///
/// # Errors
/// When the database fails.
pub async fn end<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, EndAgency, MemberRecord>,
    file: FileId,
) -> Result<(Spent<'tx, EndAgency>, MemberEnded), Refusal> {
    let (agency, spent) = permit.spend(Key::take());
    let now = session.now();
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    diesel::update(
        circle::table
            .filter(circle::file_id.eq(file.uuid()))
            .filter(circle::agency_id.eq(agency.uuid()))
            .filter(circle::from_at.le(now))
            .filter(circle::until_at.is_null().or(circle::until_at.gt(now))),
    )
    .set(circle::until_at.eq(now))
    .execute(&mut conn)
    .await?;
    Ok((spent, MemberEnded { agency, until: now }))
}
