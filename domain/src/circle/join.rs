//! An agency joins the circle.

use authz::{
    acts::AddAgency,
    desk::{Acting, Answer, Permit, Session, Spent},
    id::AgencyId,
};
use chrono::{DateTime, Utc};
use diesel::{BoolExpressionMethods, ExpressionMethods, QueryDsl, dsl::exists, insert_into, select};
use diesel_async::RunQueryDsl;
use door::Key;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    agencies,
    file::{
        lookup::{cell_of, tell_agencies},
        merged::not_merged,
        view::RiskFile,
    },
    inbox::MessageKind,
    refusal::Refusal,
    schema::circle,
};

/// An agency to bring in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMember {
    /// Which.
    #[schema(value_type = Uuid)]
    pub agency: AgencyId,
}

/// An agency that joined.
#[derive(Serialize, ToSchema)]
pub struct MemberJoined {
    /// Which.
    #[schema(value_type = Uuid)]
    pub agency: AgencyId,
    /// From when.
    pub from: DateTime<Utc>,
}

impl Answer for MemberJoined {
    const STATUS: u16 = 201;
}

/// Brings an agency in, from now on.
///
/// # Errors
/// When it is unknown or inside already, or the database fails.
pub async fn join<'tx>(
    session: &mut Session<'tx, Acting>,
    permit: Permit<'tx, AddAgency, RiskFile>,
    new: NewMember,
) -> Result<(Spent<'tx, AddAgency>, MemberJoined), Refusal> {
    let (file, spent) = permit.spend(Key::take());
    let (now, user) = (session.now(), session.standing()?.user());
    not_merged(session, file).await?;
    agencies::known(session, &[new.agency], |_| "/agency".into()).await?;
    let cell = cell_of(session, file).await?;
    let mut conn = session.tx(Key::take()).conn(Key::take())?;
    let inside: bool = select(exists(
        circle::table
            .filter(circle::file_id.eq(file.uuid()))
            .filter(circle::agency_id.eq(new.agency.uuid()))
            .filter(circle::until_at.is_null().or(circle::until_at.gt(now))),
    ))
    .get_result(&mut conn)
    .await?;
    if inside {
        return Err(Refusal::Conflict("circle.member"));
    }
    insert_into(circle::table)
        .values((
            circle::file_id.eq(file.uuid()),
            circle::cell_id.eq(cell),
            circle::agency_id.eq(new.agency.uuid()),
            circle::from_at.eq(now),
            circle::added_by.eq(user.uuid()),
        ))
        .execute(&mut conn)
        .await?;
    tell_agencies(session, &[new.agency.uuid()], MessageKind::FileJoined, file.uuid()).await?;
    Ok((spent, MemberJoined { agency: new.agency, from: now }))
}
